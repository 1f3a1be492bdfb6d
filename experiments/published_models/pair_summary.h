// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SUMMARY_H_

#include <string>
#include <vector>

#include "experiments/published_models/pair_cells.h"
#include "experiments/published_models/pair_verdicts.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// The layers of f and e at which an experiment is answered: in the middle of the published ones.
inline constexpr int kDecisiveLayers = 4;

// Adds the series of every task and sweep with their figures, the verdicts, and which of them is decisive: that of the
// study's decisive task with kDecisiveLayers, or with the most layers if those were not run. Errors are in units of
// that of a constant.
void AddPairs(const PairStudy& study, const std::vector<PairCell>& cells, Result& result);

// What does not follow: how far apart the sizes of both models are, through how few numbers an embedding acts whatever
// its dimension, what was tuned, and how many trainings have failed.
std::string LimitsOf(const std::vector<PairCell>& cells, SizeMatch match, bool is_tuned = false);

// Mean errors with the sizes of both models, a line for each place in a sweep. For the terminal; ends in a newline.
std::string PairTable(const PairStudy& study, const std::vector<PairCell>& cells);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SUMMARY_H_
