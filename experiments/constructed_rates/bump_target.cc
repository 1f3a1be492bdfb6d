// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/bump_target.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"
#include "theory/grid.h"

namespace hyperwidth {
namespace {

// The largest height at which the sum lies in the ball: 1 / B of the grid of `cells` perfect splines.
double Height(int smoothness, int cells) {
  for (const Bump& bump : AdmissibleBumps(smoothness)) {
    if (bump.family == Bump::Family::kPerfectSpline && bump.order == smoothness) {
      return 1 / IsotropicGrid(bump, /*primary_dim=*/1, /*condition_dim=*/0, cells).Norm();
    }
  }
  throw std::logic_error("no perfect spline of degree " + std::to_string(smoothness));
}

}  // namespace

BumpTarget::BumpTarget(int smoothness, int cells, std::uint64_t seed)
    : bump_(std::clamp(smoothness, 1, 2)), height_(0) {
  if (smoothness != 1 && smoothness != 2) {
    throw std::invalid_argument("bump target: smoothness is " + std::to_string(smoothness) + ", accepted: 1 or 2");
  }
  if (cells < 1) {
    throw std::invalid_argument("bump target: number of cells is " + std::to_string(cells) + ", accepted: at least 1");
  }
  height_ = Height(smoothness, cells);
  RandomStream random(seed, {static_cast<std::uint64_t>(cells)});
  for (int cell = 0; cell < cells; ++cell) {
    signs_.push_back(random.Below(2) == 0 ? -1 : 1);
    const double left = -1 + 2.0 * cell / cells;
    // The knots of the perfect spline of degree r, cos(j pi / (r + 1)), moved into the cell.
    for (int j = smoothness + 1; j >= 1; --j) {
      breakpoints_.push_back(left + (1 + std::cos(j * std::numbers::pi / (smoothness + 1))) / cells);
    }
  }
  breakpoints_.push_back(1);
}

double BumpTarget::operator()(double t) const {
  const auto cells = static_cast<double>(signs_.size());
  const double position = (t + 1) / 2 * cells;
  const double cell = std::clamp(std::floor(position), 0.0, cells - 1);
  const double sign = signs_[static_cast<std::size_t>(cell)];
  return height_ * sign * bump_.Derivative(0, 2 * (position - cell) - 1);
}

}  // namespace hyperwidth
