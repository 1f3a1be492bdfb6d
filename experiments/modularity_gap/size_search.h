// SPDX-License-Identifier: Apache-2.0
//
// The smallest primary network that training finds for a target.

#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_SIZE_SEARCH_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_SIZE_SEARCH_H_

#include <vector>

#include "experiments/modularity_gap/conditioned_target.h"
#include "models/types.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

// The same for both methods. An iteration of the hypernetwork's is one for each condition, since their networks have
// nothing in common.
struct SizeSearchOptions {
  double tolerance = 0.75;         // as in TubeFitOptions
  Index iterations_per_bump = 60;  // Levenberg-Marquardt iterations of one restart, for each of the target's bumps
  int restarts = 2;                // from random parameters, for each width that is tried
  int searches = 2;                // independent of each other
  std::uint64_t seed = 1;
};

struct FoundSize {
  std::vector<Index> widths;  // the smallest found by each search, [searches]
  Index width = 0;            // the smallest found by any
  Index iterations = 0;       // spent in all
  double largest_error = 0;   // of the networks of `width` units, in units of the bumps' height, < tolerance
};

// Widths that are tried: 1, 2, .., and from about 20 on each the next above 1.05 times the one before.
std::vector<Index> CandidateWidths();

// An embedding of dimension k: one network for all conditions. A width counts as sufficient if one of the restarts is
// within the tolerance at all conditions, and the smallest sufficient one is found by bisection, as if more units
// always helped. Hyper-parameters (initial damping, which is the method's learning rate, and the scale of random
// weights) are drawn anew for every restart, log-uniformly from 10^-3 .. 1 and 1/2 .. 2.
// Throws: Stopped when `stop` says so; std::runtime_error if no candidate is sufficient.
FoundSize SmallestEmbeddingPrimary(const ConditionedTarget& target,
                                   Index embedding_dim,
                                   const SizeSearchOptions& options,
                                   const StopRequest& stop);

// A hypernetwork: for each condition a network of its own, all of the same width, hence the largest over the conditions
// of the smallest sufficient ones; for each condition that is found as above.
FoundSize SmallestHypernetworkPrimary(const ConditionedTarget& target,
                                      const SizeSearchOptions& options,
                                      const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_SIZE_SEARCH_H_
