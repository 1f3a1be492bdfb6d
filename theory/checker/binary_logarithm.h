// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_CHECKER_BINARY_LOGARITHM_H_
#define HYPERWIDTH_THEORY_CHECKER_BINARY_LOGARITHM_H_

#include "theory/checker/certificate_text.h"

namespace hyperwidth::checker {

inline constexpr int kLogarithmDigits = 128;  // binary, after the point

// 2^kLogarithmDigits log2(value), rounded up: above it, by at most 2. Domain: value >= 1.
Integer ScaledLog2Above(const Fraction& value);

// 2^kLogarithmDigits log2(first (first + 1) .. (first + count - 1)), rounded up: above it, by at most 2 for every 512
// factors that were begun. Domain: first >= 1, count >= 0.
Integer ScaledLog2OfProductAbove(int first, int count);

}  // namespace hyperwidth::checker

#endif  // HYPERWIDTH_THEORY_CHECKER_BINARY_LOGARITHM_H_
