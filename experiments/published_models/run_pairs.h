// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_RUN_PAIRS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_RUN_PAIRS_H_

#include <functional>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/published_models/pair_cells.h"
#include "experiments/published_models/pair_verdicts.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// A run of trainings of pairs.
struct PairRun {
  PairStudy study = {};
  std::vector<PairCase> cases = {};
  int seeds = 1;
  std::function<double(const PairCell&)> work;  // as in Trial
  MeasurePair measure;
  std::function<Result(const std::vector<PairCell>&)> summarise;
  Fields settings = {};
  std::string data = {};                 // where it comes from
  const RunFolder* published = nullptr;  // of a run with these settings but --match=published; nullptr: none
};

// Runs the trainings that the folder's journal does not hold yet; writes config.json, trials.jsonl and metrics.csv, and
// prints PairTable. A training whose loss stops being a number has failed, and counts in nothing. Hypernetworks that
// the published run has trained are not trained again: Matched leaves them as they are. Throws: as RunTrialsInFolder,
// and as TrialJournal for a published run of other settings.
Result RunPairs(const PairRun& run, const ProgramOptions& program, const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_RUN_PAIRS_H_
