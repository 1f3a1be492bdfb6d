// SPDX-License-Identifier: Apache-2.0
//
// Numbers of parameters, which may be far beyond what integers and doubles hold.

#ifndef HYPERWIDTH_THEORY_COUNT_H_
#define HYPERWIDTH_THEORY_COUNT_H_

#include <cstdint>
#include <optional>
#include <string>

namespace hyperwidth {

// Counts up to here are given exactly, larger ones by their logarithm.
inline constexpr std::int64_t kMaxExactCount = std::int64_t{1} << 53;

struct Count {
  std::optional<std::int64_t> value;  // absent beyond kMaxExactCount
  double log10 = 0;                   // always present; rounded towards the side on which the bound stays true

  static Count Exact(std::int64_t value);
  static Count FromLog10(double log10) { return {.value = std::nullopt, .log10 = log10}; }

  std::string Text() const;       // "651,893" or "10^123.456" (three digits, never rounded up: for lower bounds)
  std::string TextAbove() const;  // the same, never rounded down: for upper bounds
};

// By logarithm when one of them has no exact value.
bool operator<(const Count& a, const Count& b);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_COUNT_H_
