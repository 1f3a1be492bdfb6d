// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructions/interpolants.h"

#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "experiments/targets/bump_target.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-12;

PointFunction TargetOf(const BumpTarget& target) {
  return [target](const ConstMatrixRef<double>& points) { return target.Values(points); };
}

const Matrix<double> kNoPoints(0, 0);

std::shared_ptr<const KuhnSpline> Spline(int dim, Index cells) { return std::make_shared<KuhnSpline>(dim, cells); }

SupError ErrorOfSpline(int dim, int cells, const BumpTarget& target, bool as_network = true) {
  const PointFunction function = TargetOf(target);
  const BuiltNetwork built =
      BuildSpline(KuhnTriangulation(dim, cells), as_network ? Spline(dim, cells) : nullptr, function);
  return ScanSupError(function, built, kNoPoints, {});
}

TEST(ScanSupError, IsTheHeightOfBumpsThatVanishAtEveryNode) {
  for (const int r : {1, 2}) {
    for (const int dim : {1, 2, 3}) {
      const BumpTarget target(r, std::vector<int>(static_cast<std::size_t>(dim), 4), 1);
      const SupError error = ErrorOfSpline(dim, 4, target);
      EXPECT_NEAR(error.value, target.height(), kRounding);
      EXPECT_NEAR(error.formula, target.height(), kRounding);
      EXPECT_LT(error.disagreement, kRounding);
      EXPECT_GT(error.network_points, 0);
    }
  }
}

// A parabola of second derivative c is missed by c h^2 / 8 in the middle of a cell, c = 4 k^2 height for k bumps of
// which each is four cells wide.
TEST(ScanSupError, IsTheCurvatureWhereItFillsTheCells) {
  const BumpTarget target(2, {3, 0, 0}, 1);
  const double h = 2.0 / 12;
  EXPECT_NEAR(ErrorOfSpline(3, 12, target).value, 4 * 9 * target.height() * h * h / 8, kRounding);
}

TEST(ScanSupError, IsZeroForAFunctionThatIsAffineOnEverySimplex) {
  const BumpTarget hats(1, {5, 0}, 1);  // kinks at multiples of a tenth
  EXPECT_NEAR(ErrorOfSpline(2, 10, hats).value, 0, kRounding);
}

TEST(ScanSupError, DoesWithoutTheNetworkIfItIsTooLarge) {
  const BumpTarget target(1, {4, 4, 4}, 3);
  const SupError without = ErrorOfSpline(3, 5, target, /*as_network=*/false);
  const SupError with = ErrorOfSpline(3, 5, target);
  EXPECT_NEAR(without.value, with.value, kRounding);
  EXPECT_EQ(without.network_points, 0);
}

TEST(ScanSupError, NeverExceedsTheProvedBoundAndFindsItsOrder) {
  for (int seed = 1; seed <= 20; ++seed) {
    for (const int r : {1, 2}) {
      const BumpTarget target(r, {1 + seed % 7, 1 + seed % 5}, static_cast<std::uint64_t>(seed));
      const double error = ErrorOfSpline(2, 6, target).value;
      EXPECT_LE(error, r == 1 ? 1.0 / 6 : 1.0 / 36);
      EXPECT_GT(error, 0);
    }
  }
}

// A scan of some of the cells finds what is the same in every cell, and what it is told of.
TEST(ScanSupError, ScansSomeCellsAndTheExtraPoints) {
  const BumpTarget wave(1, {32, 32}, 1);
  const PointFunction function = TargetOf(wave);
  const BuiltNetwork built = BuildSpline(KuhnTriangulation(2, 32), Spline(2, 32), function);
  EXPECT_NEAR(ScanSupError(function, built, kNoPoints, {.cells = 5}).value, wave.height(), kRounding);

  const Vector<double> peak = Vector<double>::Constant(2, 0.43);
  const PointFunction spike = [&](const ConstMatrixRef<double>& points) -> Vector<double> {
    return (1 - 100 * (points.colwise() - peak).cwiseAbs().colwise().sum().array()).cwiseMax(0.0).transpose();
  };
  const BuiltNetwork misses = BuildSpline(KuhnTriangulation(2, 8), Spline(2, 8), spike);
  EXPECT_NEAR(ScanSupError(spike, misses, peak, {.cells = 3}).value, 1, kRounding);
  EXPECT_THROW(ScanSupError(spike, misses, Matrix<double>::Zero(3, 1), {}), std::invalid_argument);
}

TEST(BuildHypernetwork, IsTheFormulaAndErrsByBothInterpolations) {
  for (const int m1 : {1, 2}) {
    const auto network = std::make_shared<SplineHypernetwork>(KuhnSpline(m1, 5), KuhnSpline(1, 3));
    for (const std::vector<int>& cells : {CellsPerAxis(m1, 5, 1, 0), CellsPerAxis(m1, 0, 1, 3)}) {
      const BumpTarget target(1, cells, 2);
      const PointFunction function = TargetOf(target);
      const SupError error = ScanSupError(function, BuildHypernetwork(network, function), kNoPoints, {});
      EXPECT_NEAR(error.value, target.height(), kRounding);
      EXPECT_LT(error.disagreement, kRounding);
    }
  }
}

}  // namespace
}  // namespace hyperwidth
