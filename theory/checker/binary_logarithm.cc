// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/binary_logarithm.h"

#include <algorithm>

namespace hyperwidth::checker {

// The integer part is the length of value. The binary digits follow by squaring x, a number in [1,2) that is held with
// twice as many of them and cut off. Each step doubles the relative error and adds at most 2^(1-kFraction) to it, so
// that after all of them it is below 2^(2-kLogarithmDigits): with one unit for the digits that are left out, a second
// one is far more than it can matter.
Integer ScaledLog2Above(const Fraction& value) {
  constexpr int kFraction = 2 * kLogarithmDigits;
  const Integer quotient = numerator(value) / denominator(value);
  const auto integer_part = static_cast<int>(msb(quotient));
  Integer x = (numerator(value) << kFraction) / (denominator(value) << integer_part);
  Integer result = integer_part;
  for (int digit = 0; digit < kLogarithmDigits; ++digit) {
    x = (x * x) >> kFraction;
    const bool is_one = msb(x) > kFraction;
    if (is_one) x >>= 1;
    result = 2 * result + (is_one ? 1 : 0);
  }
  return result + 2;
}

Integer ScaledLog2OfProductAbove(int first, int count) {
  constexpr int kBlock = 512;  // a logarithm takes as long as some hundred products
  Integer sum = 0;
  for (int begin = 0; begin < count; begin += kBlock) {
    Integer product = 1;
    for (int i = begin; i < std::min(begin + kBlock, count); ++i) product *= first + i;
    sum += ScaledLog2Above(product);
  }
  return sum;
}

}  // namespace hyperwidth::checker
