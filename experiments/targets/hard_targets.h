// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TARGETS_HARD_TARGETS_H_
#define HYPERWIDTH_EXPERIMENTS_TARGETS_HARD_TARGETS_H_

#include <cstdint>
#include <vector>

#include "experiments/targets/bump_target.h"
#include "experiments/targets/structured_bumps.h"
#include "models/types.h"

namespace hyperwidth {

// What the targets are to be hard for: a network that interpolates on a grid of cells, primary_cells on each axis of x
// and condition_cells on each of I. condition_dim may be 0.
struct InterpolationGrid {
  int smoothness = 1;
  int primary_dim = 1;
  int primary_cells = 1;
  int condition_dim = 0;
  int condition_cells = 1;
};

struct HardTarget {
  BumpTarget target;
  bool all_axes = false;  // bumps along every axis, as in the lower bounds; false: along one, or drawn at random
};

// Bump sums that an interpolating network misses by nearly as much as it can miss any: in step with its cells, where it
// sees none of them (the worst for r = 1), and four cells wide, where parabolas fill whole cells (nearly the worst for
// r = 2). Each along one axis of x, along one of I, where a single derivative has the whole norm of the target, and
// along all axes. Then `random` more, with 1 to 2 n bumps along each axis.
std::vector<HardTarget> HardTargets(const InterpolationGrid& grid, int random, std::uint64_t seed);

// The same for structured targets of rank `rank`: one factor hard along one axis or along all, the other a constant or
// a single bump along each axis; then `random` more. Where one factor is a constant the sum has rank 1: the class of
// rank w holds those of lower rank too, and its worst targets may be among them.
std::vector<StructuredBumps> HardStructuredTargets(const InterpolationGrid& grid,
                                                   int rank,
                                                   int random,
                                                   std::uint64_t seed);

// The centres of the target's bumps, [dim, bumps]: all, or `most` drawn from the seed.
Matrix<double> BumpCentres(const BumpTarget& target, Index most, std::uint64_t seed);

// Pairs (x, I) of centres of the first term's bumps, the first ones and others drawn from the seed: [m1 + m2, count].
Matrix<double> BumpCentres(const StructuredBumps& target, Index count, std::uint64_t seed);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TARGETS_HARD_TARGETS_H_
