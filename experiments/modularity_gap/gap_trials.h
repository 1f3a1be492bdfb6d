// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_TRIALS_H_
#define HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_TRIALS_H_

#include <string>
#include <vector>

#include "experiments/modularity_gap/modularity_gap.h"

namespace hyperwidth {

// One smallest primary network: searched for by training or, for a hypernetwork's of one input, computed.
struct GapTrial {
  int primary_dim = 1;
  int condition_dim = 1;
  int cells = 1;
  int embedding_dim = 0;  // 0: hypernetwork
  int target = 0;         // which of the random targets
  bool computed = false;  // least_size.h
};

// For each case: the hypernetwork, searched for and then, for m1 = 1, computed, then each embedding dimension; for each
// n; for each target.
std::vector<GapTrial> AllGapTrials(const ModularityGapOptions& options);

// Method ("embedding", "hypernetwork", "computed hypernetwork"), m1, m2, k (0 for hypernetworks), n, and target from 1.
Fields ValuesOf(const GapTrial& trial);
double WorkOf(const GapTrial& trial);  // effort relative to other trials, as it was seen to grow

// N_q or N_g of a primary network with one hidden layer of `width` units.
Index PrimaryParameters(const GapTrial& trial, Index width);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_MODULARITY_GAP_GAP_TRIALS_H_
