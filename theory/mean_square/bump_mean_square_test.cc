// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/bump_mean_square.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bump.h"
#include "theory/checker/bump_check.h"

namespace hyperwidth {
namespace {

template <class Function>
double MeanOfSquares(const Function& function) {
  constexpr int kPoints = 20000;
  double sum = 0;
  for (int i = 0; i < kPoints; ++i) {
    const double value = function(-1 + 2 * (i + 0.5) / kPoints);
    sum += value * value;
  }
  return sum / kPoints;
}

TEST(MeanSquareOf, ABumpIsTheMeanOfItsSquares) {
  int known = 0;
  for (const int r : {1, 2, 3, 4, 9, 30}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      const MeanSquareFraction fraction = MeanSquareOf(bump);
      ++known;
      const bool is_spline = bump.family == Bump::Family::kPerfectSpline;
      const double mean =
          is_spline ? MeanOfSquares([spline = PerfectSpline(bump.order)](double t) { return spline.Derivative(0, t); })
                    : MeanOfSquares([cosine = CosinePower(bump.order)](double t) { return cosine.Derivative(0, t); });
      const double value = fraction.numerator / fraction.denominator;
      if (fraction.is_exact) {
        EXPECT_NEAR(value, mean, 1e-7) << bump.Name();
      } else {
        EXPECT_LT(value, mean * (1 - 3e-4)) << bump.Name();
        EXPECT_GT(value, mean * (1 - 5e-4) - 1.1e-4) << bump.Name();
        EXPECT_LE(value, static_cast<double>(checker::SplineMeanSquareBelow(bump.order))) << bump.Name();
        EXPECT_GT(static_cast<double>(checker::SplineMeanSquareBelow(bump.order)), mean * (1 - 3e-4)) << bump.Name();
        EXPECT_LT(static_cast<double>(checker::SplineMeanSquareBelow(bump.order)), mean) << bump.Name();
      }
    }
  }
  EXPECT_GE(known, 8);
}

// Of the sum of all bumps on the cube, by its values on a fine grid.
double SampledMeanSquare(const std::vector<int>& cells, bool pyramids) {
  const int dim = static_cast<int>(cells.size());
  const int per_axis = dim == 1 ? 6000 : dim == 2 ? 700 : 120;
  double sum = 0;
  std::vector<int> index(dim, 0);
  for (int sample = 0; sample < std::pow(per_axis, dim); ++sample) {
    double value = 0;
    std::vector<double> t(dim);  // in half-widths from the left end
    int rest = sample;
    for (int axis = 0; axis < dim; ++axis, rest /= per_axis)
      t[axis] = 2.0 * cells[axis] * (rest % per_axis + 0.5) / per_axis;
    if (!pyramids) {
      value = 1;
      for (int axis = 0; axis < dim; ++axis) value *= 1 - std::abs(std::fmod(t[axis], 2.0) - 1);
    } else {
      // The nearest points on all sides; those with 1, 3, .. half-widths on an even number of axes away from the corner
      // (1, .., 1), and inside.
      for (int corner = 0; corner < (1 << dim); ++corner) {
        double distance = 0;
        int parity = 0;
        bool is_inside = true;
        for (int axis = 0; axis < dim; ++axis) {
          const double node = std::floor(t[axis]) + ((corner >> axis) & 1);
          distance += std::abs(t[axis] - node);
          parity += static_cast<int>(node) - 1;
          is_inside = is_inside && node >= 1 && node <= 2 * cells[axis] - 1;
        }
        if (is_inside && parity % 2 == 0) value = std::max(value, 1 - distance);
      }
    }
    sum += value * value;
  }
  return sum / std::pow(per_axis, dim);
}

TEST(MeanSquareOf, AGridIsThatOfTheSumOfItsBumps) {
  const Bump hat = AdmissibleBumps(1).front();
  for (const std::vector<int>& cells : std::vector<std::vector<int>>{{1}, {2}, {5}, {2, 2}, {3, 4}, {2, 3, 3}}) {
    for (const bool pyramids : {false, true}) {
      const int dim = static_cast<int>(cells.size());
      Grid grid{.layout = pyramids ? Layout::kInnerCheckerboard : Layout::kCells,
                .bump = hat,
                .x = {.axes = 1, .cells = static_cast<double>(cells[0])},
                .condition = {.axes = dim - 1}};
      if (dim > 1) {
        grid.condition.cells = cells[1];
        for (int axis = 2; axis < dim; ++axis) ASSERT_EQ(cells[axis], cells[1]);
      }
      EXPECT_NEAR(MeanSquareOf(grid), SampledMeanSquare(cells, pyramids), (dim < 3 ? 2e-3 : 1e-2) * MeanSquareOf(grid))
          << dim << pyramids;
    }
  }
}

TEST(MeanSquareOf, AGridDoesNotDependOnAxesWithoutCells) {
  Grid grid{.layout = Layout::kInnerCheckerboard,
            .bump = AdmissibleBumps(1).front(),
            .x = {.axes = 2, .cells = 7},
            .condition = {.axes = 0}};
  const double alone = MeanSquareOf(grid);
  grid.condition.axes = 5;
  EXPECT_DOUBLE_EQ(MeanSquareOf(grid), alone);
  grid.layout = Layout::kCells;
  EXPECT_DOUBLE_EQ(MeanSquareOf(grid), 1.0 / 9);
  grid.condition.finer_axes = 1;
  EXPECT_DOUBLE_EQ(MeanSquareOf(grid), 1.0 / 27);
}

TEST(MeanSquareOf, RefusesBumpsThatAreCutOff) {
  Grid grid{.layout = Layout::kNodes, .bump = AdmissibleBumps(1).front(), .x = {.axes = 1, .cells = 3}};
  EXPECT_THROW(MeanSquareOf(grid), std::domain_error);
  grid.layout = Layout::kCheckerboard;
  EXPECT_THROW(MeanSquareOf(grid), std::domain_error);
  EXPECT_THROW(MeanSquareOf(Bump{.family = Bump::Family::kCosinePower, .order = 27, .seminorms = {}}),
               std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
