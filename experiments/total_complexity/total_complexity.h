// SPDX-License-Identifier: Apache-2.0
//
// Networks built for structured targets, with everything counted: the additive law of theorem 5 against the
// multiplicative one of methods that do not know of the structure, and how the difference goes as the rank grows.

#ifndef HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_TOTAL_COMPLEXITY_H_
#define HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_TOTAL_COMPLEXITY_H_

#include <cstdint>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/result/result.h"
#include "experiments/total_complexity/complexity_model.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

struct TotalComplexityOptions {
  ProgramOptions program = {};
  StructuredClass targets = {};         // r 1 or 2; m1, m2 >= 1, at most 4 together
  std::vector<int> ranks = {1, 4, 16};  // of the lines against error, each >= 1
  int cells = 64;      // most per axis, for the standard network; twice as many where there are only m1 or m2 axes
  int rank_cells = 8;  // per axis, for the sweep over ranks; >= 8
  std::int64_t random_targets = 1;  // per size, besides those made to be hard for it
  // See ComplexityTargets.
  std::int64_t built_nodes = 100'000;
  std::int64_t scanned_cells = 2048;
  std::int64_t network_work = 50'000'000;
};

// All settings, with their flags, ranges and values in the quick form: some seconds.
SettingTable SettingTableOf(TotalComplexityOptions& options);

// Throws std::invalid_argument if the options are not as above.
void ValidateTotalComplexity(const TotalComplexityOptions& options);

// All sizes that the options ask for.
std::vector<ComplexitySize> ComplexitySizes(const TotalComplexityOptions& options);

// Measures all sizes, in parallel; writes config.json, trials.jsonl and metrics.csv to `folder`, and returns the
// verdicts and series: a partial result if the run was interrupted. Throws as ValidateTotalComplexity.
Result RunTotalComplexity(const TotalComplexityOptions& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_TOTAL_COMPLEXITY_H_
