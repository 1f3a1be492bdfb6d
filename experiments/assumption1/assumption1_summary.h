// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_SUMMARY_H_

#include <string>
#include <vector>

#include "experiments/assumption1/assumption1.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// For each cell of the fresh variant with a pair:
//   "assumption1.KIND.closer_to_each_other": at the end, MSE(f1, f2) over the mean of MSE(f1, y) and MSE(f2, y) is
//   below 1: the published conclusion; "assumption1.KIND.closer_untrained": that ratio is above the one of the same
//   pair before training, so that the first check says nothing about training. Ours.
// Both are factors, paired over repetitions. The published variant has no check: its repetitions are one training.
std::vector<Check> JudgeAssumption1(const std::vector<DistanceCell>& cells);

// Checks, series and what does not follow, from pairs that have been measured, in whole or in part.
Result SummariseAssumption1(const Assumption1Options& options, const std::vector<DistanceCell>& cells);

// Untrained and at the end, a line for each cell. For the terminal; ends in a newline.
std::string DistanceTable(const std::vector<DistanceCell>& cells);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_SUMMARY_H_
