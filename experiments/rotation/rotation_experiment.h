// SPDX-License-Identifier: Apache-2.0
//
// The rotation experiment: does a hypernetwork predict the rotation of an image better than an embedding does?

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_

#include <vector>

#include "experiments/result/result.h"
#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_run.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// The images that the options ask for. Throws std::runtime_error naming the file if the data cannot be used.
TrainTestImages LoadRotationImages(const RotationOptions& options);

// Both models at every depth and repetition, in the order in which they are trained. Throws as TrainerOptionsOf.
std::vector<RotationRunOptions> PlannedRuns(const RotationOptions& options, const TrainTestImages& images);

// Trains both models at every depth and repetition, one after the other; writes config.json, metrics.csv and
// trials.jsonl to `folder` and a row per run to standard output. An interrupted run gives a partial result, and a
// folder that resumes keeps the runs that it has. Throws RunFailed if a loss stops being a number, std::runtime_error
// if the folder's earlier run had other settings.
Result RunRotation(const RotationOptions& options, const TrainTestImages& images, const RunFolder& folder);

// What the runs say: the series `hypernetwork` and `embedding`, and a verdict for each depth, from pairs of runs with
// one seed. Fewer than kFewestRepetitions pairs of a depth are inconclusive, however many depths there are.
Result SummariseRotation(const RotationOptions& options,
                         const TrainTestImages& images,
                         const std::vector<RotationRun>& runs);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
