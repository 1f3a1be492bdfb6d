// SPDX-License-Identifier: Apache-2.0
//
// The rotation experiment: does a hypernetwork predict the rotation of an image better than an embedding does?

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_

#include <vector>

#include "experiments/result/result.h"
#include "experiments/rotation/rotation_options.h"
#include "experiments/rotation/rotation_run.h"
#include "experiments/rotation/rotation_summary.h"
#include "experiments/rotation/rotation_trainings.h"
#include "training/data/image_set.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// The images that the options ask for. Throws std::runtime_error naming the file if the data cannot be used.
TrainTestImages LoadRotationImages(const RotationOptions& options);

// Both models at every point and repetition; a hypernetwork that several points have is there once. Throws: as
// TrainerOptionsOf and MatchedArchitecture, std::invalid_argument for more conditions than there are images to train
// on.
std::vector<RotationRunOptions> PlannedRuns(const RotationOptions& options, const TrainTestImages& images);

// Trains both models at every point and repetition, in the order of PlannedRuns, so that an interrupted run has whole
// pairs; a few one after the other with all threads, more of them at the same time with fewer threads each. Writes
// config.json, metrics.csv and trials.jsonl to `folder` and a row per run to standard output. An interrupted run gives
// a partial result, and a folder that resumes keeps the runs that it has. A training whose loss stops being a number
// has failed, and the others go on. Throws RunFailed if all have failed, std::runtime_error if the folder's earlier run
// had other settings. With `trainings`, what is there is not trained again, and has no files in checkpoints/; what is
// trained is added. So has what is trained in other processes.
Result RunRotation(const RotationOptions& options,
                   const TrainTestImages& images,
                   const RunFolder& folder,
                   RotationTrainings* trainings = nullptr);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_EXPERIMENT_H_
