// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/conditioned_target.h"

#include <gtest/gtest.h>

#include <cmath>
#include <set>
#include <stdexcept>

namespace hyperwidth {
namespace {

TEST(ConditionedTarget, BumpsHaveHeightOneWithEitherSignAtTheirCentres) {
  for (const auto& [m1, m2] : {std::pair{1, 1}, {1, 2}, {2, 1}}) {
    const ConditionedTarget target(m1, m2, 4, 7);
    EXPECT_EQ(target.conditions(), m2 == 1 ? 4 : 16);
    EXPECT_EQ(target.bumps_per_condition(), m1 == 1 ? 4 : 16);
    const Matrix<double> x = target.Points(2);  // ends and centres of cells
    const Matrix<double> values = target.Values(x, 0, target.conditions());
    std::set<double> found;
    for (Index j = 0; j < values.cols(); ++j) {
      for (Index i = 0; i < values.rows(); ++i) {
        const bool is_centre = (i % 9) % 2 == 1 && (m1 == 1 || (i / 9) % 2 == 1);
        EXPECT_NEAR(std::abs(values(i, j)), is_centre ? 1 : 0, 1e-12);
        if (is_centre) found.insert(std::round(values(i, j)));
      }
    }
    EXPECT_EQ(found, (std::set<double>{-1, 1}));
  }
}

TEST(ConditionedTarget, ConditionsHaveSignsOfTheirOwn) {
  const ConditionedTarget target(1, 1, 16, 1);
  const Matrix<double> values = target.Values(target.Points(2), 0, 16);
  for (Index j = 1; j < 16; ++j) EXPECT_NE(values.col(j), values.col(0));
  EXPECT_EQ(target.Values(target.Points(2), 5, 2), values.middleCols(5, 2));
}

// The error of a network without output weights is the height of the bumps; that of a tent put exactly on the only bump
// is zero; moved to the side, it is what geometry says.
TEST(ConditionedTarget, LargestErrorIsTheSupremum) {
  const ConditionedTarget target(1, 1, 1, 3);
  const double sign = target.Values(Matrix<double>::Zero(1, 1), 0, 1)(0, 0);
  const TableNetwork network(1, 3, 0, 1);
  Vector<double> parameters = Vector<double>::Zero(network.parameter_count());
  EXPECT_NEAR(target.LargestError(network, parameters, 0).error, 1, 1e-12);
  for (const double shift : {0.0, 0.013, -0.2}) {
    const double kinks[3] = {-1 + shift, shift, 1 + shift};
    const double heights[3] = {1, -2, 1};
    for (Index unit = 0; unit < 3; ++unit) {
      network.SetUnit(unit,
                      {.weights = Vector<double>::Ones(1), .bias = -kinks[unit], .output_weight = sign * heights[unit]},
                      parameters);
    }
    EXPECT_NEAR(target.LargestError(network, parameters, 0).error, std::abs(shift), 1e-12);
  }
}

// No dense sampling finds more than the kinks do.
TEST(ConditionedTarget, NoPointHasALargerErrorThanTheLargest) {
  const ConditionedTarget target(1, 1, 3, 5);
  const TableNetwork network(1, 7, 2, 3);
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    RandomStream random(seed);
    const Vector<double> parameters = network.RandomParameters(2, random);
    const double largest = target.LargestError(network, parameters, 0).error;
    const Matrix<double> x = target.Points(1000);
    const double sampled = (network.Values(parameters, x) - target.Values(x, 0, 3)).cwiseAbs().maxCoeff();
    EXPECT_LE(sampled, largest + 1e-12);
    EXPECT_GT(sampled, largest * 0.98);
  }
}

TEST(ConditionedTarget, RefusesSizesBelowOne) {
  EXPECT_THROW(ConditionedTarget(0, 1, 1, 1), std::invalid_argument);
  EXPECT_THROW(ConditionedTarget(1, 0, 1, 1), std::invalid_argument);
  EXPECT_THROW(ConditionedTarget(1, 1, 0, 1), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
