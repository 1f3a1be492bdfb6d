// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_search.h"

#include <algorithm>
#include <cmath>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/exact_points.h"
#include "theory/mean_square/bump_mean_square.h"

namespace hyperwidth {
namespace {

using internal::Real;

// Short as decimals, exact as doubles. The best is flat: between neighbours Best refines by half of their distance.
constexpr double kShares[] = {0.0625, 0.125, 0.1875, 0.25, 0.3125, 0.375};
constexpr double kHalfOfAStep = 0.03125;

// Up to the number itself: few at first, then further apart.
std::vector<int> Ladder(int from, int most) {
  std::vector<int> steps;
  for (int step = from; step < most; step = std::max(step + 1, step * 3 / 2)) steps.push_back(step);
  steps.push_back(most);
  return steps;
}

// Axes with one cell, or with one node inside, cost height and give no points.
constexpr double kLeastSteps = 2;

// In double, with a margin for its rounding.
bool IsHighEnough(const MeanSquareGrid& candidate, double epsilon) {
  constexpr double kMargin = 1e-11;
  const double norm = candidate.grid.Norm();
  const double share =
      candidate.needed.wrong_share * (candidate.needed.bits > 0 ? 1 - std::exp2(-candidate.needed.bits) : 1);
  const double height = std::sqrt(share * MeanSquareOf(candidate.grid)) * (1 - kMargin);
  return std::isfinite(norm) && norm * epsilon < height;
}

}  // namespace

bool ProvesMeanSquare(const MeanSquareGrid& candidate, double epsilon) {
  // B and Q to 10^-12, and a margin above that for all of the rest.
  return IsHighEnough(candidate, std::nextafter(epsilon, 1.0) * (1 + 1e-10));
}

MeanSquareSearch::MeanSquareSearch(const Problem& problem, bool uses_condition, int bits)
    : problem_(problem), uses_condition_(uses_condition), bits_(bits) {
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    for (const double share : kShares) {
      AddFamily(Layout::kCells, bump, share);
      const bool is_hat = bump.family == Bump::Family::kPerfectSpline && bump.order == 1;
      if (is_hat) AddFamily(Layout::kInnerCheckerboard, bump, share);
    }
  }
  std::stable_sort(candidates_.begin(), candidates_.end(), [](const Candidate& a, const Candidate& b) {
    return a.log2_needed > b.log2_needed;
  });
}

bool MeanSquareSearch::FinestIn(MeanSquareGrid& candidate, int axes) const {
  const double epsilon = problem_.UnitEpsilonAbove() * (1 + 1e-9);
  const auto fits = [&](double steps) {
    candidate.grid.x = SpreadEvenly(axes, steps);
    return IsHighEnough(candidate, epsilon);
  };
  double low = kLeastSteps * axes;
  if (!fits(low)) return false;
  double high = axes * std::ceil(1 / (epsilon * candidate.grid.bump.seminorms[1])) + 1;  // B is above s_1 n
  while (high - low > 1) {
    const double middle =
        high > 4 * low ? std::floor(std::sqrt(low) * std::sqrt(high)) : std::floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) break;
    (fits(middle) ? low : high) = middle;
  }
  return fits(low);
}

// Of the steps in I from one candidate to the next: larger where there would be very many.
double MeanSquareSearch::Growth(const Bump& bump) const {
  constexpr double kLeast = 1.3;
  constexpr double kMostSteps = 40;
  const double finest = 1 / (problem_.UnitEpsilonAbove() * bump.seminorms[1]);
  return std::max(kLeast, std::pow(std::max(finest, 1.0), 1 / kMostSteps));
}

std::optional<MeanSquareSearch::Candidate> MeanSquareSearch::At(Grid grid, double condition_steps, double share) const {
  grid.condition = SpreadEvenly(grid.condition.axes, condition_steps);
  Candidate candidate{.found = {.grid = grid, .needed = {.wrong_share = share, .bits = bits_}}};
  if (!FinestIn(candidate.found, grid.x.axes)) return std::nullopt;
  const PointCounts points = PointsOf(candidate.found.grid);
  candidate.log2_needed = points.log2_all + std::log2(NeededShareBelow(candidate.found.needed, points));
  return candidate;
}

void MeanSquareSearch::AddFamily(Layout layout, const Bump& bump, double share) {
  const double growth = Growth(bump);
  const auto add = [&](int x_axes, int condition_axes, double condition_steps) {
    const auto candidate = At({.layout = layout,
                               .bump = bump,
                               .x = {.axes = x_axes},
                               .condition = {.axes = condition_axes},
                               .norm = problem_.norm},
                              condition_steps,
                              share);
    if (candidate && candidate->log2_needed >= 0) candidates_.push_back(*candidate);
    return candidate.has_value();
  };
  for (const int x_axes : Ladder(1, problem_.primary_dim)) {
    add(x_axes, 0, 0);
    if (!uses_condition_) continue;
    for (const int condition_axes : Ladder(1, problem_.condition_dim)) {
      double steps = kLeastSteps * condition_axes;
      if (!add(x_axes, condition_axes, steps)) break;
      do {
        steps = std::max(steps + 1, std::floor(steps * growth));
      } while (add(x_axes, condition_axes, steps));
    }
  }
}

std::optional<MeanSquareGrid> MeanSquareSearch::Best(
    const std::function<double(const MeanSquareGrid&)>& objective) const {
  std::optional<MeanSquareGrid> best;
  double largest = 0;
  const auto consider = [&](const Candidate& candidate) {
    if (best && candidate.log2_needed <= largest) return;
    const double value = objective(candidate.found);
    if (best && value <= largest) return;
    best = candidate.found;
    largest = value;
  };
  for (const Candidate& candidate : candidates_) consider(candidate);
  if (!best) return best;
  // Around the best one so far: other shares, and other steps in I, closer and closer.
  const auto look_at = [&](double share, double factor) {
    const AxisGroup& condition = best->grid.condition;
    const double steps = std::round((condition.cells * condition.axes + condition.finer_axes) * factor);
    if (steps < kLeastSteps * condition.axes || (condition.axes == 0 && factor != 1)) return;
    const auto candidate = At(best->grid, steps, share);
    if (candidate && candidate->log2_needed >= 0) consider(*candidate);
  };
  for (double reach = std::sqrt(Growth(best->grid.bump)); reach > 1.02; reach = std::sqrt(reach)) {
    for (const double sign : {-1.0, 1.0}) {
      const double share = best->needed.wrong_share + sign * kHalfOfAStep;
      if (share > 0 && share < 0.5) look_at(share, 1);
      look_at(best->needed.wrong_share, std::pow(reach, sign));
    }
  }
  return best;
}

std::optional<MeanSquareGrid> MeanSquareSearch::MostPatterns() const {
  return Best([](const MeanSquareGrid& candidate) {
    const PointCounts points = PointsOf(candidate.grid);
    return points.log2_all + std::log2(NeededShareBelow(candidate.needed, points));
  });
}

}  // namespace hyperwidth
