// SPDX-License-Identifier: Apache-2.0
//
// Networks built from their target, held against what is proved of them: the error bound, the exponent, and the lower
// bound that no network can beat.

#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

struct ConstructedRatesOptions {
  ProgramOptions program = {};
  std::vector<int> smoothness = {1, 2};                                         // each 1 or 2
  std::vector<std::string> methods = {"spline", "hypernetwork", "factorised"};  // see ConstructedMethod
  // Sizes go up to so many nodal values: over more than a factor of 100 in N for every family.
  std::int64_t values = 120'000;
  std::int64_t targets = 2;                // random targets per size, besides those made to be hard for it
  std::int64_t network_work = 50'000'000;  // see RateTargets
};

// All settings, with their flags, ranges and values in the quick form: smaller networks, some seconds.
SettingTable SettingTableOf(ConstructedRatesOptions& options);

// Measures all families and sizes, in parallel; writes config.json, trials.jsonl and metrics.csv to `folder`, and
// returns the verdicts and series: a partial result if the run was interrupted. Throws std::invalid_argument for a
// setting out of range.
Result RunConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_CONSTRUCTED_RATES_H_
