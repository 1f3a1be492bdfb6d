// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_OPTIONS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/rotation/rotation_match.h"
#include "experiments/rotation/rotation_source.h"
#include "experiments/tuning/search_settings.h"
#include "training/precision.h"
#include "training/trainer_options.h"

namespace hyperwidth {

// What the models are compared along.
enum class RotationSweep {
  kDepth,         // of f and e
  kLearningRate,  // at kMiddleDepth
  kEmbedding,     // the outputs of e, where f and e have one hidden layer
  kConditions,    // how many images are trained on, each of them a condition, for as many steps; at kMiddleDepth
};

// "depth", "lr", "embedding" or "conditions".
std::string RotationSweepName(RotationSweep sweep);

inline constexpr int kMiddleDepth = 4;

// As published: 10^-4 times 10^(j / 4) for j = 2 .. 9.
std::vector<double> PublishedLearningRates();
// As published, kEmbeddingDimStep i for i = 1 .. 8, and below that 2, 5, 10, 20, .. 5,000.
inline constexpr std::int64_t kEmbeddingDimStep = 10'000;
std::vector<std::int64_t> SweptEmbeddingDims();

// Numbers of images to train on, of data that have so many: those above it become all that there are. Sorted, each
// once.
std::vector<std::int64_t> CountsUpTo(std::int64_t images, std::vector<std::int64_t> counts);

struct RotationOptions {
  ProgramOptions program = {};
  RotationSweep sweep = RotationSweep::kDepth;
  RotationMatch match = RotationMatch::kPublished;
  int extra_layers = 0;  // hidden layers of f beyond those of e: 1 in the published code of kEmbedding
  std::string data;      // folder with MNIST or CIFAR-10 files; empty: procedural glyphs
  RotationLabels labels = RotationLabels::kCircular;
  std::vector<int> depths = {2, 3, 4, 5, 6, 7, 8, 9};
  std::vector<double> learning_rates = PublishedLearningRates();
  std::vector<std::int64_t> embedding_dims = SweptEmbeddingDims();
  std::vector<std::int64_t> condition_counts = {1000, 3000, 10'000, 30'000, 50'000};
  std::int64_t repetitions = 1;       // runs of each model and depth, with seeds seed, seed + 1, ...
  std::int64_t train_images = 60000;  // at most so many; all that there are if the data has fewer
  std::int64_t test_images = 10000;
  std::int64_t validation_images = 0;  // the last ones of the training images, not trained on: they choose the epoch
  OptimizerOptions optimizer = {};     // learning rate 0.01, plain SGD: the published protocol
  double max_gradient_norm = 0;        // 0: gradients are not clipped
  LearningRateSchedule schedule = {};  // of period 0: what is left of the run if cosine, else an epoch
  std::int64_t patience = 0;           // epochs without a better validation after which training stops; 0: it does not
  std::int64_t epochs = 10;
  std::int64_t batch_size = 64;
  Precision precision = Precision::kFloat;
  SearchSettings search = {};  // with one, validation_images = 0 stands for kSearchValidationShare of the images
};

// All settings, with their flags, ranges and values in the quick form: enough to tell the two models apart, in about a
// minute on two cores.
SettingTable SettingTableOf(RotationOptions& options);

// Steps of an epoch on so many images, of which options.validation_images are held back.
Index StepsOfEpoch(const RotationOptions& options, std::int64_t images);

// What one run is trained with on so many images, from that seed. Throws: std::invalid_argument, with the flags, what
// was found and what is accepted, for settings that do not go together.
TrainerOptions TrainerOptionsOf(const RotationOptions& options, std::int64_t images, std::uint64_t seed);

// The options with which a search of models on so many images trains, with its validation images. Throws:
// std::invalid_argument, with the flags, what was found and what is accepted, for settings that do not go together.
RotationOptions SearchedOptions(const RotationOptions& options, std::int64_t images);

// Whether so few samples are shown to each model that errors are those of a short budget: less than a tenth of what the
// published protocol shows.
bool IsShortBudget(const RotationOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_OPTIONS_H_
