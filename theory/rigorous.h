// SPDX-License-Identifier: Apache-2.0
//
// The last word before a number is called certified: the inequalities of grid.h and sign_patterns.h evaluated with 50
// digits and decided with a margin of 1e-40, far above what fewer than 10^6 correctly rounded operations on positive
// numbers, and logarithms accurate to a few units in the last digit, can be wrong by. Not decided here: the
// counts for random signs (random_signs.h), which keep a margin of their own.

#ifndef HYPERWIDTH_THEORY_RIGOROUS_H_
#define HYPERWIDTH_THEORY_RIGOROUS_H_

#include <cstdint>
#include <string>

#include "theory/count.h"
#include "theory/grid.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

// How many sign patterns a network has to realise at M points. All 2^M; or, if it may be wrong at a share of the
// points, 2^(M (1 - H2(share)) - bits), H2 the binary entropy: fewer, and all but a fraction 2^-bits of the 2^M targets
// differ from each of them at more than this share of the points.
struct NeededPatterns {
  double wrong_share = 0;  // 0 <= share <= 1/2
  int bits = 0;
};

// Whether the bumps of `grid` are higher than epsilon, for every real epsilon that rounds to the given double.
bool ProvesHeight(const Grid& grid, double epsilon);

// The number of bumps of `grid`, times `outputs`; beyond kMaxExactCount its log10, rounded down.
Count NumPoints(const Grid& grid, std::int64_t outputs = 1);

// The smallest N that satisfies the inequality (*) of sign_patterns.h at `grid`: every network of the class with fewer
// parameters misses one of the targets by the height of the bumps. At least 1. Beyond kMaxExactCount a lower bound of
// log10 N, at most 10^-10 + 10^-14 log2 M below it. With more than 300 layers the factorials in it are rounded up, and
// what is returned may be less than the smallest N by one part in 10^13.
Count SmallestParameterCount(const NetworkClass& network_class, const Grid& grid, const NeededPatterns& needed = {});

// Whether (*) fails at `grid` for this many parameters: the networks of the class with at most `parameters` parameters
// all miss one of the targets by the height of the bumps. For counts without an exact value, 10^log10 is taken.
bool ProvesMoreThan(const NetworkClass& network_class, const Grid& grid, const Count& parameters);

// The exponent of NeededPatterns over M, rounded down; at most 1.
double NeededShareBelow(const NeededPatterns& needed, const PointCounts& points);

// The whole number of patterns' exponents that are needed at `grid`, rounded up.
Count NeededBits(const Grid& grid, const NeededPatterns& needed);

// The right-hand side of (*) at `grid` and this whole number of parameters, divided by the left-hand side, M for each
// output: a decimal
// fraction with 36 decimals, rounded up. Throws: std::domain_error where Warren's lemma says nothing.
std::string PatternsPerPointAbove(const NetworkClass& network_class, const Grid& grid, const std::string& parameters);

// The points of `grid` as the search sees them.
PointCounts PointsOf(const Grid& grid);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RIGOROUS_H_
