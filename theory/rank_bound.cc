// SPDX-License-Identifier: Apache-2.0
#include "theory/rank_bound.h"

#include <algorithm>
#include <cmath>

#include "theory/bump.h"
#include "theory/onset.h"

namespace hyperwidth {
namespace {

constexpr double kMaxLog2Points = 52;
// With so few points the nearest order of a Hadamard matrix is found in microseconds and may decide between two grids;
// with more it takes longer and hardly matters.
constexpr double kFewPoints = 1 << 16;
constexpr double kMargin = 1e-13;  // relative: far above the roundings of B, its square and a product

// Points of a group of nodes, whole as long as a double holds it: a product of (n + 1).
double NodesOf(const AxisGroup& group) {
  return std::pow(group.cells + 1, group.axes - group.finer_axes) * std::pow(group.cells + 2, group.finer_axes);
}

class Search {
 public:
  explicit Search(const Problem& problem) : problem_(problem) {}

  RankBound Run() {
    const auto outputs = static_cast<double>(problem_.outputs);
    const bool leads = problem_.norm == BallNorm::kMax && problem_.condition_dim < problem_.primary_dim;
    SearchFrom(leads, outputs);
    if (problem_.outputs > 1) {
      // A point of x is K rows, of I one column: neither is always the finer step.
      SearchFrom(!leads, outputs);
      // The rows of one output are rows of all: so that no more is lost than that.
      SearchFrom(leads, 1);
    }
    outputs_ = outputs;
    if (best_.functions == 1) best_.onset = Onset();
    return best_;
  }

 private:
  // Rows of the matrix: points of x, for each output.
  double RowsOf(const AxisGroup& x) const { return outputs_ * NodesOf(x); }

  void SearchFrom(bool leads_with_condition, double outputs) {
    leads_with_condition_ = leads_with_condition;
    outputs_ = outputs;
    largest_estimate_ = 0;
    for (const Bump& bump : AdmissibleBumps(problem_.smoothness)) SearchWith(bump);
    if (largest_estimate_ > 0) Keep(largest_, RowsOf(largest_.x), NodesOf(largest_.condition), ShareOf(largest_));
  }

  double PointsOf(const AxisGroup& group, bool of_condition) const {
    return of_condition ? NodesOf(group) : RowsOf(group);
  }

  // As many points in one of x and I as there are nodes with so many steps, and about as many in the other; the bound,
  // kept if it is best. In the max norm B is that of the finest axis, and those are of the smaller of the two
  // dimensions: for as many points they have more steps. That one leads.
  double Try(const Bump& bump, double steps) {
    Grid grid{.layout = Layout::kNodes, .bump = bump, .norm = problem_.norm};
    const auto axes = [&](bool of_condition) { return of_condition ? problem_.condition_dim : problem_.primary_dim; };
    const bool leads = leads_with_condition_;
    AxisGroup& first = leads ? grid.condition : grid.x;
    AxisGroup& second = leads ? grid.x : grid.condition;
    first = SpreadEvenly(axes(leads), steps);
    const double points = PointsOf(first, leads);
    if (!(std::log2(points) <= kMaxLog2Points)) return 0;
    // Several outputs make rows in steps of K, too coarse to meet an order by chance: those above 2 are multiples of 4.
    const double needed = problem_.outputs > 1 && points > 2 ? 4 * std::ceil(points / 4) : points;
    second = FewestSteps(axes(!leads), [&](const AxisGroup& group) { return PointsOf(group, !leads) >= needed; });
    if (!(std::log2(PointsOf(second, !leads)) <= kMaxLog2Points)) return 0;
    const double share = ShareOf(grid);
    const double estimate = points * share;
    if (estimate <= static_cast<double>(best_.functions)) return estimate;
    if (points < kFewPoints) {
      Keep(grid, RowsOf(grid.x), NodesOf(grid.condition), share);
    } else if (estimate > largest_estimate_) {
      largest_estimate_ = estimate;
      largest_ = grid;
    }
    return estimate;
  }

  // 1 - (epsilon B)^2 in the unit ball, rounded down; not positive if the bumps are not higher than epsilon.
  double ShareOf(const Grid& grid) const {
    const double height = problem_.UnitEpsilonAbove() * grid.Norm() * (1 + grid.NormRounding()) * (1 + kMargin);
    return std::isfinite(height) ? 1 - height * height : -1;
  }

