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

// Pairs that are trained and compared, however their hyper-parameters are chosen.
struct PairExperiment {
  PairStudy study = {};
  std::vector<PairCase> cases = {};
  int seeds = 1;
  std::function<double(const PairCell&)> work;  // multiply-adds of a training, as in Trial
  std::function<Result(const std::vector<PairCell>&)> summarise;
  Fields settings = {};
  std::string data = {};  // where it comes from
};

// Runs the trainings that the folder's journal does not hold yet; writes config.json, trials.jsonl and metrics.csv, and
// prints PairTable. A training whose loss stops being a number has failed, and counts in nothing. `published`, unless
// it is nullptr, is the folder of a run with these settings but --match=published: hypernetworks that it has trained
// are not trained again, since Matched leaves them as they are. Throws: as RunTrialsInFolder, and as TrialJournal for
// a published run of other settings.
Result RunPairs(const PairExperiment& experiment,
                const MeasurePair& measure,
                const ProgramOptions& program,
                const RunFolder& folder,
                const RunFolder* published = nullptr);

// What both kinds of runs end with: PairTable on standard output, but where nothing is kept, and the result of cells
// that have been measured with its settings and where it comes from.
Result ConcludePairs(const PairExperiment& experiment,
                     const ProgramOptions& program,
                     const std::vector<PairCell>& measured);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_RUN_PAIRS_H_
