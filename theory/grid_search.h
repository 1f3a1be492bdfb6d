// SPDX-License-Identifier: Apache-2.0
//
// Searching the grids whose bumps are higher than epsilon for the one that gives the best bound. The search only has to
// be good: whatever grid it returns is checked again, with directed rounding, before a number is called certified.

#ifndef HYPERWIDTH_THEORY_GRID_SEARCH_H_
#define HYPERWIDTH_THEORY_GRID_SEARCH_H_

#include <functional>
#include <vector>

#include "theory/grid.h"

namespace hyperwidth {

// What the search looks at: the ball W(smoothness, primary_dim + condition_dim), where condition_dim may be 0, and the
// accuracy.
struct GridProblem {
  int smoothness = 1;
  int primary_dim = 1;
  int condition_dim = 0;
  double epsilon = 0.1;
  BallNorm norm = BallNorm::kSum;
};

// The grids with 1/B > epsilon that cannot be refined in x, for a range of resolutions in I, and all layouts and bumps.
class GridSearch {
 public:
  // Domain: as for Problem; condition_dim >= 0.
  explicit GridSearch(const GridProblem& problem);

  // A grid at which `objective` is as large as the search can make it, and that largest value. All grids share their
  // steps evenly among the axes of x and among those of I (SpreadEvenly).
  struct Best {
    Grid grid;
    double objective = 0;
  };
  Best Maximise(const std::function<double(const Grid&)>& objective) const;

 private:
  struct Family {
    Layout layout;
    Bump bump;
  };
  struct Candidate {
    std::size_t family;
    double condition_steps;
    Grid grid;
  };

  void AddCandidates(std::size_t family);
  void Refine(std::size_t family,
              double low,
              double high,
              const std::function<double(const Grid&)>& objective,
              Best& result) const;
  // The finest admissible grid with these steps in I; false if there is none.
  bool Finest(const Family& family, double condition_steps, Grid& grid) const;

  GridProblem problem_;
  std::vector<Family> families_;
  std::vector<Candidate> candidates_;  // by family, then by increasing condition_steps
};

// The grid with the most bumps higher than epsilon, among those whose steps are shared evenly by all axes of x and I.
// (Sharing evenly is best: it makes the product of the axes' points largest and, by symmetry and convexity, B
// smallest.)
Grid MostPoints(const GridProblem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_GRID_SEARCH_H_
