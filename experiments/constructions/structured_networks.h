// SPDX-License-Identifier: Apache-2.0
//
// Networks built from a structured target of rank w, by methods that use its structure.

#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_STRUCTURED_NETWORKS_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_STRUCTURED_NETWORKS_H_

#include <memory>

#include "experiments/constructions/sup_error_scan.h"
#include "experiments/targets/structured_bumps.h"
#include "models/constructions/spline_embedding.h"
#include "models/constructions/spline_hypernetwork.h"

namespace hyperwidth {

// The target as a function of points (x, I), x the first m1 coordinates.
PointFunction TargetFunction(std::shared_ptr<const StructuredBumps> target);

// The factorised hypernetwork of theorem 5. `network` has the target's rank.
BuiltNetwork BuildFactorised(std::shared_ptr<const SplineHypernetwork> network, const StructuredBumps& target);

// The embedding method that multiplies the b_l(x) by the coordinates a_l(I) of the embedding. `network` has the
// target's rank.
BuiltNetwork BuildEmbedding(std::shared_ptr<const SplineEmbedding> network, const StructuredBumps& target);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_STRUCTURED_NETWORKS_H_
