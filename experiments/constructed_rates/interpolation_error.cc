// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/interpolation_error.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/pass/executor.h"
#include "models/pass/pass.h"

namespace hyperwidth {
namespace {

// Points evaluated at once: the hidden layer's values for them stay in a core's own cache.
constexpr Index kBlock = 128;

// target - network at many points.
Vector<double> Difference(const LinearSpline& spline,
                          const Vector<double>& parameters,
                          const BumpTarget& target,
                          const Vector<double>& points) {
  Vector<double> difference = target.Values(points.transpose());
  const SerialExecutor executor;
  Pass<double> pass(spline.network(), executor);
  Batch<double> block;
  for (Index first = 0; first < points.size(); first += kBlock) {
    const Index count = std::min(kBlock, points.size() - first);
    block.x = points.segment(first, count).transpose();
    block.group_starts = {0, count};
    difference.segment(first, count) -= pass.Forward(parameters, block).row(0).transpose();
  }
  return difference;
}

// The largest |p| on an interval, p the parabola with these values at its ends and its middle.
double LargestOfParabola(double left, double middle, double right) {
  double largest = std::max({std::abs(left), std::abs(middle), std::abs(right)});
  // p(s) = middle + slope s + curvature s^2 on [-1, 1]
  const double slope = (right - left) / 2;
  const double curvature = (right + left) / 2 - middle;
  if (std::abs(slope) < 2 * std::abs(curvature)) {
    largest = std::max(largest, std::abs(middle - slope * slope / (4 * curvature)));
  }
  return largest;
}

}  // namespace

double SupErrorOfInterpolation(const LinearSpline& spline, const BumpTarget& target) {
  if (target.dim() != 1) {
    throw std::invalid_argument("sup error of interpolation: the target has " + std::to_string(target.dim()) +
                                " variables, accepted: 1");
  }
  Matrix<double> nodes(1, spline.cells() + 1);
  for (Index i = 0; i <= spline.cells(); ++i) nodes(0, i) = spline.Node(i);
  const Vector<double> nodal_values = target.Values(nodes);
  std::vector<double> ends = target.Breakpoints(0);
  ends.insert(ends.end(), nodes.data(), nodes.data() + nodes.size());
  std::sort(ends.begin(), ends.end());
  const auto pieces = static_cast<Index>(ends.size()) - 1;
  Vector<double> points(2 * pieces + 1);  // both ends and the middle of each piece
  for (Index i = 0; i < pieces; ++i) {
    const double left = ends[static_cast<std::size_t>(i)], right = ends[static_cast<std::size_t>(i) + 1];
    points[2 * i] = left;
    points[2 * i + 1] = left + (right - left) / 2;
  }
  points[2 * pieces] = ends.back();
  const Vector<double> difference = Difference(spline, spline.Parameters(nodal_values), target, points);
  double largest = 0;
  for (Index i = 0; i < pieces; ++i) {
    largest = std::max(largest, LargestOfParabola(difference[2 * i], difference[2 * i + 1], difference[2 * i + 2]));
  }
  return largest;
}

}  // namespace hyperwidth
