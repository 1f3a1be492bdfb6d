// SPDX-License-Identifier: Apache-2.0
//
// The spline networks of models/ built from a target on the ball, ready to be measured: with the formula of what each
// computes.

#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_INTERPOLANTS_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_INTERPOLANTS_H_

#include <memory>

#include "experiments/constructions/sup_error_scan.h"
#include "models/constructions/kuhn_spline.h"
#include "models/constructions/kuhn_triangulation.h"
#include "models/constructions/spline_hypernetwork.h"

namespace hyperwidth {

// The spline network through the target's values at its nodes. If `spline` is none, there is the formula alone, for
// networks too large to build; its nodal values are computed when they are needed.
// `spline`, if any, is that of `triangulation`, and is kept alive.
BuiltNetwork BuildSpline(const KuhnTriangulation& triangulation,
                         std::shared_ptr<const KuhnSpline> spline,
                         const PointFunction& target);

// The hypernetwork of theorem 4: f interpolates in I the weights with which g interpolates y(., I). Points are (x, I),
// the target's too. `network` has rank 0.
BuiltNetwork BuildHypernetwork(std::shared_ptr<const SplineHypernetwork> network, const PointFunction& target);

// The nodes of a triangulation, [dim, nodes].
Matrix<double> Nodes(const KuhnTriangulation& triangulation);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTIONS_INTERPOLANTS_H_
