// SPDX-License-Identifier: Apache-2.0
//
// The comparison after tuning: each model with the values that are best for it, found with the same budget.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SEARCH_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SEARCH_H_

#include "experiments/result/result.h"
#include "experiments/rotation/rotation_options.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// Searches for both models at every depth (options.search, options.n_trials, ..) on validation images, trains each
// choice anew from options.repetitions fresh seeds, and tests it, which is the first time that the test images are
// looked at. Writes config.json, metrics.csv, trials.jsonl and, for each model and depth, trials-NAME.csv to `folder`,
// and tables of choices and sensitivities to standard output. An interrupted run gives a partial result, and a folder
// that resumes keeps the trials that it has. Throws std::invalid_argument for settings that do not go together,
// AllTrialsFailed, std::runtime_error if the folder's earlier run had other settings.
Result RunRotationSearch(const RotationOptions& options, const TrainTestImages& images, const RunFolder& folder);

// What the searches and tests say: for each model the best validation error after each trial and the test error at each
// depth, and a verdict for each depth from pairs of tests with one seed.
Result SummariseRotationSearch(const RotationOptions& options, const TrainTestImages& images, const FairResult& found);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_SEARCH_H_
