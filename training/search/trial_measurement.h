// SPDX-License-Identifier: Apache-2.0
//
// One rung of a trial as an outcome in a journal.

#ifndef HYPERWIDTH_TRAINING_SEARCH_TRIAL_MEASUREMENT_H_
#define HYPERWIDTH_TRAINING_SEARCH_TRIAL_MEASUREMENT_H_

#include "training/run/stop_request.h"
#include "training/search/study_result.h"
#include "training/search/trial_runner.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// What the runner finds: complete, with the validation points; or failed, if it throws, a score is no finite number, or
// its points are not as TrialRunner says; with why, in which the values are. Throws Stopped if the runner does.
TrialOutcome MeasureTrial(TrialRunner& runner, const TrialRequest& request, const StopRequest& stop);

// Takes such an outcome into account in `trial`, which goes on to `to_steps`. Throws std::runtime_error naming what is
// missing or does not fit if it is none.
void AddOutcome(const TrialOutcome& outcome, std::int64_t to_steps, StudyTrial& trial);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_TRIAL_MEASUREMENT_H_
