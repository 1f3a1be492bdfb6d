// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/bump_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

TEST(BumpTarget, HeightsAreTheClosedFormsOfTheTheory) {
  for (const int n : {1, 4, 100}) {
    EXPECT_DOUBLE_EQ(BumpTarget(1, n, 1).height(), 1.0 / (1 + n));
    EXPECT_DOUBLE_EQ(BumpTarget(2, n, 1).height(), 1.0 / (1 + 2 * n + 4 * n * n));
  }
}

TEST(BumpTarget, HasABumpOfEitherSignInEveryCellAndVanishesBetween) {
  constexpr int kCells = 64;
  const BumpTarget target(2, kCells, 5);
  int positive = 0;
  for (int cell = 0; cell < kCells; ++cell) {
    const double centre = -1 + (2.0 * cell + 1) / kCells;
    EXPECT_NEAR(std::abs(target(centre)), target.height(), 1e-15);
    EXPECT_NEAR(target(centre - 1.0 / kCells), 0, 1e-15);
    positive += target(centre) > 0 ? 1 : 0;
  }
  EXPECT_GT(positive, kCells / 4);  // six standard deviations from a half
  EXPECT_LT(positive, 3 * kCells / 4);
}

// Membership in the ball W(r, 1): the sup norms of y, y' and y'', estimated by differences, add up to at most 1.
TEST(BumpTarget, LiesInTheSobolevBallAndUsesAllOfIt) {
  for (const int smoothness : {1, 2}) {
    const BumpTarget target(smoothness, 5, 3);
    constexpr double kStep = 1e-4;
    double norms[3] = {0, 0, 0};
    for (double t = -1 + kStep; t < 1 - kStep; t += kStep / 3) {
      const double below = target(t - kStep), here = target(t), above = target(t + kStep);
      norms[0] = std::max(norms[0], std::abs(here));
      norms[1] = std::max(norms[1], std::abs(above - below) / (2 * kStep));
      norms[2] = std::max(norms[2], std::abs(above - 2 * here + below) / (kStep * kStep));
    }
    const double sum = norms[0] + norms[1] + (smoothness == 2 ? norms[2] : 0);
    // Differences of a polynomial of degree r are exact up to kStep times the next jump, and to rounding / kStep^2.
    EXPECT_NEAR(sum, 1, 1e-3) << "smoothness " << smoothness;
  }
}

TEST(BumpTarget, IsAPolynomialBetweenItsBreakpoints) {
  for (const int smoothness : {1, 2}) {
    const BumpTarget target(smoothness, 3, 2);
    const auto& points = target.breakpoints();
    ASSERT_EQ(points.size(), static_cast<std::size_t>(3 * (smoothness + 1) + 1));
    EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto at = [&](double share) { return target(points[i] + share * (points[i + 1] - points[i])); };
      // Differences of order r + 1 vanish.
      const double difference =
          smoothness == 1 ? at(0.1) - 2 * at(0.5) + at(0.9) : at(0.1) - 3 * at(0.35) + 3 * at(0.6) - at(0.85);
      EXPECT_NEAR(difference, 0, 1e-14);
    }
  }
}

TEST(BumpTarget, BadArgumentsAreRefused) {
  EXPECT_THROW(BumpTarget(3, 4, 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(1, 0, 1), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
