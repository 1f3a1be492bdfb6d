// SPDX-License-Identifier: Apache-2.0

#include "theory/grid.h"

#include <cmath>
#include <functional>
#include <random>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Bump& Hat() { return AdmissibleBumps(1).front(); }

// The definition of B, term by term: all multi-indices of at most r.
double NormByEnumeration(const std::vector<double>& seminorms, const std::vector<double>& cells) {
  const int r = static_cast<int>(seminorms.size()) - 1;
  std::function<double(std::size_t, int)> sum = [&](std::size_t axis, int left) -> double {
    if (axis == cells.size()) return 1;
    double total = 0;
    for (int k = 0; k <= left; ++k) total += std::pow(cells[axis], k) * seminorms[k] * sum(axis + 1, left - k);
    return total;
  };
  return sum(0, r);
}

TEST(Grid, NormAtSmoothnessOneIsOnePlusTheSumOfCells) {
  const Grid grid = IsotropicGrid(Hat(), 1, 2, 332);
  EXPECT_EQ(grid.Norm(), 1 + 3 * 332);
}

TEST(Grid, NormAtSmoothnessTwoHasItsClosedForm) {
  const Bump& spline = AdmissibleBumps(2).front();
  for (const int d : {2, 3, 7}) {
    for (const double n : {1.0, 5.0, 40.0}) {
      EXPECT_EQ(IsotropicGrid(spline, 1, d - 1, n).Norm(), 1 + 2 * d * n + 2 * d * (d + 1) * n * n);
    }
  }
}

TEST(Grid, NormIsTheSumOverMultiIndices) {
  for (const int r : {1, 2, 3, 5}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      const Grid grid{.bump = bump,
                      .x = {.axes = 3, .cells = 2, .finer_axes = 1},
                      .condition = {.axes = 2, .cells = 0, .finer_axes = 1}};
      const double expected = NormByEnumeration(bump.seminorms, {2, 2, 3, 0, 1});
      EXPECT_NEAR(grid.Norm() / expected, 1, 1e-13) << bump.Name();
    }
  }
}

TEST(Grid, NormOfManyAxesAndHugeCellsIsInfiniteNeverNaN) {
  const Bump& bump = AdmissibleBumps(12).front();
  const Grid grid{.bump = bump, .x = {.axes = 5000, .cells = 1e200}, .condition = {.axes = 5000, .cells = 0}};
  EXPECT_TRUE(std::isinf(grid.Norm()));
  EXPECT_FALSE(grid.IsFinerThan(1e-300));
}

TEST(Grid, CountsPointsOfEachLayout) {
  Grid grid{.layout = Layout::kCells,
            .bump = Hat(),
            .x = {.axes = 1, .cells = 3},
            .condition = {.axes = 2, .cells = 1, .finer_axes = 1}};
  EXPECT_NEAR(std::exp2(grid.Log2Points()), 3 * 1 * 2, 1e-9);
  grid.layout = Layout::kNodes;
  EXPECT_NEAR(std::exp2(grid.Log2Points()), 4 * 2 * 3, 1e-9);
  EXPECT_NEAR(std::exp2(grid.Log2Conditions()), 2 * 3, 1e-9);
  EXPECT_NEAR(std::exp2(grid.Log2PrimaryPoints()), 4, 1e-9);
  grid.layout = Layout::kCheckerboard;
  EXPECT_NEAR(std::exp2(grid.Log2Points()), (7 * 3 * 5 + 1) / 2, 1e-9);
  EXPECT_NEAR(std::exp2(grid.Log2Conditions()), 3 * 5, 1e-9);
  EXPECT_NEAR(std::exp2(grid.Log2PrimaryPoints()), 7, 1e-9);  // the conditions take turns at even and odd points
}

