// SPDX-License-Identifier: Apache-2.0
//
// The comparison after tuning: for each case both models with the hyper-parameters that are best for them, found with
// the same budget.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SEARCH_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SEARCH_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/published_models/pair_cells.h"
#include "experiments/published_models/run_pairs.h"
#include "experiments/result/result.h"
#include "experiments/tuning/search_settings.h"
#include "models/types.h"
#include "training/run/run_folder.h"
#include "training/search/contender.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// The samples of a case that follow from a training's seed.
using DrawPairPart = std::function<PairPart(const PairCase& what, std::uint64_t seed)>;

// How pairs are tuned, and on what.
struct PairTuning {
  SearchSettings search = {};
  Index steps = 1;       // of a whole trial
  Index batch_size = 1;  // items of a step; all of them, if a case has fewer
  DrawPairPart train, validation, test;
};

// Unique among the cells of a list: "hypernetwork-type2-layers4", ".. -dim2000", ".. -conditions300".
std::string ContenderName(const PairCell& cell);

// The cell as a contender, trained for mean squared error as TrainAndTestPair does but for what OptimizerSpace chooses.
// Scores are mean squared errors over those of a constant; its tests have the details test_error, seen_error (if there
// are seen samples), constant_error, and the cell's sizes.
Contender<DrawPairPart> PairContender(const PairCell& cell, Index batch_size);

// The cells with what the tests have found, whose seeds are `seeds` consecutive ones from `first_seed`; NaN where one
// has failed or not been made.
std::vector<PairCell> Tested(std::vector<PairCell> cells, std::uint64_t first_seed, int seeds, const FairResult& found);

// Searches for both models of every case, trains each choice anew from `seeds` fresh seeds, and tests it. Writes what
// RunTuned does and config.json, and prints the choices and PairTable. The result has, beside what `summarise` says,
// what was chosen and how much it mattered. Throws: as WriteOrCheckConfig and RunTuned.
Result RunPairSearch(const PairExperiment& experiment,
                     const PairTuning& tuning,
                     const ProgramOptions& program,
                     const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PAIR_SEARCH_H_
