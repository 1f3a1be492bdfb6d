// SPDX-License-Identifier: Apache-2.0
//
// Rotation runs as trials: what each leaves in the journal of an interrupted experiment.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRIALS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRIALS_H_

#include <string>

#include "experiments/result/result.h"
#include "experiments/rotation/rotation_run.h"

namespace hyperwidth {

// "hypernetwork depth=2 seed=1".
std::string RotationTrialKey(const RotationRunOptions& options);

// Everything in `run`: the cost, and a list for each number of an epoch.
Fields RotationOutcome(const RotationRun& run);

// The run of which this is the outcome. Throws std::runtime_error naming what is missing, or lists of different
// lengths.
RotationRun RotationRunOf(const RotationRunOptions& options, const Fields& outcome);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_TRIALS_H_
