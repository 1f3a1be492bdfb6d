// SPDX-License-Identifier: Apache-2.0

#include "theory/coarsest_grid.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <queue>
#include <vector>

#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Branch and bound over the steps in I. The fewest steps in x that are enough, t(s), do not increase with the steps s
// in I, and B increases with both: between s_1 and s_2 no B is below that of s_1 + 1 steps in I and t(s_2) in x.
class Search {
 public:
  Search(const CoarsestGridProblem& problem, const std::function<bool(const Grid&)>& is_enough)
      : problem_(problem), is_enough_(is_enough) {
    for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
      families_.push_back({.layout = Layout::kNodes, .bump = bump});
      if (problem.smoothness == 1) families_.push_back({.layout = Layout::kCheckerboard, .bump = bump});
    }
    for (std::size_t family = 0; family < families_.size(); ++family) too_many_steps_.push_back(TooManySteps(family));
  }

  std::optional<CoarsestGrid> Find() {
    for (std::size_t family = 0; family < families_.size(); ++family) Scan(family);
    for (int split = 0; split < kMaxSplits && !open_.empty() && open_.top().bound < best_.norm; ++split) {
      const Interval interval = open_.top();
      open_.pop();
      const double steps = Middle(interval.low.condition_steps, interval.high.condition_steps);
      if (steps <= interval.low.condition_steps || steps >= interval.high.condition_steps) continue;  // beyond 2^53
      const Sample middle = Evaluate(interval.family, steps, interval.high.x_steps, interval.low.x_steps);
      Open(interval.family, interval.low, middle);
      Open(interval.family, middle, interval.high);
    }
    if (best_.norm == kInfinity) return std::nullopt;
    return best_;
  }

 private:
  static constexpr int kMaxExponent = 1000;  // so far the points of one axis are within a double, and those of a grid
                                             // have a logarithm

  static constexpr int kMaxSplits = 250;  // as many as are worth it

  struct Sample {
    double condition_steps = 0;
    double x_steps = 0;  // t(condition_steps), or a lower bound; infinite if no number is enough
  };
  struct Interval {
    double bound = 0;  // of B strictly between the two
    std::size_t family = 0;
    Sample low, high;
    bool operator<(const Interval& other) const { return bound > other.bound; }  // the lowest bound on top
  };

  Grid GridAt(std::size_t family, double condition_steps, double x_steps) const {
    Grid grid{.layout = families_[family].layout};
    grid.x = SpreadEvenly(problem_.primary_dim, x_steps);
    grid.condition = SpreadEvenly(problem_.condition_dim, condition_steps);
    grid.bump = families_[family].bump;
    grid.norm = problem_.norm;
    return grid;
  }

  double NormAt(std::size_t family, double condition_steps, double x_steps) const {
    return GridAt(family, condition_steps, x_steps).Norm();
  }

  // Steps in x from which on no B fits a double, whatever the steps in I: with n half-widths on every axis of x, B is
  // above s_r n^r. Or 2^kMaxExponent.
  double TooManySteps(std::size_t family) const {
    const double log2_norm = std::numeric_limits<double>::max_exponent;
    const double log2_cells = (log2_norm - std::log2(families_[family].bump.seminorms.back())) / problem_.smoothness;
    return std::min(problem_.primary_dim * std::ceil(std::exp2(log2_cells)), std::exp2(kMaxExponent));
  }

  // Resolutions in I far apart, until B cannot fall below the best so far.
  void Scan(std::size_t family) {
    constexpr double kGrowth = 8;
    Sample low = Evaluate(family, 0, 0, kInfinity);
    if (problem_.condition_dim == 0) return;
    for (double steps = 1;; steps *= kGrowth) {
      if (steps > std::exp2(kMaxExponent) || NormAt(family, steps, 0) >= best_.norm) {
        Open(family, low, {.condition_steps = steps, .x_steps = 0});
        return;
      }
      const Sample high = Evaluate(family, steps, 0, low.x_steps);
      Open(family, low, high);
      low = high;
    }
  }

  static double Middle(double low, double high) {
    if (high > 4 * low) return std::floor(std::sqrt(low) * std::sqrt(high));
    return std::floor(low + (high - low) / 2);
  }

  // Where nothing lies between the two, or fewer steps in x are not gained, the bound is not below the best.
  void Open(std::size_t family, const Sample& low, const Sample& high) {
    const double bound = NormAt(family, low.condition_steps + 1, high.x_steps);
    open_.push({.bound = bound, .family = family, .low = low, .high = high});
  }

  Sample Evaluate(std::size_t family, double condition_steps, double at_least, double at_most) {
    const double x_steps = FewestSteps(family, condition_steps, at_least, at_most);
    const double norm = NormAt(family, condition_steps, x_steps);
    if (norm < best_.norm) best_ = {.grid = GridAt(family, condition_steps, x_steps), .norm = norm};
    return {.condition_steps = condition_steps, .x_steps = x_steps};
  }

  // t(condition_steps), expected between the two; infinite if it is too many.
  double FewestSteps(std::size_t family, double condition_steps, double at_least, double at_most) const {
    Grid grid = GridAt(family, condition_steps, at_least);
    const auto is_enough = [&](double steps) {
      grid.x = SpreadEvenly(problem_.primary_dim, steps);
      return is_enough_(grid);
    };
    if (is_enough(at_least)) return at_least;
    double low = at_least;
    double high = at_most;
    if (high == kInfinity && !is_enough(too_many_steps_[family])) return kInfinity;
    if (high == kInfinity || !is_enough(high)) {
      for (high = 1; !is_enough(high); high *= 8) {
        if (high >= too_many_steps_[family]) return kInfinity;
      }
    }
    while (true) {
      const double middle = std::floor(low + (high - low) / 2);
      if (middle <= low || middle >= high) return high;
      (is_enough(middle) ? high : low) = middle;
    }
  }

  CoarsestGridProblem problem_;
  const std::function<bool(const Grid&)>& is_enough_;
  std::vector<Grid> families_;
  std::vector<double> too_many_steps_;
  std::priority_queue<Interval> open_;
  CoarsestGrid best_ = {.grid = {}, .norm = kInfinity};
};

}  // namespace

CoarsestGridProblem BallOf(const Problem& problem, int condition_dim) {
  return {.smoothness = problem.smoothness,
          .primary_dim = problem.primary_dim,
          .condition_dim = condition_dim,
          .norm = problem.norm};
}

std::optional<CoarsestGrid> FindCoarsestGrid(const CoarsestGridProblem& problem,
                                             const std::function<bool(const Grid&)>& is_enough) {
  RequireInteger("smoothness", problem.smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", problem.primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", problem.condition_dim, 0, kMaxDimension);
  return Search(problem, is_enough).Find();
}

}  // namespace hyperwidth
