// SPDX-License-Identifier: Apache-2.0
#include "theory/random_signs.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>
#include <string>

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

double Patterns(const NetworkClass& network_class, const PointCounts& points, std::int64_t parameters) {
  return std::exp2(Log2PatternsPerPoint(network_class, points, std::log2(static_cast<double>(parameters))) +
                   points.log2_all);
}

// For every answer from 1 on: bits that leave room for a little less, and a little more, than the patterns of N.
TEST(RandomSigns, IsTheLeastNumberForEachAmountOfRoom) {
  const PointCounts points = Cells(100, 100);
  const NetworkClass network_class = StandardClass(2);
  for (std::int64_t n = 1; n <= 70; ++n) {
    const double patterns = Patterns(network_class, points, n);
    EXPECT_EQ(LeastParametersForRandomSigns(network_class, points, 1e4 - 0.999 * patterns), n);
    EXPECT_EQ(LeastParametersForRandomSigns(network_class, points, 1e4 - 1.001 * patterns), n + 1);
  }
}

// The patterns are raised by one part in 10^11: room that exceeds them by as little does not prove more.
TEST(RandomSigns, KeepAMarginForRounding) {
  const PointCounts points = Cells(100, 100);
  const NetworkClass network_class = StandardClass(2);
  const double patterns = Patterns(network_class, points, 20);
  EXPECT_EQ(LeastParametersForRandomSigns(network_class, points, 1e4 - patterns * (1 + 1.0e-11)), 20);
  EXPECT_EQ(LeastParametersForRandomSigns(network_class, points, 1e4 - patterns * (1 + 1.1e-11)), 21);
}

TEST(RandomSigns, AsManyBitsAsBumpsLeaveNothing) {
  EXPECT_EQ(LeastParametersForRandomSigns(StandardClass(2), {.log2_all = 10}, 1024), 1);
  EXPECT_EQ(LeastParametersForRandomSigns(StandardClass(2), {.log2_all = 10}, 1e14), 1);
  EXPECT_EQ(LeastParametersForRandomSigns(StandardClass(2), {.log2_all = 0}, 0), 1);
}

std::string Refusal(double log2_bumps, double bits) {
  try {
    LeastParametersForRandomSigns(StandardClass(2), {.log2_all = log2_bumps}, bits);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RandomSigns, RefuseWhatIsOutOfRange) {
  EXPECT_EQ(Refusal(10, 0), "accepted");
  EXPECT_EQ(Refusal(10, 9.99e14), "accepted");
  EXPECT_EQ(Refusal(0, 0), "accepted");
  EXPECT_EQ(Refusal(49.9, 0), "accepted");
  EXPECT_EQ(Refusal(10, -0.5), "bits = -0.5 is outside the admissible range: a real number with 0 <= bits < 1e+15");
  EXPECT_EQ(Refusal(10, 1e15), "bits = 1e+15 is outside the admissible range: a real number with 0 <= bits < 1e+15");
  const std::string range =
      " is outside the admissible range: a real number with 0 <= log2 of the number of bumps < 50";
  EXPECT_EQ(Refusal(50, 0), "log2 of the number of bumps = 50" + range);
  EXPECT_EQ(Refusal(-0.5, 0), "log2 of the number of bumps = -0.5" + range);
}

}  // namespace
}  // namespace hyperwidth
