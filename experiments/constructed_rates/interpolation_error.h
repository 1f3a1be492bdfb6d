// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_INTERPOLATION_ERROR_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_INTERPOLATION_ERROR_H_

#include "experiments/targets/bump_target.h"
#include "models/constructions/linear_spline.h"

namespace hyperwidth {

// The sup norm on [-1, 1] of target - network, where the network is the linear spline through the target at its nodes,
// evaluated as a network. Between the nodes and the target's breakpoints the difference is a polynomial of degree at
// most 2, whose extremes are computed from three values: so this is the supremum itself, up to rounding, not an
// estimate from below as dense sampling would give.
// Throws std::invalid_argument unless the target has one variable.
double SupErrorOfInterpolation(const LinearSpline& spline, const BumpTarget& target);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_INTERPOLATION_ERROR_H_
