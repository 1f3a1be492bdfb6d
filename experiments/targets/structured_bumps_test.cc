// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/structured_bumps.h"

#include <gtest/gtest.h>

#include <Eigen/QR>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-13;

TEST(StructuredBumps, IsTheSumOfTheProductsOfItsFactors) {
  const StructuredBumps target({.smoothness = 2, .primary = {4}, .condition = {3, 2}}, 3, 1);
  const Matrix<double> x = Matrix<double>::Random(1, 30);
  const Matrix<double> condition = Matrix<double>::Random(2, 30);
  const Vector<double> values = target.Values(x, condition);
  for (Index i = 0; i < 30; ++i) {
    double expected = 0;
    for (std::size_t l = 0; l < 3; ++l) {
      expected +=
          target.lambda()[l] * target.condition_factors()[l](condition.col(i)) * target.primary_factors()[l](x.col(i));
    }
    EXPECT_NEAR(values[i], expected, kRounding);
  }
}

TEST(StructuredBumps, CoefficientsAddUpToOne) {
  for (const int rank : {1, 2, 7, 64}) {
    const StructuredBumps target({}, rank, 1);
    double sum = 0;
    for (const double lambda : target.lambda()) sum += std::abs(lambda);
    EXPECT_NEAR(sum, 1, kRounding);
  }
}

TEST(StructuredBumps, ReachesTheHeightOfOneTermWhateverTheRank) {
  for (const int rank : {1, 2, 16}) {
    const StructuredBumps target({.smoothness = 1, .primary = {5, 5}, .condition = {4}}, rank, 3);
    const Vector<double> at_first =
        target.Values(target.primary_factors()[0].Centre(0), target.condition_factors()[0].Centre(0));
    EXPECT_NEAR(at_first[0], 1.0 / (1 + 10) / (1 + 4), kRounding);
    EXPECT_NEAR(target.height(), at_first[0], kRounding);
    const Vector<double> elsewhere = target.Values(Matrix<double>::Random(2, 500), Matrix<double>::Random(1, 500));
    EXPECT_LE(elsewhere.cwiseAbs().maxCoeff(), target.height() + kRounding);
  }
}

// Independent signs on as many cells as there are terms are not independent now and then, on twice as many hardly ever.
TEST(StructuredBumps, HasTheRankThatWasAskedFor) {
  constexpr int kRank = 8;
  const StructuredBumps target({.smoothness = 1, .primary = {16}, .condition = {16}}, kRank, 2);
  Matrix<double> centres(1, 16);
  for (Index i = 0; i < 16; ++i) centres.col(i) = target.primary_factors()[0].Centre(i);
  const Matrix<double> values = target.PrimaryValues(centres) * target.ConditionValues(centres).transpose();
  Eigen::ColPivHouseholderQR<Matrix<double>> pivots(values);
  pivots.setThreshold(1e-3);
  EXPECT_GE(pivots.rank(), kRank);
  pivots.setThreshold(kRounding);
  EXPECT_LE(pivots.rank(), kRank);
}

TEST(StructuredBumps, TermsAndSeedsAreIndependent) {
  const StructuredCells cells{.smoothness = 1, .primary = {32}, .condition = {32}};
  const StructuredBumps target(cells, 2, 1);
  EXPECT_NE(target.primary_factors()[0].signs(), target.primary_factors()[1].signs());
  EXPECT_NE(target.primary_factors()[0].signs(), target.condition_factors()[0].signs());
  EXPECT_NE(target.primary_factors()[0].signs(), StructuredBumps(cells, 2, 5).primary_factors()[0].signs());
  EXPECT_EQ(target.primary_factors()[0].signs(), StructuredBumps(cells, 2, 1).primary_factors()[0].signs());
}

TEST(StructuredBumps, BadArgumentsAreRefused) {
  EXPECT_THROW(StructuredBumps({}, 0, 1), std::invalid_argument);
  EXPECT_THROW(StructuredBumps({.smoothness = 3}, 1, 1), std::invalid_argument);
  const StructuredBumps target({}, 1, 1);
  EXPECT_THROW(target.Values(Matrix<double>::Zero(1, 2), Matrix<double>::Zero(1, 3)), std::invalid_argument);
  EXPECT_THROW(target.Values(Matrix<double>::Zero(2, 2), Matrix<double>::Zero(1, 2)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
