// SPDX-License-Identifier: Apache-2.0
#include "models/standard_normal.h"

#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

TEST(StandardNormal, HasTheMomentsAndTheTailsOfTheNormalDistribution) {
  // Thresholds are six standard deviations wide: a correct generator fails with probability < 1e-8.
  constexpr int kDraws = 100'000;
  RandomStream random(7);
  double sum = 0, sum_of_squares = 0, sum_of_cubes = 0, sum_of_fourth_powers = 0;
  int beyond_two = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double x = StandardNormal(random);
    ASSERT_TRUE(std::isfinite(x));
    sum += x;
    sum_of_squares += x * x;
    sum_of_cubes += x * x * x;
    sum_of_fourth_powers += x * x * x * x;
    beyond_two += std::abs(x) > 2;
  }
  // The variances of x, x^2, x^3 and x^4 are 1, 2, 15 and 96.
  EXPECT_NEAR(sum / kDraws, 0, 6 * std::sqrt(1.0 / kDraws));
  EXPECT_NEAR(sum_of_squares / kDraws, 1, 6 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(sum_of_cubes / kDraws, 0, 6 * std::sqrt(15.0 / kDraws));
  EXPECT_NEAR(sum_of_fourth_powers / kDraws, 3, 6 * std::sqrt(96.0 / kDraws));
  const double share = std::erfc(std::sqrt(2.0));
  EXPECT_NEAR(static_cast<double>(beyond_two) / kDraws, share, 6 * std::sqrt(share * (1 - share) / kDraws));
}

TEST(StandardNormalPair, IsTheNumberAndAnotherThatDoesNotDependOnIt) {
  constexpr int kDraws = 100'000;
  RandomStream random(7), other(7);
  double sum = 0, sum_of_squares = 0, sum_of_products = 0, sum_of_products_of_squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const auto [first, second] = StandardNormalPair(random);
    ASSERT_EQ(first, StandardNormal(other));
    sum += second;
    sum_of_squares += second * second;
    sum_of_products += first * second;
    sum_of_products_of_squares += first * first * second * second;
  }
  // The variances of y, y^2, x y and x^2 y^2 are 1, 2, 1 and 8.
  EXPECT_NEAR(sum / kDraws, 0, 6 * std::sqrt(1.0 / kDraws));
  EXPECT_NEAR(sum_of_squares / kDraws, 1, 6 * std::sqrt(2.0 / kDraws));
  EXPECT_NEAR(sum_of_products / kDraws, 0, 6 * std::sqrt(1.0 / kDraws));
  EXPECT_NEAR(sum_of_products_of_squares / kDraws, 1, 6 * std::sqrt(8.0 / kDraws));
}

TEST(StandardNormal, TakesTwoNumbersOfTheStreamAndNeverChanges) {
  // Recorded once: initial weights, and so saved runs, depend on it.
  RandomStream random(1), other(1);
  EXPECT_EQ(StandardNormal(random), -1.1575493713558918);
  other();
  other();
  EXPECT_EQ(random(), other());
}

}  // namespace
}  // namespace hyperwidth