// 2 n + 1 points on an axis are beyond a double here, but not their logarithm.
TEST(Grid, CountsPointsWhereThoseOfOneAxisExceedADouble) {
  Grid grid{.layout = Layout::kCheckerboard,
            .bump = Hat(),
            .x = {.axes = 2, .cells = 0x1.8p1023},
            .condition = {.axes = 3, .cells = 0, .finer_axes = 1}};
  const double log2_axis = 1024 + std::log2(1.5);
  EXPECT_NEAR(grid.Log2PrimaryPoints(), 2 * log2_axis, 1e-9);
  EXPECT_NEAR(grid.Log2Conditions(), std::log2(3), 1e-9);
  EXPECT_NEAR(grid.Log2Points(), 2 * log2_axis + std::log2(3) - 1, 1e-9);
  grid.x.finer_axes = 1;
  EXPECT_NEAR(grid.Log2PrimaryPoints(), 2 * log2_axis, 1e-9);
  grid.layout = Layout::kNodes;
  EXPECT_NEAR(grid.Log2PrimaryPoints(), 2 * (log2_axis - 1), 1e-9);
}

TEST(Grid, CheckerboardHasAsManyPointsAsThereAreEvenIndices) {
  int even = 0;
  for (int i = 0; i <= 4; ++i) {
    for (int j = 0; j <= 2; ++j) {
      for (int k = 0; k <= 6; ++k) even += (i + j + k) % 2 == 0;
    }
  }
  const Grid grid{.layout = Layout::kCheckerboard,
                  .bump = Hat(),
                  .x = {.axes = 1, .cells = 2},
                  .condition = {.axes = 2, .cells = 1, .finer_axes = 0}};
  const Grid finer{.layout = Layout::kCheckerboard,
                   .bump = Hat(),
                   .x = {.axes = 2, .cells = 2, .finer_axes = 1},
                   .condition = {.axes = 1, .cells = 1}};
  EXPECT_NEAR(std::exp2(grid.Log2Points()), (5 * 3 * 3 + 1) / 2, 1e-9);
  EXPECT_NEAR(std::exp2(finer.Log2Points()), even, 1e-9);
}

// Values of a random-sign sum of pyramids at rho = 1/B, by its definition: at most one pyramid is non-zero at a point.
// The sum of sup norms of the function and of its difference quotients along the axes must not exceed 1.
TEST(Grid, CheckerboardSumsLieInTheSobolevBall) {
  std::mt19937_64 random(7);
  const std::vector<double> cells = {3, 2};  // half-widths 1/3 and 1/2
  const double rho = 1 / (1 + 3.0 + 2.0);
  std::vector<std::vector<int>> signs(7, std::vector<int>(5));
  for (auto& row : signs) {
    for (int& sign : row) sign = random() % 2 == 0 ? 1 : -1;
  }
  const auto value = [&](double x, double y) {
    double sum = 0;
    int active = 0;
    for (int i = 0; i <= 6; ++i) {
      for (int j = 0; j <= 4; ++j) {
        if ((i + j) % 2 != 0) continue;
        const double height = 1 - std::abs(cells[0] * (x + 1) - i) - std::abs(cells[1] * (y + 1) - j);
        if (height <= 1e-12) continue;
        ++active;
        sum += signs[i][j] * rho * height;
      }
    }
    EXPECT_LE(active, 1);
    return sum;
  };
  double sup = 0;
  double sup_x = 0;
  double sup_y = 0;
  std::uniform_real_distribution<double> uniform(-1, 1);
  constexpr double kStep = 1e-6;
  for (int sample = 0; sample < 20000; ++sample) {
    const double x = uniform(random);
    const double y = uniform(random);
    sup = std::max(sup, std::abs(value(x, y)));
    sup_x = std::max(sup_x, std::abs(value(x + kStep, y) - value(x, y)) / kStep);
    sup_y = std::max(sup_y, std::abs(value(x, y + kStep) - value(x, y)) / kStep);
  }
  EXPECT_LE(sup + sup_x + sup_y, 1 + 1e-8);  // rounding of the difference quotient: 1e-16 / step
  EXPECT_GE(sup + sup_x + sup_y, 1 - 0.1);   // and the ball is nearly filled
}

