// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_UNIT_CELL_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_UNIT_CELL_H_

#include <cstdint>

#include "models/types.h"

namespace hyperwidth {

// Points of the unit cube at which interpolation on Kuhn's triangulation errs most, or nearly, [dim, points]: those
// with coordinates 0, 1/2 and 1 that are not corners (the middles of all edges of all simplices, and of all faces of
// the cube and the cube itself), the centroids of the dim! simplices, and `random` points drawn from the seed. Throws
// std::invalid_argument unless 1 <= dim <= 6 and random >= 0.
Matrix<double> AdversarialUnitPoints(int dim, Index random, std::uint64_t seed);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_UNIT_CELL_H_
