// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/structured_networks.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;
const Matrix<double> kNoPoints(0, 0);

std::shared_ptr<const StructuredBumps> Target(int rank, std::vector<int> primary, std::vector<int> condition) {
  return std::make_shared<StructuredBumps>(
      StructuredCells{.smoothness = 1, .primary = std::move(primary), .condition = std::move(condition)}, rank, 1);
}

TEST(BuildFactorised, IsTheFormulaAndMissesWhatVanishesAtTheNodes) {
  for (const int rank : {1, 3}) {
    const auto network = std::make_shared<SplineHypernetwork>(KuhnSpline(2, 4), KuhnSpline(1, 6), rank);
    const auto target = Target(rank, {4, 4}, {2});
    const SupError error =
        ScanSupError(TargetFunction(target), BuildFactorised(network, *target), kNoPoints, {.network_work = 1e7});
    EXPECT_LT(error.disagreement, kRounding);
    // All terms agree at the first bumps, the middle of the last being half a cell of I away from a node.
    EXPECT_GT(error.value, 0.9 * target->height());
    EXPECT_LE(error.value, target->height() + kRounding);
  }
}

TEST(BuildEmbedding, IsTheFormulaAndErrsByItsProductsWhereTheSplinesAreExact) {
  for (const int rank : {1, 3}) {
    for (const int teeth : {1, 4, 10}) {
      // Kinks of the hats at the nodes: exact splines, so that only products err.
      const auto network = std::make_shared<SplineEmbedding>(KuhnSpline(1, 6), KuhnSpline(1, 8), rank, teeth);
      const auto target = Target(rank, {3}, {4});
      const SupError error =
          ScanSupError(TargetFunction(target), BuildEmbedding(network, *target), kNoPoints, {.network_work = 1e7});
      EXPECT_LT(error.disagreement, kRounding);
      EXPECT_LE(error.value, std::pow(0.25, teeth + 1) + kRounding);
      EXPECT_GT(error.value, 0);
    }
  }
}

TEST(BuildEmbedding, WithTeethEnoughErrsAsTheHypernetworkDoes) {
  const auto target = Target(2, {5, 0}, {3, 3});
  const auto embedding = std::make_shared<SplineEmbedding>(KuhnSpline(2, 5), KuhnSpline(2, 7), 2, 20);
  const auto hypernetwork = std::make_shared<SplineHypernetwork>(KuhnSpline(2, 5), KuhnSpline(2, 7), 2);
  const PointFunction function = TargetFunction(target);
  const double of_embedding = ScanSupError(function, BuildEmbedding(embedding, *target), kNoPoints, {}).value;
  const double of_hypernetwork = ScanSupError(function, BuildFactorised(hypernetwork, *target), kNoPoints, {}).value;
  EXPECT_NEAR(of_embedding, of_hypernetwork, std::pow(0.25, 20));
}

}  // namespace
}  // namespace hyperwidth