  // `x`: rows of the matrix, for several outputs more than points.
  void Keep(const Grid& grid, double x, double condition, double share) {
    const HadamardRows most = MostHadamardRows(static_cast<std::int64_t>(x), static_cast<std::int64_t>(condition));
    const auto functions = static_cast<std::int64_t>(std::ceil(static_cast<double>(most.rows) * share * (1 - kMargin)));
    if (functions <= best_.functions) return;
    best_ = {.functions = functions,
             .rows = most.rows,
             .order = most.order,
             .order_is_of_condition = most.order_is_of_condition,
             .grid = grid};
  }

  // The axes that may have two points each without more points than the other one of x and I has with two on each of
  // its axes: so many that 2^52 points are not exceeded, in either of x and I.
  int AxesWithTwoPoints(bool of_condition) const {
    const auto doublings = static_cast<int>(std::ceil(std::log2(outputs_)));
    const int of_x = std::min(problem_.primary_dim, static_cast<int>(kMaxLog2Points) - doublings);
    const int of_i = std::min(problem_.condition_dim, static_cast<int>(kMaxLog2Points));
    return std::max(1, of_condition ? std::min(of_i, of_x + doublings) : std::min(of_x, of_i - doublings));
  }

  // The estimate rises with the steps while B is small and falls once (epsilon B)^2 takes over: a ladder of factors
  // finds the hill, smaller and smaller steps its top. Rounding of points to whole nodes makes it a little ragged.
  // In the max norm all axes may be as fine as the finest; as many as 52 of them have two points each already.
  void SearchWith(const Bump& bump) {
    const double unit = problem_.norm == BallNorm::kMax ? AxesWithTwoPoints(leads_with_condition_) : 1;
    double top = 1, highest = 0;
    const auto look = [&](double units) {
      const double estimate = Try(bump, units * unit);
      if (estimate > highest) {
        highest = estimate;
        top = units;
      }
      return estimate;
    };
    for (double units = 1; units < 0x1p52; units = std::ceil(units * 1.1)) {
      if (look(units) <= 0) break;
    }
    for (double reach = std::ceil(top * 0.1); reach >= 1; reach = std::floor(reach / 4)) {
      const double centre = top;
      for (int i = -4; i <= 4; ++i) {
        const double units = centre + i * std::max(1.0, std::floor(reach / 4));
        if (units >= 1 && i != 0) look(units);
      }
    }
  }

  // Two functions are needed if rows (1 - (epsilon B)^2) > 1. In the sum norm two rows are the first to say so: more of
  // them gain less than a factor of sqrt(2) in the root, and lose more in B. In the max norm they are as many as two
  // points on each axis make, which cost nothing. Several outputs are rows that need no second point of x.
  std::optional<double> Onset() const {
    const bool takes_maximum = problem_.norm == BallNorm::kMax;
    const int axes_of_x = takes_maximum ? AxesWithTwoPoints(false) : problem_.outputs > 1 ? 0 : 1;
    const int axes_of_condition = takes_maximum ? AxesWithTwoPoints(true) : 1;
    const double rows = std::min(outputs_ * std::exp2(axes_of_x), std::exp2(axes_of_condition));
    double largest = 0;
    for (const Bump& bump : AdmissibleBumps(problem_.smoothness)) {
      const Grid grid{.layout = Layout::kNodes,
                      .bump = bump,
                      .x = SpreadEvenly(problem_.primary_dim, axes_of_x),
                      .condition = SpreadEvenly(problem_.condition_dim, axes_of_condition),
                      .norm = problem_.norm};
      largest = std::max(largest, std::sqrt(1 - 1 / rows) / grid.Norm());
    }
    const double onset = BelowWithThreeDigits(std::max(largest * (1 - 1e-9), kMinEpsilon) * problem_.radius);
    if (onset <= kMinEpsilon * problem_.radius) return {};
    return onset;
  }

  const Problem& problem_;
  double outputs_ = 1;
  bool leads_with_condition_ = false;
  double largest_estimate_ = 0;  // of the grids of many points
  Grid largest_ = {};
  RankBound best_;
};

}  // namespace

RankBound LeastFunctions(const Problem& problem) {
  Validate(problem);
  return Search(problem).Run();
}

}  // namespace hyperwidth
