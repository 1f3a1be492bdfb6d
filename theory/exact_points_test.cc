// SPDX-License-Identifier: Apache-2.0

#include "theory/exact_points.h"

#include <cmath>
#include <string>
#include <vector>

#include "boost/multiprecision/cpp_int.hpp"
#include "gtest/gtest.h"
#include "theory/bump.h"

namespace hyperwidth::internal {
namespace {

using boost::multiprecision::cpp_int;

struct Integers {
  cpp_int all, conditions, primary;
};

// The centres that carry bumps, one axis after the other: 2n half-widths long.
cpp_int OnAxis(Layout layout, int n) {
  if (layout == Layout::kCells) return n == 0 ? 1 : n;
  return layout == Layout::kNodes ? n + 1 : 2 * n + 1;
}

cpp_int OnAxes(Layout layout, int axes, int cells, int finer) {
  cpp_int points = 1;
  for (int axis = 0; axis < axes; ++axis) points *= OnAxis(layout, axis < finer ? cells + 1 : cells);
  return points;
}

Integers Expected(const Grid& grid) {
  const auto points = [&](const AxisGroup& group) {
    return OnAxes(grid.layout, group.axes, static_cast<int>(group.cells), group.finer_axes);
  };
  const cpp_int x = points(grid.x);
  const cpp_int condition = points(grid.condition);
  if (grid.layout != Layout::kCheckerboard) return {x * condition, condition, x};
  const cpp_int even = (x * condition + 1) / 2;
  return {even, condition < even ? condition : even, x < even ? x : even};
}

TEST(CountPoints, IsExactForEveryLayoutAndFinerAxes) {
  for (const Layout layout : {Layout::kCells, Layout::kNodes, Layout::kCheckerboard}) {
    for (const AxisGroup& x : {AxisGroup{.axes = 1, .cells = 0},
                               AxisGroup{.axes = 1, .cells = 1},
                               AxisGroup{.axes = 3, .cells = 0, .finer_axes = 2},
                               AxisGroup{.axes = 2, .cells = 7, .finer_axes = 1}}) {
      for (const AxisGroup& condition : {AxisGroup{.axes = 0},
                                         AxisGroup{.axes = 1, .cells = 0},
                                         AxisGroup{.axes = 1, .cells = 4},
                                         AxisGroup{.axes = 4, .cells = 12, .finer_axes = 3}}) {
        const Grid grid{.layout = layout, .bump = AdmissibleBumps(1).front(), .x = x, .condition = condition};
        const Integers expected = Expected(grid);
        const ExactPoints points = CountPoints(grid);
        EXPECT_EQ(points.all, Real(expected.all)) << grid.Description();
        EXPECT_EQ(points.conditions, Real(expected.conditions)) << grid.Description();
        EXPECT_EQ(points.primary, Real(expected.primary)) << grid.Description();
      }
    }
  }
}

// 3 x 5 points of which 8 are even: 3 values of x and 5 of I. On one axis of 5 only the even 3 carry bumps.
TEST(CountPoints, OfACheckerboardCountsWhatCarriesBumps) {
  Grid grid{.layout = Layout::kCheckerboard,
            .bump = AdmissibleBumps(1).front(),
            .x = {.axes = 1, .cells = 1},
            .condition = {.axes = 1, .cells = 2}};
  EXPECT_EQ(CountPoints(grid).all, 8);
  EXPECT_EQ(CountPoints(grid).primary, 3);
  EXPECT_EQ(CountPoints(grid).conditions, 5);
  grid.x.cells = 0;
  EXPECT_EQ(CountPoints(grid).all, 3);
  EXPECT_EQ(CountPoints(grid).primary, 1);
  EXPECT_EQ(CountPoints(grid).conditions, 3);
}

// Half-widths that a double does not tell from one more: (2^53 + 2)^2 (2^53 + 1), 48 digits.
TEST(CountPoints, IsExactBeyondADouble) {
  const Grid grid{
      .bump = AdmissibleBumps(1).front(), .x = {.axes = 3, .cells = 0x1p53, .finer_axes = 2}, .condition = {.axes = 0}};
  const cpp_int n = cpp_int(1) << 53;
  EXPECT_EQ(CountPoints(grid).all, Real((n + 2) * (n + 2) * (n + 1)));
}

}  // namespace
}  // namespace hyperwidth::internal
