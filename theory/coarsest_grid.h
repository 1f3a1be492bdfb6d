// SPDX-License-Identifier: Apache-2.0
//
// The converse of grid_search.h: not the best grid for a given height of the bumps, but the greatest height at which
// the grid is still fine enough for something, such as having more bumps than a network has sign patterns.

#ifndef HYPERWIDTH_THEORY_COARSEST_GRID_H_
#define HYPERWIDTH_THEORY_COARSEST_GRID_H_

#include <functional>
#include <optional>

#include "theory/grid.h"
#include "theory/problem.h"

namespace hyperwidth {

// The ball W(smoothness, primary_dim + condition_dim). With condition_dim = 0 the grids are grids in x alone.
struct CoarsestGridProblem {
  int smoothness = 1;     // 1 to kMaxSmoothness
  int primary_dim = 1;    // 1 to kMaxDimension
  int condition_dim = 0;  // 0 to kMaxDimension
  BallNorm norm = BallNorm::kSum;
};

// The problem's ball, of targets of x and I; or, with condition_dim = 0, of x alone.
CoarsestGridProblem BallOf(const Problem& problem, int condition_dim);
inline CoarsestGridProblem BallOf(const Problem& problem) { return BallOf(problem, problem.condition_dim); }

struct CoarsestGrid {
  Grid grid;
  double norm = 1;  // grid.Norm(), the B of grid.h: the bumps have the height 1 / B. Finite.
};

// The grid with the smallest B on which `is_enough` holds, among all bumps and both layouts, the steps shared out
// evenly among the axes of x and among those of I (SpreadEvenly). Nothing if it holds on no grid with at most 2^1000
// steps whose B fits a double.
//
// `is_enough` has to be monotone: where it holds, it holds on every grid with the same bump and layout and at least as
// many steps in x and in I, though its points are more than a double holds. It always holds on the grid returned, even
// if it is not monotone. That grid is the coarsest if it is, except where so many resolutions in I come close to it
// that the search stops: the B returned is then within about 10^-4 of the smallest. Deterministic.
// Throws: std::domain_error outside the ranges above, and whatever `is_enough` throws.
// Cost: some thousands of calls of `is_enough`, well below a millisecond for a simple one.
std::optional<CoarsestGrid> FindCoarsestGrid(const CoarsestGridProblem& problem,
                                             const std::function<bool(const Grid&)>& is_enough);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_COARSEST_GRID_H_
