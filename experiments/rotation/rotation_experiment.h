// SPDX-License-Identifier: Apache-2.0
//
// The rotation experiment: does a hypernetwork predict the rotation of an image better than an embedding does?

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "experiments/result/result.h"
#include "experiments/result/verdict.h"
#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_run.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// The images that the options ask for. Throws std::runtime_error naming the file if the data cannot be used.
TrainTestImages LoadRotationImages(const RotationOptions& options);

// A sentence on images of one colour, whose rotation nobody can tell; empty if there are none.
std::string WarningOfConstantImages(const TrainTestImages& images);

// Test errors of a model's runs, by their seed.
using ErrorsBySeed = std::map<std::uint64_t, double>;

// The claim that the hypernetwork's errors are lower, from the pairs of one seed; what has no partner, because it has
// failed or the run was interrupted, does not count.
Check JudgeErrors(const Claim& claim, const ErrorsBySeed& hypernetwork, const ErrorsBySeed& embedding);

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
