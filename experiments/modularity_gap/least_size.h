// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_LEAST_SIZE_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_LEAST_SIZE_H_

#include "experiments/modularity_gap/conditioned_target.h"
#include "models/types.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

// What a hypernetwork's primary network needs for a target with m1 = 1, computed instead of searched for. For one
// condition it is a continuous, piecewise linear function of x, and h hidden units of one layer make h + 1 pieces at
// most; h pieces can always be made: a unit bends at each of the h - 1 vertices, and one gives the first slope. So with
// P the least number of pieces within the tolerance, for the worst of the conditions, the smallest network has
// P - 1 or P hidden units.
struct LeastSize {
  Index pieces = 1;  // P

  Index least_width() const { return pieces - 1; }
  Index enough_width() const { return pieces; }
};

// The pieces within `tolerance` times the bumps' height everywhere, for every condition. Linear in the number of bumps.
// Throws: std::invalid_argument unless m1 = 1; Stopped when `stop` says so.
LeastSize LeastHypernetworkPrimary(const ConditionedTarget& target, double tolerance, const StopRequest& stop = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_LEAST_SIZE_H_
