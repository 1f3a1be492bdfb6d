// SPDX-License-Identifier: Apache-2.0
//
// What the closed form and the network of local_taylor_network.h agree on.

#ifndef HYPERWIDTH_THEORY_LOCAL_TAYLOR_PARTS_H_
#define HYPERWIDTH_THEORY_LOCAL_TAYLOR_PARTS_H_

#include "theory/local_taylor_network.h"

namespace hyperwidth::internal {

// delta, in cells: at most 1 / (kMaxSmoothness - 1), and a power of two.
inline constexpr double kRampHalfWidth = 1.0 / 32;

// The length of a node's support in cells; a single one needs no ramps.
inline double RelativeSupport(double cells) { return cells == 1 ? 1 : 1 + 2 * kRampHalfWidth; }

// Throws: std::domain_error as SizeOf.
void Check(const LocalTaylorPlan& plan);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_LOCAL_TAYLOR_PARTS_H_
