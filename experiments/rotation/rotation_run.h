// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_

#include <cstdint>
#include <filesystem>
#include <functional>

#include "experiments/rotation/rotation_record.h"
#include "training/data/image_set.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

// Test and validation images are rotated by angles that depend on the image alone, not on a run's seed: all runs are
// judged on the same samples.
inline constexpr std::uint64_t kTestAngleSeed = 20'200'601;
inline constexpr std::uint64_t kValidationAngleSeed = 20'200'602;
inline constexpr std::uint64_t kSeenAngleSeed = 20'200'603;  // of training images, to see what is remembered of them

// Where a run keeps what it would lose, in a folder that exists; nowhere if it is empty. Its files begin with
// RotationFileName:
//
//   NAME.safetensors            the model: parameters of the chosen epoch, as training goes
//   NAME.training.safetensors   the trainer's state, from time to time and when the run is stopped
struct RotationCheckpoints {
  std::filesystem::path folder = {};

  std::filesystem::path Model(const RotationRunOptions& options) const;
  std::filesystem::path Training(const RotationRunOptions& options) const;
  // Removes the trainer's state, which a run that has been written down needs no more.
  void Finish(const RotationRunOptions& options) const;
};

// Trains one model and evaluates it after each epoch, or each options.epochs_each, from where `checkpoints` says that
// an earlier run was stopped, if it does: the result is that of a run in one go, but for the seconds. `on_epoch`, if
// given, is told of each epoch as it ends, and first of those of the earlier run. Throws DivergenceError if the
// training loss stops being a number, Stopped after the step in which `stop` was requested, with everything saved;
// std::invalid_argument naming the file if a checkpoint is not of this run; and std::runtime_error if one cannot be
// written.
RotationRun TrainRotation(const TrainTestImages& images,
                          const RotationRunOptions& options,
                          const std::function<void(const RotationEpoch&)>& on_epoch = nullptr,
                          const StopRequest& stop = {},
                          const RotationCheckpoints& checkpoints = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_RUN_H_
