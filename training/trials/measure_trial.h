// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_MEASURE_TRIAL_H_
#define HYPERWIDTH_TRAINING_TRIALS_MEASURE_TRIAL_H_

#include "training/run/stop_request.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Whether trials of a run may end like that.
bool MayEndLike(TrialState state, TrialEnds ends);

// What comes of the trial. With TrialEnds::kAny, one that throws a std::exception has failed; but for
// Stopped, and std::bad_alloc, which says more of the machine than of the trial. Throws what else it throws, and
// std::logic_error if it ends in a way in which it may not.
TrialOutcome MeasureTrial(const Trial& trial, TrialEnds ends, const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_MEASURE_TRIAL_H_
