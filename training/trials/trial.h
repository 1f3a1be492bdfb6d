// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_H_

#include <functional>

#include "training/run/stop_request.h"
#include "training/trials/fields.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// An independent piece of work.
struct Trial {
  // What is tried, unique in a run: {{"method", "hypernetwork"}, {"m1", 1}, {"n", 8}, {"target", 3}}. Its name in
  // messages, its columns in tables and its line in the journal follow from these. See RequireTrialValues.
  Fields values;
  // Expected effort relative to the other trials, > 0: decides the order and the estimate of the time left.
  double work = 1;
  // Called once at most, on any thread. May use oneTBB: it then finds the arena in which trials run. Looks at `stop`
  // now and then and throws Stopped when it says so. The outcome must depend on nothing but the values and what all
  // trials of the run have in common, else an interrupted and continued run differs from one in a single go.
  std::function<TrialOutcome(const StopRequest& stop)> measure;
};

// How the trials of a run may end.
enum class TrialEnds {
  kComplete,    // complete; what a trial throws ends the run
  kAsReturned,  // also pruned or failed, if that is the outcome it returns; what it throws ends the run
  kAny          // also pruned or failed; one that throws has failed, with what it says for a message
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_H_
