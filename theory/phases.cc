// SPDX-License-Identifier: Apache-2.0

#include "theory/phases.h"

#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {

DepthPhase PhaseAtDepth(int smoothness, int dim, double depth_exponent) {
  RequireInteger("smoothness", smoothness, 1, kMaxSmoothness);
  RequireInteger("dim", dim, 1, 2 * kMaxDimension);
  if (!(depth_exponent >= 0 && depth_exponent <= 1)) {
    throw std::domain_error("depth_exponent = " + ShortestDecimal(depth_exponent) +
                            " is outside the admissible range: 0 to 1");
  }
  const double rate = (1 + depth_exponent) * smoothness / dim;
  return {.depth_exponent = depth_exponent,
          .reachable_rate = rate,
          .parameter_exponent = 1 / rate,
          .needs_discontinuity = depth_exponent > 0};
}

}  // namespace hyperwidth
