// SPDX-License-Identifier: Apache-2.0
//
// Lower bounds for the root mean square error, over the uniform distribution on the cube, instead of the largest error.
//
// Shift all points of a grid within their cells by the same u. At the shifted points the bump sum with the signs s has
// the values s rho phi(u). The networks of a class have at most 2^R sign patterns there; all but a fraction 2^-t of the
// 2^M targets differ from each of these patterns at more than delta M points, if
//
//     R <= M (1 - H2(delta)) - t,            H2(delta) = - delta log2 delta - (1 - delta) log2 (1 - delta),
//
// since at most 2^(H2(delta) M) patterns are within delta M of one, delta <= 1/2. Where a network has the wrong sign it
// errs by rho phi(u) or more. So for each u nearly every target is missed, in the mean of the squares over the M
// points, by delta rho^2 phi(u)^2; averaging over u and the targets, some target has for all networks of the class
//
//     mean square error >= delta (1 - 2^-t) rho^2 Q,      Q: the mean square of the sum of bumps of height 1.
//
// Which sup norm bounds at this accuracy are replaced by the height is what it costs: Q and delta are small.

#ifndef HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_SEARCH_H_
#define HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_SEARCH_H_

#include <functional>
#include <optional>
#include <vector>

#include "theory/grid.h"
#include "theory/problem.h"
#include "theory/rigorous.h"

namespace hyperwidth {

// t. Any number proves something; of these a millionth of the height is lost.
inline constexpr int kMeanSquareBits = 20;

// A grid and a share, with `needed.bits` = t or 0 for delta Q / B^2 alone, at which some target is missed by more than
// epsilon in the root mean square.
struct MeanSquareGrid {
  Grid grid;  // of axes that it is worth to have bumps on, at most the problem's
  NeededPatterns needed;
};

// Whether delta (1 - 2^-bits) Q / B^2 > epsilon^2, without the factor for bits = 0, for every real epsilon that rounds
// to the given double.
bool ProvesMeanSquare(const MeanSquareGrid& candidate, double epsilon);

// The grids with few or many axes, coarse or fine in I, and as fine in x as the error allows, for several shares.
class MeanSquareSearch {
 public:
  // Of grids in x and in I, or in x alone. `bits` is t, 0 for what needs all targets to differ from each other only.
  MeanSquareSearch(const Problem& problem, bool uses_condition, int bits = kMeanSquareBits);

  // The candidate at which `objective` is largest; nothing if no bumps are high enough. `objective` must not exceed
  // log2 of the patterns' exponent that is needed, and not exceed it for any other bound on what grids prove.
  std::optional<MeanSquareGrid> Best(const std::function<double(const MeanSquareGrid&)>& objective) const;

  // Those with the most needed patterns.
  std::optional<MeanSquareGrid> MostPatterns() const;

 private:
  struct Candidate {
    MeanSquareGrid found;
    double log2_needed = 0;  // log2 of M (1 - H2) - t
  };

  // The grid with these steps in I, as fine in x as it may be; nothing if not even the coarsest is high enough.
  std::optional<Candidate> At(Grid grid, double condition_steps, double share) const;
  double Growth(const Bump& bump) const;
  void AddFamily(Layout layout, const Bump& bump, double share);
  bool FinestIn(MeanSquareGrid& candidate, int axes) const;

  const Problem problem_;
  bool uses_condition_;
  int bits_;
  std::vector<Candidate> candidates_;  // by decreasing log2_needed
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_SEARCH_H_
