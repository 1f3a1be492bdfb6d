// SPDX-License-Identifier: Apache-2.0
//
// The rotation experiment: does a hypernetwork predict the rotation of an image better than an embedding does?

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/result/result.h"
#include "experiments/rotation/rotation_run.h"
#include "experiments/rotation/rotation_source.h"
#include "training/data/image_set.h"
#include "training/optimizer.h"
#include "training/precision.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

struct RotationOptions {
  ProgramOptions program = {};
  std::string data;  // folder with MNIST or CIFAR-10 files; empty: procedural glyphs
  RotationLabels labels = RotationLabels::kCircular;
  std::vector<int> depths = {2, 3, 4, 5, 6, 7, 8, 9};
  std::int64_t repetitions = 1;       // runs of each model and depth, with seeds seed, seed + 1, ...
  std::int64_t train_images = 60000;  // at most so many; all that there are if the data has fewer
  std::int64_t test_images = 10000;
  OptimizerOptions optimizer = {};  // learning rate 0.01, plain SGD: the published protocol
  std::int64_t epochs = 10;
  std::int64_t batch_size = 64;
  Precision precision = Precision::kFloat;
};

// The quick form: enough to tell the two models apart, in about a minute on two cores.
RotationOptions QuickRotation();

// The images that the options ask for. Throws std::runtime_error naming the file if the data cannot be used.
TrainTestImages LoadRotationImages(const RotationOptions& options);

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
