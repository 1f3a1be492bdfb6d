// SPDX-License-Identifier: Apache-2.0
//
// What a rotation run is and what it has measured, and how that is written down: in the journal of an interrupted
// experiment, and in the checkpoint of a run that was interrupted itself.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RECORD_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RECORD_H_

#include <cstdint>
#include <limits>
#include <string>
#include <vector>

#include "experiments/result/result.h"
#include "experiments/rotation/rotation_models.h"
#include "experiments/rotation/rotation_source.h"
#include "training/precision.h"
#include "training/trainer_options.h"

namespace hyperwidth {

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
  std::int64_t train_images = 0;           // the first ones of the training images; 0: all that are not held back
  std::int64_t validation_images = 0;      // the last ones of the training images, which are not trained on
  std::int64_t epochs_each = 1;            // are trained between two measurements
  TrainerOptions trainer = {};             // its seed also draws the initial parameters and the training angles
  bool is_named_by_learning_rate = false;  // where runs differ in it
  bool shows_progress = true;              // on a terminal, while it is trained
};

struct RotationEpoch {
  Index epoch = 0;
  Index step = 0;
  double train_loss = 0;                                              // mean over the epoch, while it was trained
  double validation_loss = std::numeric_limits<double>::quiet_NaN();  // mean over the validation images, if any
  double test_loss = 0;
  double test_error = 0;  // fraction of the test images whose class was not found
  // The same of as many images that were trained on, turned by angles that training does not draw; not a number if
  // there was a better epoch, or a later one.
  double seen_error = std::numeric_limits<double>::quiet_NaN();
  double seconds = 0;  // since the start of this run
};

struct RotationRun {
  std::string model;
  Index depth = 0;
  std::uint64_t seed = 0;
  RotationCost cost;
  std::vector<RotationEpoch> epochs;
  std::string variant = {};  // RotationVariant

  // The epoch whose parameters count: that of the lowest validation loss, the first of equals; the last one if nothing
  // was validated. At least one epoch is needed.
  const RotationEpoch& chosen() const;
  double test_error() const { return chosen().test_error; }
};

// The model to train.
Model MakeRotationModel(const RotationRunOptions& options);

// What a run has other than the published one, of its sizes and, if it is named by it, the learning rate:
// "-embedding_dim100-lr0.001", or nothing.
std::string RotationVariant(const RotationRunOptions& options);

// The name of a model at a depth: "hypernetwork-depth2"; of a run without its seed:
// "embedding-depth2-embedding_dim100".
std::string RotationModelName(RotationModel model, Index depth);
std::string RotationModelName(const RotationRunOptions& options);

// What tells the runs of an experiment apart, as values of a trial: model, depth, what is in RotationVariant, and seed.
Fields RotationTrialValues(const RotationRunOptions& options);

// The same as the name of a file: "hypernetwork-depth2-seed1".
std::string RotationFileName(const RotationRunOptions& options);

// A run of which nothing has been measured yet.
RotationRun NewRotationRun(const RotationRunOptions& options);

// Everything in `run`: the cost, and a list for each number of an epoch.
Fields RotationOutcome(const RotationRun& run);

// The run of which this is the outcome. Throws std::runtime_error naming what is missing, or lists of different
// lengths.
RotationRun RotationRunOf(const RotationRunOptions& options, const Fields& outcome);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RECORD_H_
