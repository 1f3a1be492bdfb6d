// SPDX-License-Identifier: Apache-2.0

#include "theory/wide_real.h"

#include <cmath>
#include <cstdint>
#include <limits>

#include "gtest/gtest.h"

namespace hyperwidth::internal {
namespace {

TEST(CountAbove, IsExactUpToTwoToThe53) {
  for (const std::int64_t count : {std::int64_t{1}, std::int64_t{3001}, kMaxExactCount - 1, kMaxExactCount}) {
    EXPECT_EQ(CountAbove(WideReal(count)).value, count);
    EXPECT_EQ(CountAbove(WideReal(count)).log10, std::log10(static_cast<double>(count))) << count;
  }
}

TEST(CountAbove, IsALogarithmBeyond) {
  const Count count = CountAbove(WideReal(kMaxExactCount) + 1);
  EXPECT_FALSE(count.value.has_value());
  EXPECT_NEAR(count.log10, 53 * std::log10(2.0), 1e-14);
}

// 20, a double, is the logarithm itself: what is given lies above, by one unit in the last place.
TEST(CountAbove, RoundsTheLogarithmUp) {
  EXPECT_EQ(CountAbove(WideReal("1e20")).log10, std::nextafter(20.0, std::numeric_limits<double>::infinity()));
  for (const char* const text : {"9007199254740993", "3e16", "7.123e40", "1e400", "2.5e6000"}) {
    const WideReal value(text);
    const WideReal given(CountAbove(value).log10);
    EXPECT_GT(given, log10(value)) << text;
    EXPECT_LT(given, log10(value) * (1 + WideReal(4e-16))) << text;
  }
}

TEST(AsWideReal, IsTheExactValueOrThePowerOfTen) {
  EXPECT_EQ(AsWideReal(Count::Exact(kMaxExactCount)), WideReal(kMaxExactCount));
  EXPECT_EQ(AsWideReal(Count::Exact(7)), 7);
  const WideReal power = AsWideReal(Count::FromLog10(400));
  EXPECT_LT(abs(power / WideReal("1e400") - 1), WideReal("1e-40"));
}

}  // namespace
}  // namespace hyperwidth::internal
