// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_
#define HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_

#include "experiments/program/trial_processes.h"

namespace hyperwidth {

// Every experiment in its quick form: predictions of the theory held against networks that were built or trained here.
// Prints the verdicts, writes a folder for each experiment and one report, and returns the exit status.
int RunCrosscheck(int argc, const char* const* argv, const TrialProcesses& processes = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_
