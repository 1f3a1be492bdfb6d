// SPDX-License-Identifier: Apache-2.0

#include "theory/grid_search.h"

#include <algorithm>
#include <cmath>

#include "theory/norm_polynomial.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

using internal::NormPolynomial;

// The largest real n with B < 1/epsilon when all axes of x have n cells, from above: log B is a convex, increasing
// function of log n (it is a sum of exponentials), so Newton's method from the right descends to the root.
double LargestRealCells(const Bump& bump, int axes, const NormPolynomial& condition, double epsilon) {
  const double target = -std::log(epsilon);
  double log_n = target - std::log(bump.seminorms[1]);  // the term s_1 n of B alone is below 1/epsilon
  for (std::size_t j = 2; j < bump.seminorms.size(); ++j) {
    log_n = std::min(log_n, (target - std::log(bump.seminorms[j])) / static_cast<double>(j));
  }
  for (int step = 0; step < 40; ++step) {
    const double n = std::exp(log_n);
    const NormPolynomial x = internal::ProductOverAxes(bump, {.axes = axes, .cells = n});
    double norm = 0;
    double slope = 0;
    for (std::size_t j = 0; j < x.size(); ++j) {
      double rest = 0;
      for (std::size_t i = 0; i + j < x.size(); ++i) rest += condition[i];
      norm += x[j] * rest;
      slope += (static_cast<double>(j) / kMaxSmoothness) * x[j] * rest;  // at most the norm: cannot overflow alone
    }
    if (!std::isfinite(norm)) {
      log_n -= 1;
      continue;
    }
    const double excess = std::log(norm) - target;
    const double change = excess / (kMaxSmoothness * (slope / norm));
    log_n -= change;
    if (std::abs(change) < 1e-12 * (1 + std::abs(log_n)) || log_n < -1) break;
  }
  return std::exp(log_n);
}

}  // namespace

GridSearch::GridSearch(const GridProblem& problem) : problem_(problem) {
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    families_.push_back({Layout::kNodes, bump});
    if (problem.smoothness == 1) families_.push_back({Layout::kCheckerboard, bump});
  }
  for (std::size_t family = 0; family < families_.size(); ++family) AddCandidates(family);
}

void GridSearch::AddCandidates(std::size_t family) {
  constexpr double kGrowth = 1.2;  // the objectives vary slowly: Maximise refines between neighbours
  for (double steps = 0;; steps = std::max(steps + 1, std::floor(steps * kGrowth))) {
    Candidate candidate{family, steps, {}};
    if (!Finest(families_[family], steps, candidate.grid)) return;
    candidates_.push_back(candidate);
    if (problem_.condition_dim == 0) return;
  }
}

bool GridSearch::Finest(const Family& family, double condition_steps, Grid& grid) const {
  grid = {.layout = family.layout,
          .bump = family.bump,
          .x = {.axes = problem_.primary_dim},
          .condition = SpreadEvenly(problem_.condition_dim, condition_steps)};
  if (!grid.IsFinerThan(problem_.epsilon)) return false;
  const NormPolynomial condition = internal::ProductOverAxes(family.bump, grid.condition);
  const double real_cells = LargestRealCells(family.bump, problem_.primary_dim, condition, problem_.epsilon);
  const auto fits = [&](double steps) {
    grid.x = SpreadEvenly(problem_.primary_dim, steps);
    return grid.IsFinerThan(problem_.epsilon);
  };
  double cells = std::floor(real_cells);
  // The root is exact but for rounding; step back in growing strides until that is made up for.
  for (double stride = 1; cells > 0 && !fits(cells * problem_.primary_dim); stride *= 2) {
    cells = std::floor(cells - std::max(stride, cells * stride * 1e-14));
  }
  if (fits((cells + 1) * problem_.primary_dim)) cells += 1;
  double low = std::max(cells, 0.0) * problem_.primary_dim;
  double high = low + problem_.primary_dim;  // too fine, or finer only by what rounding hides
  while (high - low > 1) {
    const double middle = std::floor(0.5 * (low + high));
    if (middle <= low || middle >= high) break;
    (fits(middle) ? low : high) = middle;
  }
  return fits(low);
}

GridSearch::Best GridSearch::Maximise(const std::function<double(const Grid&)>& objective) const {
  std::size_t best = 0;
  double best_value = -1;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    if (const double value = objective(candidates_[i].grid); value > best_value) {
      best_value = value;
      best = i;
    }
  }
  Best result{candidates_[best].grid, best_value};
  if (problem_.condition_dim == 0) return result;
  // Between its neighbours the objective is close to unimodal; ternary search, keeping the best grid met.
  const std::size_t family = candidates_[best].family;
  const auto neighbour = [&](std::size_t i) {
    return i < candidates_.size() && candidates_[i].family == family ? candidates_[i].condition_steps
                                                                     : candidates_[best].condition_steps;
  };
  double low = best > 0 ? neighbour(best - 1) : 0;
  double high = neighbour(best + 1);
  const auto value_at = [&](double steps) {
    Grid grid;
    if (!Finest(families_[family], steps, grid)) return -1.0;
    const double value = objective(grid);
    if (value > result.objective) result = {grid, value};
    return value;
  };
  while (high - low > 3) {
    const double a = std::floor(low + (high - low) / 3);
    const double b = std::ceil(high - (high - low) / 3);
    if (a <= low || b >= high || a >= b) break;
    const bool rising = value_at(a) < value_at(b);
    (rising ? low : high) = rising ? a : b;
  }
  for (double steps = low; steps <= high && steps < 0x1p53; ++steps) value_at(steps);
  return result;
}

}  // namespace hyperwidth
