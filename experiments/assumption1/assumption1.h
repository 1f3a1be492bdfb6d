// SPDX-License-Identifier: Apache-2.0
//
// Are best approximators unique? Pairs of networks that differ in their start are trained for one target: how far apart
// they end, beside how far they are from the target.

#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_H_

#include <optional>
#include <string>
#include <vector>

#include "experiments/assumption1/assumption1_options.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// What came of the pairs of a kind of inputs.
struct DistanceCell {
  std::string inputs;
  PairVariant variant = PairVariant::kFresh;
  // By repetition; of the published variant one. None: training diverged or has not finished.
  std::vector<std::optional<PairDistances>> pairs = {};
};

// One for each kind, variant and repetition, in this order, with the values inputs, variant and seed.
std::vector<Trial> PairTrials(const std::vector<InputKind>& kinds, const Assumption1Options& options);

// What the outcomes of these trials say.
std::vector<DistanceCell> PairCells(const std::vector<InputKind>& kinds,
                                    const Assumption1Options& options,
                                    const TrialOutcomes& outcomes);

// "2.4e+12 multiplications and additions, about 12 minutes on 2 threads": how long the run will take on a processor as
// fast as the one that kMultiplyAddsPerSecond is from.
std::string ForecastOf(const std::vector<InputKind>& kinds, const Assumption1Options& options);

// Runs the trainings that the folder's journal does not hold yet; writes config.json, trials.jsonl and metrics.csv, and
// prints the forecast and DistanceTable. A training whose loss stops being a number has failed, and counts in nothing.
// Throws: as RunTrialsInFolder.
Result RunAssumption1(const Assumption1Options& options, const std::vector<InputKind>& kinds, const RunFolder& folder);

// The same of LoadInputKinds(options), as which it also throws.
Result RunAssumption1(const Assumption1Options& options, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION1_ASSUMPTION1_H_
