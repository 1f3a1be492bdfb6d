// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/distinct_rows.h"

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <stdexcept>

namespace hyperwidth {
namespace {

bool IsFloating(NumberType type) {
  return type == NumberType::kFloat16 || type == NumberType::kFloat32 || type == NumberType::kFloat64;
}

// The row's bytes, with those of -0 replaced by those of 0.
void CopyWithoutNegativeZeros(const NumericArray& array, std::int64_t row, std::vector<std::byte>& bytes) {
  const std::span<const std::byte> stored = array.row_bytes(row);
  bytes.assign(stored.begin(), stored.end());
  if (!IsFloating(array.type())) return;
  const std::size_t entry = BytesOf(array.type());
  for (std::size_t i = 0; i < bytes.size(); i += entry) {
    bool is_zero = (bytes[i + entry - 1] & ~std::byte{0x80}) == std::byte{0};  // the sign is the last byte's first bit
    for (std::size_t b = 0; b + 1 < entry; ++b) is_zero = is_zero && bytes[i + b] == std::byte{0};
    if (is_zero) bytes[i + entry - 1] = std::byte{0};
  }
}

// Multiplies and mixes eight bytes at a time (the finaliser of SplitMix64).
std::uint64_t Hash(const std::vector<std::byte>& bytes) {
  std::uint64_t hash = bytes.size();
  for (std::size_t i = 0; i < bytes.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, &bytes[i], std::min<std::size_t>(8, bytes.size() - i));
    hash = (hash ^ word) * 0xbf58476d1ce4e5b9;
    hash = (hash ^ (hash >> 27)) * 0x94d049bb133111eb;
    hash ^= hash >> 31;
  }
  return hash;
}

// An open table of the distinct rows found so far, at most half full. It grows with them, since most data sets have
// many samples of few conditions.
class RowTable {
 public:
  explicit RowTable(const NumericArray& array) : array_(array), places_(16, kFree) {}

  // The number of the distinct row that equals `row`; a new one if there is none.
  std::int64_t Number(std::int64_t row, std::vector<std::int64_t>& first) {
    CopyWithoutNegativeZeros(array_, row, bytes_);
    std::size_t place = Hash(bytes_) & (places_.size() - 1);
    for (; places_[place] != kFree; place = (place + 1) & (places_.size() - 1)) {
      CopyWithoutNegativeZeros(array_, first[places_[place]], other_);
      if (other_ == bytes_) return places_[place];
    }
    if (first.size() >= kFree) throw std::length_error("distinct rows: found 2^32 - 1, accepted: fewer");
    places_[place] = static_cast<std::uint32_t>(first.size());
    first.push_back(row);
    if (2 * first.size() > places_.size()) Grow(first);
    return static_cast<std::int64_t>(first.size()) - 1;
  }

 private:
  static constexpr std::uint32_t kFree = 0xffffffff;

  void Grow(const std::vector<std::int64_t>& first) {
    places_.assign(2 * places_.size(), kFree);
    for (std::size_t number = 0; number < first.size(); ++number) {
      CopyWithoutNegativeZeros(array_, first[number], other_);
      std::size_t place = Hash(other_) & (places_.size() - 1);
      while (places_[place] != kFree) place = (place + 1) & (places_.size() - 1);
      places_[place] = static_cast<std::uint32_t>(number);
    }
  }

  const NumericArray& array_;
  std::vector<std::uint32_t> places_;
  std::vector<std::byte> bytes_, other_;
};

}  // namespace

DistinctRows FindDistinctRows(const NumericArray& array) {
  DistinctRows distinct;
  distinct.number_of.reserve(static_cast<std::size_t>(array.rows()));
  RowTable table(array);
  for (std::int64_t row = 0; row < array.rows(); ++row) distinct.number_of.push_back(table.Number(row, distinct.first));
  return distinct;
}

}  // namespace hyperwidth
