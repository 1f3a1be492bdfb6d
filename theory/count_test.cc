// SPDX-License-Identifier: Apache-2.0

#include "theory/count.h"

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(Count, GroupsDigitsByThousands) {
  EXPECT_EQ(Count::Exact(1).Text(), "1");
  EXPECT_EQ(Count::Exact(999).Text(), "999");
  EXPECT_EQ(Count::Exact(1000).Text(), "1,000");
  EXPECT_EQ(Count::Exact(36594368).Text(), "36,594,368");
}

TEST(Count, BeyondExactCountsPrintsAPowerOfTenRoundedDown) {
  EXPECT_EQ(Count::FromLog10(123.4567).Text(), "10^123.456");
}

TEST(Count, UpperBoundsAreNeverRoundedDown) {
  EXPECT_EQ(Count::Exact(1000).TextAbove(), "1,000");
  EXPECT_EQ(Count::FromLog10(123.4561).TextAbove(), "10^123.457");
}

TEST(Count, ComparesExactCountsExactlyAndOthersByLogarithm) {
  EXPECT_TRUE(Count::Exact(kMaxExactCount - 1) < Count::Exact(kMaxExactCount));
  EXPECT_TRUE(Count::Exact(5) < Count::FromLog10(20));
  EXPECT_FALSE(Count::FromLog10(20) < Count::Exact(5));
}

}  // namespace
}  // namespace hyperwidth
