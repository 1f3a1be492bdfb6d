// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "experiments/rotation/rotation_models.h"
#include "experiments/rotation/rotation_source.h"
#include "training/data/image_set.h"
#include "training/precision.h"
#include "training/run/stop_request.h"
#include "training/trainer.h"

namespace hyperwidth {

// Test images are rotated by angles that depend on the image alone, not on a run's seed: all runs are judged on the
// same samples.
inline constexpr std::uint64_t kTestAngleSeed = 20'200'601;

enum class RotationModel { kHypernetwork, kEmbedding };

// "hypernetwork" or "embedding".
std::string RotationModelName(RotationModel model);

// One model to train: what, how large, from which seed.
struct RotationRunOptions {
  RotationModel model = RotationModel::kHypernetwork;
  RotationArchitecture architecture = {};
  RotationLabels labels = RotationLabels::kCircular;
  PixelScale scale = kMnistPixelScale;
  Precision precision = Precision::kFloat;
  TrainerOptions trainer = {};  // its seed also draws the initial parameters and the training angles
};

struct RotationEpoch {
  Index epoch = 0;
  Index step = 0;
  double train_loss = 0;  // mean over the epoch, while it was trained
  double test_loss = 0;
  double test_error = 0;  // fraction of the test images whose class was not found
  double seconds = 0;     // since the start of this run
};

struct RotationRun {
  std::string model;
  Index depth = 0;
  std::uint64_t seed = 0;
  RotationCost cost;
  std::vector<RotationEpoch> epochs;

  double test_error() const { return epochs.back().test_error; }
};

// Trains one model and evaluates it after each epoch. `on_epoch`, if given, is told of each epoch as it ends. Throws
// DivergenceError if the training loss stops being a number, Stopped after the step in which `stop` was requested.
RotationRun TrainRotation(const TrainTestImages& images,
                          const RotationRunOptions& options,
                          const std::function<void(const RotationEpoch&)>& on_epoch = nullptr,
                          const StopRequest& stop = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_
