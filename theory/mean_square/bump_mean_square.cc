// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/bump_mean_square.h"

#include <array>
#include <cmath>
#include <mutex>
#include <stdexcept>

#include "theory/problem.h"

namespace hyperwidth {
namespace {

constexpr int kMostPower = 26;  // C(52, 26) < 2^53

int ActiveAxes(const AxisGroup& group) { return group.cells > 0 ? group.axes : group.finer_axes; }

double SumOfLogCells(const AxisGroup& group) {
  const double coarse = group.cells > 0 ? (group.axes - group.finer_axes) * std::log(group.cells) : 0;
  return coarse + group.finer_axes * std::log(group.cells + 1);
}

}  // namespace

namespace {

// By Simpson's rule between multiples of 1/2000, which is right to far more than four decimals.
double SampledMeanSquare(int degree) {
  constexpr int kPanels = 1000;
  const PerfectSpline spline(degree);
  double sum = 0;
  for (int i = 0; i <= 2 * kPanels; ++i) {
    const double value = spline.Derivative(0, -1 + i / (2.0 * kPanels));
    const int weight = i == 0 || i == 2 * kPanels ? 1 : i % 2 == 1 ? 4 : 2;
    sum += weight * value * value;
  }
  return sum / (6 * kPanels);
}

MeanSquareFraction SplineMeanSquare(int degree) {
  constexpr double kDecimals = 1e4;
  constexpr double kMargin = 5e-4;  // more than a sum of the lowest values over 16,000 steps loses
  static std::array<std::once_flag, kMaxSmoothness + 2> once;
  static std::array<double, kMaxSmoothness + 2> means;
  std::call_once(once[degree], [&] { means[degree] = SampledMeanSquare(degree); });
  return {
      .numerator = std::floor(means[degree] * (1 - kMargin) * kDecimals), .denominator = kDecimals, .is_exact = false};
}

}  // namespace

MeanSquareFraction MeanSquareOf(const Bump& bump) {
  if (bump.family == Bump::Family::kPerfectSpline) {
    if (bump.order == 1) return MeanSquareFraction{.numerator = 1, .denominator = 3};
    if (bump.order == 2) return MeanSquareFraction{.numerator = 23, .denominator = 60};
    return SplineMeanSquare(bump.order);
  }
  if (bump.order > kMostPower) throw std::domain_error("the mean square of " + bump.Name() + " is not a double");
  MeanSquareFraction fraction{.numerator = 1, .denominator = std::exp2(2 * bump.order)};
  for (int i = 1; i <= bump.order; ++i) fraction.numerator = fraction.numerator * (bump.order + i) / i;
  return fraction;
}

double MeanSquareOf(const Grid& grid) {
  const MeanSquareFraction of_bump = MeanSquareOf(grid.bump);
  const int axes = ActiveAxes(grid.x) + ActiveAxes(grid.condition);
  if (grid.layout == Layout::kCells) return std::pow(of_bump.numerator / of_bump.denominator, axes);
  if (grid.layout != Layout::kInnerCheckerboard) {
    throw std::domain_error("bumps that are cut off at the boundary of the cube have no common mean square");
  }
  return std::exp((grid.Log2Points() + 1) * std::log(2.0) - std::lgamma(axes + 3.0) - SumOfLogCells(grid.x) -
                  SumOfLogCells(grid.condition));
}

}  // namespace hyperwidth
