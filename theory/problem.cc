// SPDX-License-Identifier: Apache-2.0

#include "theory/problem.h"

#include <cmath>
#include <stdexcept>

#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

void RequireEpsilon(const Problem& problem) {
  RequireBetween("radius", problem.radius, kMinRadius, kMaxRadius);
  if (problem.radius == 1) return RequireBetween("epsilon", problem.epsilon, kMinEpsilon, kMaxEpsilon);
  const bool is_positive = problem.epsilon > 0 && std::isfinite(problem.epsilon);
  const double quotient = is_positive ? problem.UnitEpsilon() : problem.epsilon / problem.radius;
  if (is_positive && quotient >= kMinEpsilon && quotient <= kMaxEpsilon) return;
  throw std::domain_error("epsilon = " + ShortestDecimal(problem.epsilon) +
                          " with radius = " + ShortestDecimal(problem.radius) +
                          " is outside the admissible range: epsilon / radius, here " + ShortestDecimal(quotient) +
                          ", has to be a real number with " + ShortestDecimal(kMinEpsilon) +
                          " <= epsilon / radius <= " + ShortestDecimal(kMaxEpsilon));
}

}  // namespace

void Validate(const Problem& problem) {
  RequireInteger("smoothness", problem.smoothness, 1, kMaxSmoothness);
  RequireInteger("primary_dim", problem.primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", problem.condition_dim, 1, kMaxDimension);
  RequireEpsilon(problem);
  RequireInteger("depth", problem.depth, 2, kMaxDepth);
  RequireInteger("generator_depth", problem.generator_depth, 2, kMaxDepth);
  RequireInteger("embedding_dim", problem.EmbeddingDim(), 1, kMaxCount);
  if (problem.bottleneck) RequireInteger("bottleneck", *problem.bottleneck, 1, kMaxCount);
  RequireInteger("outputs", problem.outputs, 1, kMaxCount);
  RequireInteger("rank", problem.rank, 1, kMaxCount);
  RequirePositive("weight_bound", problem.weight_bound, kMaxWeightBound);
  RequireInteger("width", problem.width, 1, kMaxCount);
  RequireBetween("depth_growth", problem.depth_growth, 0.0, 1.0);
}

}  // namespace hyperwidth
