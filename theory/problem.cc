// SPDX-License-Identifier: Apache-2.0

#include "theory/problem.h"

#include "theory/domain_check.h"

namespace hyperwidth {

void Validate(const Problem& problem) {
  RequireInteger("smoothness", problem.smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", problem.primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", problem.condition_dim, 1, kMaxDimension);
  RequireBetween("epsilon", problem.epsilon, kMinEpsilon, kMaxEpsilon);
  RequireInteger("depth", problem.depth, 2, kMaxDepth);
  RequireInteger("generator_depth", problem.generator_depth, 2, kMaxDepth);
  RequireInteger("embedding_dim", problem.EmbeddingDim(), 1, kMaxCount);
  RequireInteger("rank", problem.rank, 1, kMaxCount);
  RequirePositive("weight_bound", problem.weight_bound, kMaxWeightBound);
  RequireInteger("width", problem.width, 1, kMaxCount);
  RequireBetween("depth_growth", problem.depth_growth, 0.0, 1.0);
}

}  // namespace hyperwidth
