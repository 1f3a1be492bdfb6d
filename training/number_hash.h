// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_NUMBER_HASH_H_
#define HYPERWIDTH_TRAINING_NUMBER_HASH_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "models/types.h"

namespace hyperwidth {

// A number that tells apart, but for accidents, what has been added to it: FNV-1a (Fowler, Noll and Vo) over the bytes,
// eight at a time. For comparing states between processes, not for files: it depends on the machine's byte order.
class NumberHash {
 public:
  template <typename Number>
  void Add(const Vector<Number>& numbers) {
    const auto* const bytes = reinterpret_cast<const char*>(numbers.data());
    const auto size = static_cast<std::size_t>(numbers.size()) * sizeof(Number);
    for (std::size_t at = 0; at < size; at += sizeof(std::uint64_t)) {
      std::uint64_t word = 0;
      std::memcpy(&word, bytes + at, std::min(sizeof word, size - at));
      Add(word);
    }
  }
  void Add(std::uint64_t number) { value_ = (value_ ^ number) * 1'099'511'628'211U; }

  std::uint64_t value() const { return value_; }

 private:
  std::uint64_t value_ = 14'695'981'039'346'656'037U;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_NUMBER_HASH_H_
