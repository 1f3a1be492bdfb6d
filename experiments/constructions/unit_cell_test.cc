// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/unit_cell.h"

#include <gtest/gtest.h>

#include <stdexcept>

namespace hyperwidth {
namespace {

TEST(AdversarialUnitPoints, AreTheHalfLatticeTheCentroidsAndRandomOnes) {
  EXPECT_EQ(AdversarialUnitPoints(1, 0, 1).cols(), 1 + 1);
  EXPECT_EQ(AdversarialUnitPoints(2, 0, 1).cols(), 9 - 4 + 2);
  EXPECT_EQ(AdversarialUnitPoints(3, 5, 1).cols(), 27 - 8 + 6 + 5);
  const Matrix<double> points = AdversarialUnitPoints(4, 50, 1);
  EXPECT_GE(points.minCoeff(), 0);
  EXPECT_LE(points.maxCoeff(), 1);
}

TEST(AdversarialUnitPoints, HaveTheCentreAndTheCentroids) {
  const Matrix<double> points = AdversarialUnitPoints(2, 0, 1);
  const auto contains = [&](double x, double y) {
    for (Index i = 0; i < points.cols(); ++i) {
      if (points(0, i) == x && points(1, i) == y) return true;
    }
    return false;
  };
  EXPECT_TRUE(contains(0.5, 0.5));
  EXPECT_TRUE(contains(0, 0.5));
  EXPECT_TRUE(contains(1, 0.5));
  EXPECT_TRUE(contains(2.0 / 3, 1.0 / 3));
  EXPECT_TRUE(contains(1.0 / 3, 2.0 / 3));
  EXPECT_FALSE(contains(0, 1));
}

TEST(AdversarialUnitPoints, BadArgumentsAreRefused) {
  EXPECT_THROW(AdversarialUnitPoints(0, 1, 1), std::invalid_argument);
  EXPECT_THROW(AdversarialUnitPoints(7, 1, 1), std::invalid_argument);
  EXPECT_THROW(AdversarialUnitPoints(2, -1, 1), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
