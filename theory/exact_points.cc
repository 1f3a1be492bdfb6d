// SPDX-License-Identifier: Apache-2.0

#include "theory/exact_points.h"

#include <algorithm>

namespace hyperwidth::internal {
namespace {

Real PointsPerAxis(Layout layout, const Real& cells) {
  switch (layout) {
    case Layout::kCells:
      return std::max(cells, Real(1));
    case Layout::kNodes:
      return cells + 1;
    case Layout::kCheckerboard:
      return 2 * cells + 1;
    case Layout::kInnerCheckerboard:
      return cells == 0 ? Real(1) : Real(2 * cells - 1);
  }
  return 1;
}

// Of the full grid: checkerboards use half of these points.
Real GroupPoints(Layout layout, const AxisGroup& group) {
  return pow(PointsPerAxis(layout, group.cells), group.axes - group.finer_axes) *
         pow(PointsPerAxis(layout, Real(group.cells) + 1), group.finer_axes);
}

}  // namespace

ExactPoints CountPoints(const Grid& grid) {
  const Real x = GroupPoints(grid.layout, grid.x);
  const Real condition = GroupPoints(grid.layout, grid.condition);
  if (!UsesHalf(grid.layout)) return {.all = x * condition, .conditions = condition, .primary = x};
  const Real all = (x * condition + 1) / 2;  // the even points of an odd number, the corner being even
  return {.all = all, .conditions = std::min(condition, all), .primary = std::min(x, all)};
}

bool IsBelow(const Real& a, const Real& b) {
  static const Real margin("1e-40");
  return a * (1 + margin) < b;
}

}  // namespace hyperwidth::internal
