// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_NEAREST_NEIGHBOURS_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_NEAREST_NEIGHBOURS_H_

#include <vector>

#include "models/types.h"

namespace hyperwidth {

struct Neighbour {
  Index point = 0;
  double distance = 0;  // Euclidean
};

// For each column of points [coordinates, n], its `count` nearest other columns by rising distance, the lower number
// first at equal ones. Distances are sums of squared differences, which keep their digits where points are close.
// Requires 0 <= count < n. Cost: O(coordinates n^2).
std::vector<std::vector<Neighbour>> NearestNeighbours(const ConstMatrixRef<double>& points, Index count);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_NEAREST_NEIGHBOURS_H_