// Random-sign sums of product bumps, derivatives of all orders by their closed forms, densely sampled.
TEST(Grid, NodeSumsLieInTheSobolevBall) {
  std::mt19937_64 random(11);
  for (const int r : {1, 2, 3}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      const std::vector<int> cells = {2, 3};
      const Grid grid{.bump = bump, .x = {.axes = 1, .cells = 2}, .condition = {.axes = 1, .cells = 3}};
      const double rho = 1 / grid.Norm();
      std::vector<std::vector<int>> signs(3, std::vector<int>(4));
      for (auto& row : signs) {
        for (int& sign : row) sign = random() % 2 == 0 ? 1 : -1;
      }
      const PerfectSpline spline(bump.order);
      const CosinePower cosine(bump.order);
      const auto derivative = [&](int order, double t) {
        return bump.family == Bump::Family::kPerfectSpline ? spline.Derivative(order, t) : cosine.Derivative(order, t);
      };
      double total = 0;
      for (int kx = 0; kx <= r; ++kx) {
        for (int ky = 0; kx + ky <= r; ++ky) {
          double sup = 0;
          for (int a = 0; a <= 200; ++a) {
            for (int b = 0; b <= 200; ++b) {
              const double x = -1 + a / 100.0;
              const double y = -1 + b / 100.0;
              double sum = 0;
              // Bumps at the nodes -1 + 2 i / n, half-width 1/n: only the two nearest nodes can matter.
              for (int i = 0; i <= cells[0]; ++i) {
                const double t = cells[0] * (x + 1) - 2 * i;
                if (std::abs(t) > 1) continue;
                for (int j = 0; j <= cells[1]; ++j) {
                  const double u = cells[1] * (y + 1) - 2 * j;
                  if (std::abs(u) > 1) continue;
                  sum += signs[i][j] * derivative(kx, t) * std::pow(cells[0], kx) * derivative(ky, u) *
                         std::pow(cells[1], ky);
                }
              }
              // At a common end point of two bumps the highest derivative jumps: the essential supremum ignores it.
              const bool at_jump = std::abs(std::remainder(cells[0] * (x + 1), 1.0)) < 1e-9 ||
                                   std::abs(std::remainder(cells[1] * (y + 1), 1.0)) < 1e-9;
              if (!at_jump) sup = std::max(sup, std::abs(sum));
            }
          }
          total += sup;
        }
      }
      EXPECT_LE(rho * total, 1 + 1e-9) << bump.Name();
      EXPECT_GE(rho * total, 0.8) << bump.Name();
    }
  }
}

TEST(Grid, IsFinerThanIsStrictAndAllowsForTheDecimalBehindTheDouble) {
  const Grid grid = IsotropicGrid(Hat(), 1, 1, 499500);  // B = 999001
  EXPECT_TRUE(grid.IsFinerThan(1.0 / 999002));
  EXPECT_FALSE(grid.IsFinerThan(1.0 / 999001));
  // The double 1e-6 lies below the decimal 0.000001: B = 10^6 must be refused all the same.
  const Grid million{.bump = Hat(), .x = {.axes = 1, .cells = 999999}, .condition = {.axes = 1, .cells = 0}};
  ASSERT_EQ(million.Norm(), 1e6);
  ASSERT_LT(million.Norm() * static_cast<long double>(1e-6), 1.0L);
  EXPECT_FALSE(million.IsFinerThan(1e-6));
}

TEST(SpreadEvenly, GivesTheRestToTheFirstAxes) {
  const AxisGroup group = SpreadEvenly(3, 11);
  EXPECT_EQ(group.cells, 3);
  EXPECT_EQ(group.finer_axes, 2);
  EXPECT_EQ(SpreadEvenly(4, 0).cells, 0);
}

TEST(FewestSteps, AreTheFirstThatAreEnough) {
  for (const int axes : {1, 2, 7}) {
    for (const double enough : {0.0, 1.0, 2.0, 3.0, 7.0, 8.0, 1000.0, 0x1p50 + 5}) {
      const AxisGroup found = FewestSteps(
          axes, [&](const AxisGroup& group) { return group.axes * group.cells + group.finer_axes >= enough; });
      EXPECT_EQ(found.axes, axes);
      EXPECT_EQ(found.axes * found.cells + found.finer_axes, enough) << axes;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
