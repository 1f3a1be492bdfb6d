// SPDX-License-Identifier: Apache-2.0

#include "theory/grid.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/domain_check.h"
#include "theory/norm_polynomial.h"

namespace hyperwidth {
namespace {

constexpr double kUnitRoundoff = std::numeric_limits<double>::epsilon() / 2;

double Log2PointsPerAxis(Layout layout, double cells) {
  switch (layout) {
    case Layout::kCells:
      return std::log2(std::max(cells, 1.0));
    case Layout::kNodes:
      return std::log2(cells + 1);
    case Layout::kCheckerboard:
      // 2 n + 1 may exceed a double where n does not.
      return std::isfinite(2 * cells) ? std::log2(2 * cells + 1) : 1 + std::log2(cells);
    case Layout::kInnerCheckerboard:
      return cells == 0 ? 0 : std::isfinite(2 * cells) ? std::log2(2 * cells - 1) : 1 + std::log2(cells);
  }
  return 0;
}

// Of the full grid: checkerboards use half of these points.
double Log2GroupPoints(Layout layout, const AxisGroup& group) {
  return (group.axes - group.finer_axes) * Log2PointsPerAxis(layout, group.cells) +
         group.finer_axes * Log2PointsPerAxis(layout, group.cells + 1);
}

// log2((2^log2_points + 1) / 2): the even points of an odd number of points, the corner being even.
double Log2EvenHalf(double log2_points) {
  return log2_points - 1 + std::log1p(std::exp2(-log2_points)) / std::log(2.0);
}

}  // namespace

std::string NameOf(Layout layout) {
  switch (layout) {
    case Layout::kCells:
      return "cells";
    case Layout::kNodes:
      return "nodes";
    case Layout::kCheckerboard:
      return "checkerboard";
    case Layout::kInnerCheckerboard:
      return "inner checkerboard";
  }
  return "";
}

bool UsesHalf(Layout layout) { return layout == Layout::kCheckerboard || layout == Layout::kInnerCheckerboard; }

AxisGroup SpreadEvenly(int axes, double steps) {
  if (axes == 0) return {.axes = 0};
  const double cells = std::floor(steps / axes);
  const double rest = steps < 0x1p52 ? steps - cells * axes : 0;
  return {.axes = axes, .cells = cells, .finer_axes = static_cast<int>(rest)};
}

AxisGroup FewestSteps(int axes, const std::function<bool(const AxisGroup&)>& is_enough) {
  double low = -1;
  double high = 0;
  while (!is_enough(SpreadEvenly(axes, high))) {
    low = high;
    high = 2 * high + 1;
  }
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    (is_enough(SpreadEvenly(axes, middle)) ? high : low) = middle;
  }
  return SpreadEvenly(axes, high);
}

double Grid::Log2Points() const {
  const double all = Log2GroupPoints(layout, x) + Log2GroupPoints(layout, condition);
  return UsesHalf(layout) ? Log2EvenHalf(all) : all;
}

double Grid::Log2Conditions() const { return std::min(Log2GroupPoints(layout, condition), Log2Points()); }

double Grid::Log2PrimaryPoints() const { return std::min(Log2GroupPoints(layout, x), Log2Points()); }

double Grid::Norm() const {
  return internal::TotalNorm(internal::ProductOverAxes(norm, bump, x),
                             internal::ProductOverAxes(norm, bump, condition));
}

double Grid::NormRounding() const {
  // Sums, or maxima, and products of nonnegative numbers: the relative error is at most (operations on the longest
  // path) * u. Powers of n: r + 1 products; squaring: 2 log2(axes) polynomial products of r + 2 operations each; the
  // last sums.
  const double r = static_cast<double>(bump.seminorms.size());
  const double products = 2 * std::log2(1.0 + x.axes) + 2 * std::log2(1.0 + condition.axes) + 4;
  return (r + 1 + products * (r + 2) + r) * 2 * kUnitRoundoff;
}

bool Grid::IsFinerThan(double epsilon) const {
  const double epsilon_above = std::nextafter(epsilon, 1.0);
  return Norm() * (1 + NormRounding()) * epsilon_above * (1 + 4 * kUnitRoundoff) < 1;
}

namespace {

std::string GroupDescription(const AxisGroup& group) {
  const auto factor = [](double cells, int axes) {
    return ShortestDecimal(cells) + (axes > 1 ? "^" + std::to_string(axes) : "");
  };
  std::string text;
  if (group.finer_axes < group.axes) text = factor(group.cells, group.axes - group.finer_axes);
  if (group.finer_axes > 0) text += (text.empty() ? "" : " x ") + factor(group.cells + 1, group.finer_axes);
  return text;
}

}  // namespace

std::string Grid::Description() const {
  const std::string name = layout == Layout::kCells          ? "cells"
                           : layout == Layout::kNodes        ? "half-widths, all nodes"
                           : layout == Layout::kCheckerboard ? "half-widths, even nodes"
                                                             : "half-widths, even inner nodes";
  const std::string second = GroupDescription(condition);
  return GroupDescription(x) + (second.empty() ? "" : " x ") + second + " " + name;
}

Grid IsotropicGrid(const Bump& bump, int primary_dim, int condition_dim, double cells, BallNorm norm) {
  return {.layout = Layout::kCells,
          .bump = bump,
          .x = {.axes = primary_dim, .cells = cells},
          .condition = {.axes = condition_dim, .cells = cells},
          .norm = norm};
}

}  // namespace hyperwidth
