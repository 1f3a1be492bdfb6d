// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>

#include "theory/bump.h"
#include "theory/mean_square/bump_mean_square.h"
#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {
namespace {

constexpr double kMaxPoints = 0x1p52;
constexpr double kMargin = 1e-11;  // relative: far above the roundings of B, Q and their quotient

double CellsOf(const AxisGroup& group) {
  return std::pow(std::max(group.cells, 1.0), group.axes - group.finer_axes) *
         std::pow(group.cells + 1, group.finer_axes);
}

class Search {
 public:
  explicit Search(const Problem& problem) : problem_(problem) {}

  RankBound Run() {
    for (const Bump& bump : AdmissibleBumps(problem_.smoothness)) {
      for (int x_axes = 1; x_axes <= MostAxes(problem_.primary_dim); ++x_axes) {
        for (int condition_axes = 1; condition_axes <= MostAxes(problem_.condition_dim); ++condition_axes) {
          SearchWith(bump, x_axes, condition_axes);
        }
      }
    }
    return best_;
  }

 private:
  // Every axis with bumps costs a factor of about 1/3 in the mean square, and gains little beyond the first few.
  static int MostAxes(int dim) { return std::min(dim, 4); }

  // The estimate rises with the steps while B is small, and falls once (epsilon B)^2 / Q takes over.
  void SearchWith(const Bump& bump, int x_axes, int condition_axes) {
    for (double steps = 2 * x_axes; steps < kMaxPoints; steps = std::max(steps + 1, std::floor(steps * 1.04))) {
      Grid grid{.layout = Layout::kCells, .bump = bump, .x = SpreadEvenly(x_axes, steps), .norm = problem_.norm};
      const double points = CellsOf(grid.x);
      if (points > kMaxPoints) return;
      grid.condition = FewestSteps(condition_axes, [&](const AxisGroup& group) { return CellsOf(group) >= points; });
      if (CellsOf(grid.condition) > kMaxPoints) return;
      const double share = ShareOf(grid);
      if (!(share > 0)) return;
      if (points * share > static_cast<double>(best_.functions)) Keep(grid, share);
    }
  }

  // 1 - (epsilon B)^2 / Q, rounded down.
  double ShareOf(const Grid& grid) const {
    const double height = problem_.UnitEpsilonAbove() * grid.Norm();
    return 1 - height * height / MeanSquareOf(grid) * (1 + kMargin);
  }

  void Keep(const Grid& grid, double share) {
    const HadamardRows most = MostHadamardRows(static_cast<std::int64_t>(CellsOf(grid.x)),
                                               static_cast<std::int64_t>(CellsOf(grid.condition)));
    const auto functions = static_cast<std::int64_t>(std::ceil(static_cast<double>(most.rows) * share * (1 - kMargin)));
    if (functions <= best_.functions) return;
    best_ = {.functions = functions,
             .rows = most.rows,
             .order = most.order,
             .order_is_of_condition = most.order_is_of_condition,
             .grid = grid};
  }

  const Problem& problem_;
  RankBound best_;
};

}  // namespace

RankBound LeastFunctionsInMeanSquare(const Problem& problem) {
  Validate(problem);
  return Search(problem).Run();
}

}  // namespace hyperwidth
