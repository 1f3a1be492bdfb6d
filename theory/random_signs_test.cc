// SPDX-License-Identifier: Apache-2.0
#include "theory/random_signs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

PointCounts Cells(double primary, double conditions) {
  return {.log2_all = std::log2(primary * conditions),
          .log2_conditions = std::log2(conditions),
          .log2_primary = std::log2(primary)};
}

TEST(RandomSigns, WithoutBitsTheBoundIsThatOfTheWorstTarget) {
  for (const double cells : {8.0, 100.0, 1e4}) {
    const PointCounts points = Cells(cells, cells);
    const double worst = std::exp2(Log2SmallestSufficient(EmbeddingClass(2, 1), points));
    EXPECT_NEAR(
        static_cast<double>(LeastParametersForRandomSigns(EmbeddingClass(2, 1), points, 0)), worst, 1.0 + 1e-9 * worst);
  }
}

TEST(RandomSigns, TheRightHandSideFallsShortBelowTheBoundAndReachesAtIt) {
  const PointCounts points = Cells(200, 50);
  for (const double bits : {0.0, 20.0, 500.0}) {
    const NetworkClass network_class = EmbeddingClass(3, 2);
    const std::int64_t least = LeastParametersForRandomSigns(network_class, points, bits);
    ASSERT_GT(least, 1);
    const auto patterns = [&](std::int64_t parameters) {
      return 1e4 * std::exp2(Log2PatternsPerPoint(network_class, points, std::log2(static_cast<double>(parameters))));
    };
    EXPECT_LT(patterns(least - 1), 1e4 - bits);
    EXPECT_GE(patterns(least), (1e4 - bits) * (1 - 2e-11));
  }
}

TEST(RandomSigns, FallsWithTheProbabilityOfAnExceptionAndEndsAtOne) {
  const PointCounts points = Cells(30, 30);
  std::int64_t before = LeastParametersForRandomSigns(StandardClass(2), points, 0);
  for (const double bits : {10.0, 100.0, 500.0, 800.0, 900.0, 1e6}) {
    const std::int64_t least = LeastParametersForRandomSigns(StandardClass(2), points, bits);
    EXPECT_LE(least, before);
    before = least;
  }
  EXPECT_EQ(before, 1);
}

TEST(RandomSigns, RefusesWhatIsOutOfRange) {
  EXPECT_THROW(LeastParametersForRandomSigns(StandardClass(2), Cells(3, 3), -1), std::domain_error);
  EXPECT_THROW(LeastParametersForRandomSigns(StandardClass(2), {.log2_all = 60}, 0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
