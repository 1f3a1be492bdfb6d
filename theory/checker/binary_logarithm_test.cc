// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/binary_logarithm.h"

#include <cmath>
#include <random>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "gtest/gtest.h"

namespace hyperwidth::checker {
namespace {

using Real = boost::multiprecision::cpp_bin_float_100;

Integer Scaled(int logarithm) { return Integer(logarithm) << kLogarithmDigits; }

// Nothing is left over there, so that the two units of the last digit by which results are raised can be seen.
TEST(ScaledLog2Above, IsTwoUnitsAbovePowersOfTwo) {
  EXPECT_EQ(ScaledLog2Above(1), 2);
  EXPECT_EQ(ScaledLog2Above(2), Scaled(1) + 2);
  EXPECT_EQ(ScaledLog2Above(1024), Scaled(10) + 2);
  EXPECT_EQ(ScaledLog2Above(Fraction(Integer(1) << 5000)), Scaled(5000) + 2);
  EXPECT_EQ(ScaledLog2Above(Fraction(24, 3)), Scaled(3) + 2);
}

// A unit below and above a power of two: the length changes there.
TEST(ScaledLog2Above, IsRightOnBothSidesOfAPowerOfTwo) {
  const Integer power = Integer(1) << 300;
  EXPECT_EQ(ScaledLog2Above(Fraction(power - 1)), Scaled(300) + 1);
  EXPECT_EQ(ScaledLog2Above(Fraction(power + 1)), Scaled(300) + 2);
}

// All 128 digits, by the logarithm of another library with 100 decimal ones.
TEST(ScaledLog2Above, IsAboveTheLogarithmByAtMostTwoUnits) {
  std::mt19937_64 random(1);
  for (int trial = 0; trial < 300; ++trial) {
    const Integer divisor = 1 + (random() >> (trial % 60));
    const Fraction value(divisor * (1 + random() % 1000) + random() % 1000, divisor);
    const Real exact = log2(Real(numerator(value)) / Real(denominator(value))) * Real(Integer(1) << kLogarithmDigits);
    const Real above = Real(ScaledLog2Above(value)) - exact;
    EXPECT_GT(above, 0) << value;
    EXPECT_LE(above, 2) << value;
  }
}

TEST(ScaledLog2Above, AgreesWithLongDouble) {
  for (const long double value : {1.0000001L, 1.5L, 3.0L, 5.436563656918090L, 1e6L, 12345.678L}) {
    const auto scaled = static_cast<long double>(ScaledLog2Above(Fraction(value)));
    EXPECT_NEAR(static_cast<double>(std::ldexp(scaled, -kLogarithmDigits) / std::log2(value)), 1, 1e-12) << value;
  }
}

// 12345 (12346) .. and so on, over more than one block: above the sum of all logarithms, and below it where each is
// rounded up.
TEST(ScaledLog2OfProductAbove, IsTheSumOfTheLogarithms) {
  EXPECT_EQ(ScaledLog2OfProductAbove(5, 0), 0);
  EXPECT_EQ(ScaledLog2OfProductAbove(5, 1), ScaledLog2Above(5));
  for (const auto& [first, count] : {std::pair(1, 512), std::pair(7, 513), std::pair(12345, 2000)}) {
    Real exact = 0;
    for (int i = 0; i < count; ++i) exact += log2(Real(first + i)) * Real(Integer(1) << kLogarithmDigits);
    const Real above = Real(ScaledLog2OfProductAbove(first, count)) - exact;
    EXPECT_GT(above, 0) << count;
    EXPECT_LE(above, 2 * ((count + 511) / 512)) << count;
  }
}

}  // namespace
}  // namespace hyperwidth::checker
