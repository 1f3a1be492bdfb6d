// SPDX-License-Identifier: Apache-2.0

#include "theory/grid_search.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/norm_polynomial.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

using internal::NormPolynomial;

// In the max norm B is the largest of a power of n for each order, so n is where the first of them is 1/epsilon.
double LargestRealCellsOfMax(const Bump& bump, int axes, const NormPolynomial& condition, double epsilon) {
  const NormPolynomial x = internal::ProductOverAxes(BallNorm::kMax, bump, {.axes = axes, .cells = 1});
  double log_n = std::numeric_limits<double>::infinity();
  for (std::size_t j = 1; j < x.size(); ++j) {
    double rest = 0;
    for (std::size_t i = 0; i + j < x.size(); ++i) rest = std::max(rest, condition[i]);
    log_n = std::min(log_n, (-std::log(epsilon) - std::log(x[j]) - std::log(rest)) / static_cast<double>(j));
  }
  return std::exp(log_n);
}

// The largest real n with B < 1/epsilon when all axes of x have n cells, from above: log B is a convex, increasing
// function of log n (it is a sum of exponentials), so Newton's method from the right descends to the root.
double LargestRealCells(const Bump& bump, int axes, const NormPolynomial& condition, double epsilon) {
  if (condition.norm() == BallNorm::kMax) return LargestRealCellsOfMax(bump, axes, condition, epsilon);
  const double target = -std::log(epsilon);
  double log_n = target - std::log(bump.seminorms[1]);  // the term s_1 n of B alone is below 1/epsilon
  for (std::size_t j = 2; j < bump.seminorms.size(); ++j) {
    log_n = std::min(log_n, (target - std::log(bump.seminorms[j])) / static_cast<double>(j));
  }
  for (int step = 0; step < 40; ++step) {
    const double n = std::exp(log_n);
    const NormPolynomial x = internal::ProductOverAxes(BallNorm::kSum, bump, {.axes = axes, .cells = n});
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
  // All numbers of steps as long as there are few, between which the objectives jump. Then they vary slowly, and
  // Maximise refines between neighbours: steps grow by a factor, by a larger one where epsilon is so small that there
  // would be very many candidates.
  constexpr double kFewSteps = 24;
  constexpr double kGrowth = 1.4;
  constexpr double kMostCandidates = 64;
  const auto add = [&](double steps) {
    Candidate candidate{family, steps, {}};
    if (!Finest(families_[family], steps, candidate.grid)) return false;
    candidates_.push_back(candidate);
    return true;
  };
  if (problem_.condition_dim == 0) {
    add(0);
    return;
  }
  // The grid that is equally fine along all axes is always among them.
  const NormPolynomial one = internal::ProductOverAxes(problem_.norm, families_[family].bump, {.axes = 0});
  const int axes = problem_.primary_dim + problem_.condition_dim;
  const double isotropic =
      std::floor(LargestRealCells(families_[family].bump, axes, one, problem_.epsilon) * (1 + 1e-14)) *
      problem_.condition_dim;
  const double finest =
      LargestRealCells(families_[family].bump, problem_.condition_dim, one, problem_.epsilon) * problem_.condition_dim;
  const double growth = std::max(kGrowth, std::pow(std::max(finest, 1.0), 1 / kMostCandidates));
  double low = 0;
  double high = 0;
  for (double steps = 0; add(steps); steps = high) {
    low = steps;
    high = steps < kFewSteps ? steps + 1 : std::floor(steps * growth);
    if (low < isotropic && isotropic < high) add(isotropic);
  }
  while (high - low > 1) {  // the finest grid in I of all
    const double middle = std::floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) break;
    Grid grid;
    (Finest(families_[family], middle, grid) ? low : high) = middle;
  }
  if (!candidates_.empty() && candidates_.back().condition_steps < low) add(low);
}

bool GridSearch::Finest(const Family& family, double condition_steps, Grid& grid) const {
  grid = {.layout = family.layout,
          .bump = family.bump,
          .x = {.axes = problem_.primary_dim},
          .condition = SpreadEvenly(problem_.condition_dim, condition_steps),
          .norm = problem_.norm};
  if (!grid.IsFinerThan(problem_.epsilon)) return false;
  const NormPolynomial condition = internal::ProductOverAxes(problem_.norm, family.bump, grid.condition);
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
  constexpr double kWorthRefining = 1;   // how much the refinement may add: no grid is far from a candidate
  constexpr std::size_t kMostPeaks = 4;  // where the objective is flat, rounding makes peaks of no height
  std::vector<double> values;
  for (const Candidate& candidate : candidates_) values.push_back(objective(candidate.grid));
  const auto best = static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
  Best result{candidates_[best].grid, values[best]};
  if (problem_.condition_dim == 0) return result;
  const auto is_first = [&](std::size_t i) { return i == 0 || candidates_[i - 1].family != candidates_[i].family; };
  const auto is_last = [&](std::size_t i) {
    return i + 1 == candidates_.size() || candidates_[i + 1].family != candidates_[i].family;
  };
  std::vector<std::size_t> peaks;
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const bool is_peak = (is_first(i) || values[i] >= values[i - 1]) && (is_last(i) || values[i] > values[i + 1]);
    if (is_peak && values[i] >= values[best] - kWorthRefining) peaks.push_back(i);
  }
  std::stable_sort(peaks.begin(), peaks.end(), [&](std::size_t a, std::size_t b) { return values[a] > values[b]; });
  peaks.resize(std::min(peaks.size(), kMostPeaks * families_.size()));
  for (const std::size_t i : peaks) {
    Refine(candidates_[i].family,
           is_first(i) ? 0 : candidates_[i - 1].condition_steps,
           candidates_[is_last(i) ? i : i + 1].condition_steps,
           objective,
           result);
  }
  return result;
}

Grid MostPoints(const GridProblem& problem) {
  const GridSearch search({.smoothness = problem.smoothness,
                           .primary_dim = problem.primary_dim + problem.condition_dim,
                           .condition_dim = 0,
                           .epsilon = problem.epsilon,
                           .norm = problem.norm});
  Grid grid = search.Maximise([](const Grid& candidate) { return candidate.Log2Points(); }).grid;
  // B does not know which axes belong to x: the finer ones are given to x first.
  const AxisGroup all = grid.x;
  const auto part = [&](int axes, int finer) {
    return finer == axes && axes > 0 ? AxisGroup{.axes = axes, .cells = all.cells + 1}
                                     : AxisGroup{.axes = axes, .cells = all.cells, .finer_axes = finer};
  };
  const int finer_x = std::min(all.finer_axes, problem.primary_dim);
  grid.x = part(problem.primary_dim, finer_x);
  grid.condition = part(problem.condition_dim, all.finer_axes - finer_x);
  return grid;
}

// Between neighbours the objective is close to unimodal: ternary search, then all that is left.
void GridSearch::Refine(std::size_t family,
                        double low,
                        double high,
                        const std::function<double(const Grid&)>& objective,
                        Best& result) const {
  const auto value_at = [&](double steps) {
    Grid grid;
    if (!Finest(families_[family], steps, grid)) return -1.0;
    const double value = objective(grid);
    if (value > result.objective) result = {grid, value};
    return value;
  };
  while (high - low > 8) {
    const double a = std::floor(low + (high - low) / 3);
    const double b = std::ceil(high - (high - low) / 3);
    if (a <= low || b >= high || a >= b) break;
    const bool rising = value_at(a) < value_at(b);
    (rising ? low : high) = rising ? a : b;
  }
  for (double steps = low; steps <= high && steps < 0x1p53; ++steps) value_at(steps);
}

}  // namespace hyperwidth
