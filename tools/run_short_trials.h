// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TOOLS_RUN_SHORT_TRIALS_H_
#define HYPERWIDTH_TOOLS_RUN_SHORT_TRIALS_H_

#include "experiments/program/trial_processes.h"

namespace hyperwidth {

// The run that tools/kill_trials kills: lists of short trials, each list made from what came of the one before, with
// outcomes that depend on their values and the seed alone. All types, all ways to end. Says on standard output which
// trials have finished, as soon as they have. Returns the exit status.
int RunShortTrials(int argc, const char* const* argv, const TrialProcesses& processes = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_RUN_SHORT_TRIALS_H_
