// SPDX-License-Identifier: Apache-2.0

#include "theory/phases.h"

#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {

DepthPhase PhaseAtDepth(int smoothness, int dim, double depth_exponent) {
  RequireInteger("smoothness", smoothness, 1, kMaxSmoothness);
  RequireInteger("dim", dim, 1, 2 * kMaxDimension);
  RequireBetween("depth_exponent", depth_exponent, 0, 1);
  const double rate = (1 + depth_exponent) * smoothness / dim;
  return {.depth_exponent = depth_exponent,
          .reachable_rate = rate,
          .forbidden_above = rate,
          .continuous_rate = static_cast<double>(smoothness) / dim,
          .parameter_exponent = dim / ((1 + depth_exponent) * smoothness),
          .needs_discontinuity = depth_exponent > 0};
}

}  // namespace hyperwidth
