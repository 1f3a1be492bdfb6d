// SPDX-License-Identifier: Apache-2.0
//
// Heights and numbers of points; the inequality is in rigorous_inequality_test.cc.

#include "theory/rigorous.h"

#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "boost/multiprecision/cpp_int.hpp"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using boost::multiprecision::cpp_bin_float_100;
using boost::multiprecision::cpp_rational;

const Bump& Hat() { return AdmissibleBumps(1).front(); }

Grid NodesOnOneAxis(double cells) {
  return {.bump = Hat(), .x = {.axes = 1, .cells = cells}, .condition = {.axes = 0}};
}

TEST(NumPoints, IsExactUpToTwoToThe53) {
  EXPECT_EQ(NumPoints(IsotropicGrid(Hat(), 1, 2, 332)).value, 332 * 332 * 332);
  const Grid even{.layout = Layout::kCheckerboard,
                  .bump = Hat(),
                  .x = {.axes = 1, .cells = 333},
                  .condition = {.axes = 2, .cells = 332, .finer_axes = 1}};
  EXPECT_EQ(NumPoints(even).value, (667LL * 665 * 667 + 1) / 2);
  EXPECT_EQ(NumPoints(NodesOnOneAxis(0x1p53 - 1)).value, kMaxExactCount);
  EXPECT_EQ(NumPoints(NodesOnOneAxis(0x1p53)).value, std::nullopt);
}

// The logarithm is below the true one and the next double but one is not, in 100 digits.
void ExpectRoundedDown(double log10_points, const cpp_bin_float_100& points) {
  EXPECT_LT(pow(cpp_bin_float_100(10), cpp_bin_float_100(log10_points)), points) << log10_points;
  const double above = std::nextafter(std::nextafter(log10_points, 1e300), 1e300);
  EXPECT_GT(pow(cpp_bin_float_100(10), cpp_bin_float_100(above)), points) << log10_points;
}

TEST(NumPoints, BeyondThatIsALogarithmRoundedDown) {
  EXPECT_FALSE(NumPoints(IsotropicGrid(Hat(), 40, 60, 1000)).value.has_value());
  for (const int cells : {10, 1000, 1023, 777777}) {
    for (const int axes : {3, 4, 41, 100}) {
      const cpp_bin_float_100 points = pow(cpp_bin_float_100(cells), 40 + axes);
      ExpectRoundedDown(NumPoints(IsotropicGrid(Hat(), 40, axes, cells)).log10, points);
    }
  }
}

// B with all its digits: the definition, term by term. The seminorms and the cells are doubles, so fractions.
cpp_rational ExactNorm(const Bump& bump, const std::vector<double>& cells, std::size_t axis, int order_left) {
  if (axis == cells.size()) return 1;
  cpp_rational sum = 0;
  cpp_rational power = 1;
  for (int k = 0; k <= order_left; ++k) {
    sum += power * cpp_rational(bump.seminorms[k]) * ExactNorm(bump, cells, axis + 1, order_left - k);
    power *= cpp_rational(cells[axis]);
  }
  return sum;
}

std::vector<double> CellsOf(const Grid& grid) {
  std::vector<double> cells;
  for (const AxisGroup& group : {grid.x, grid.condition}) {
    for (int axis = 0; axis < group.axes; ++axis) cells.push_back(group.cells + (axis < group.finer_axes ? 1 : 0));
  }
  return cells;
}

// Of two neighbouring doubles the first is proved and the second is not: that is where B times the double after it
// reaches 1.
void ExpectTheEdgeOfTheExactHeight(const Grid& grid) {
  const int r = static_cast<int>(grid.bump.seminorms.size()) - 1;
  const cpp_rational norm = ExactNorm(grid.bump, CellsOf(grid), 0, r);
  const auto is_below = [&](double epsilon) { return norm * cpp_rational(std::nextafter(epsilon, 1.0)) < 1; };
  double epsilon = static_cast<double>(cpp_rational(1 / norm));
  while (!is_below(epsilon)) epsilon = std::nextafter(epsilon, 0.0);
  while (is_below(std::nextafter(epsilon, 1.0))) epsilon = std::nextafter(epsilon, 1.0);
  EXPECT_TRUE(ProvesHeight(grid, epsilon)) << grid.Description();
  EXPECT_FALSE(ProvesHeight(grid, std::nextafter(epsilon, 1.0))) << grid.Description();
}

TEST(ProvesHeight, IsExactForHats) {
  for (const double cells : {1.0, 2.0, 6.0, 332.0, 333.0, 999999.0, 0x1p40}) {
    for (const int condition_dim : {0, 1, 2, 4}) {
      ExpectTheEdgeOfTheExactHeight({.bump = Hat(),
                                     .x = {.axes = 3, .cells = cells, .finer_axes = 2},
                                     .condition = {.axes = condition_dim, .cells = cells - 1}});
    }
  }
}

TEST(ProvesHeight, IsExactForAllBumps) {
  for (const int r : {1, 2, 3, 4, 7}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      for (const AxisGroup& x : {AxisGroup{.axes = 1, .cells = 5}, AxisGroup{.axes = 5, .cells = 0, .finer_axes = 1}}) {
        for (const AxisGroup& condition : {AxisGroup{.axes = 1, .cells = 0},
                                           AxisGroup{.axes = 3, .cells = 17, .finer_axes = 2},
                                           AxisGroup{.axes = 2, .cells = 12345}}) {
          ExpectTheEdgeOfTheExactHeight({.bump = bump, .x = x, .condition = condition});
        }
      }
    }
  }
}

// B = 8 and the decimal behind the double below 1/8 may be 1/8.
TEST(ProvesHeight, IsStrictAndAllowsForTheDecimalBehindTheDouble) {
  const Grid grid = NodesOnOneAxis(7);
  const double below = std::nextafter(0.125, 0.0);
  EXPECT_FALSE(ProvesHeight(grid, 0.125));
  EXPECT_FALSE(ProvesHeight(grid, below));
  EXPECT_TRUE(ProvesHeight(grid, std::nextafter(below, 0.0)));
}

// For epsilon = (1 + u) / 2^140 with u = 2^-52 and B = 2^140 (1 - u + u^2) - k, their product is 1 - k / 2^140 to 47
// digits: 1 - 7e-43 k. A margin of 1e-40 is kept.
TEST(ProvesHeight, KeepsAMarginOfTenToMinus40) {
  const double after = std::ldexp(1 + 0x1p-52, -140);
  const auto proves = [&](double k) {
    return ProvesHeight(
        {.bump = Hat(), .x = {.axes = 1, .cells = 0x1p140 - 0x1p88}, .condition = {.axes = 1, .cells = 0x1p36 - 1 - k}},
        std::nextafter(after, 0.0));
  };
  EXPECT_FALSE(proves(1));
  EXPECT_FALSE(proves(139));
  EXPECT_TRUE(proves(140));
}

TEST(PointsOf, AreTheLogarithmsOfTheGrid) {
  const Grid grid{.layout = Layout::kCheckerboard,
                  .bump = Hat(),
                  .x = {.axes = 1, .cells = 3},
                  .condition = {.axes = 2, .cells = 1, .finer_axes = 1}};
  const PointCounts points = PointsOf(grid);
  EXPECT_NEAR(std::exp2(points.log2_all), (7 * 3 * 5 + 1) / 2, 1e-9);
  EXPECT_NEAR(std::exp2(points.log2_conditions), 15, 1e-9);
  EXPECT_NEAR(std::exp2(points.log2_primary), 7, 1e-9);
}

}  // namespace
}  // namespace hyperwidth
