// SPDX-License-Identifier: Apache-2.0
//
// The last word before a floor is called certified: as rigorous.h, with 50 digits and a margin of 1e-40, for
// architectures of which every layer is known.

#ifndef HYPERWIDTH_THEORY_RIGOROUS_FLOOR_H_
#define HYPERWIDTH_THEORY_RIGOROUS_FLOOR_H_

#include <vector>

#include "theory/grid.h"
#include "theory/known_layers.h"

namespace hyperwidth {

// Whether (*) of sign_patterns.h fails at `grid`, so that some target of its 2^M is missed by the height of the bumps.
// Layers that have as many variables as polynomials, or more, count with one bit for each polynomial.
bool ProvesMissedPattern(const std::vector<KnownLayer>& layers, const Grid& grid);

// Throws: std::logic_error, naming the grid, unless that is so and its bumps are higher than `height`.
void RequireProved(const std::vector<KnownLayer>& layers, const Grid& grid, double height);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RIGOROUS_FLOOR_H_
