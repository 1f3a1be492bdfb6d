// SPDX-License-Identifier: Apache-2.0
//
// The certified bounds a second time, for tests: plain loops over all grids, one layer at a time, the inequality
// written down anew from the documentation. Slow, meant for problems with few grids. Shares with the calculators
// nothing but the problem and the seminorms of the bumps.

#ifndef HYPERWIDTH_THEORY_REFERENCE_NAIVE_BOUNDS_H_
#define HYPERWIDTH_THEORY_REFERENCE_NAIVE_BOUNDS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "theory/problem.h"

namespace hyperwidth::reference {

// A grid of bumps, as three numbers of points and the Sobolev norm B of one bump of height 1.
struct Points {
  long double all = 1;         // M
  long double conditions = 1;  // J
  long double primary = 1;     // X
  long double norm = 1;        // B
};

// One layer of the sign-pattern inequality.
struct Layer {
  bool hidden = true;                     // N units, else one
  std::string points = "all";             // or "conditions", "primary"
  long double scalars = 0;                // kappa: this many variables for each condition
  bool scalars_are_root_of_size = false;  // kappa = sqrt(N) instead
  long double degree = 1;
};

// For the names of the statements without their prefix ("standard", "primary", "embedding", "embedding_any_dimension",
// "hypernetwork_total") and of the schemes ("conditional-bias", "film", "deeponet", "low-rank").
std::vector<Layer> LayersOf(const std::string& name, int depth, int generator_depth, long double kappa);

// The number of bits of the patterns that N parameters realise, in all of so many outputs: the right-hand side of the
// inequality. Infinite where there are more variables than points for each output, so that nothing is counted.
long double PatternBits(const std::vector<Layer>& layers,
                        const Points& points,
                        long double parameters,
                        long double outputs = 1);

// The smallest N whose patterns suffice.
std::int64_t SmallestSize(const std::vector<Layer>& layers, const Points& points, long double outputs = 1);

// Every grid whose bumps, times the radius of the ball, are higher than epsilon and that cannot be refined in x: all
// bumps, both layouts, all numbers of half-widths in I. With ignore_condition only grids in x.
std::vector<Points> AllGrids(const Problem& problem, bool ignore_condition);

// The largest SmallestSize over these grids.
std::int64_t BestSize(const std::vector<Points>& grids, const std::vector<Layer>& layers, long double outputs = 1);

// The largest number of bumps.
std::int64_t MostBumps(const std::vector<Points>& grids);

// By linear pieces along one axis: of alternating bumps or the parabola, then the smallest number of parameters.
std::int64_t SizeForPieces(const Problem& problem);

// For networks with bounded weights.
std::int64_t BoundedWeights(const Problem& problem);

}  // namespace hyperwidth::reference

#endif  // HYPERWIDTH_THEORY_REFERENCE_NAIVE_BOUNDS_H_
