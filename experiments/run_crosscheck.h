// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_
#define HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_

#include "training/trials/trial_executor.h"

namespace hyperwidth {

// Every experiment in its quick form: predictions of the theory held against networks that were built or trained here.
// Prints the verdicts, writes a folder for each experiment and one report, and returns the exit status. Trials are
// measured by `executor`, in a program of several processes; so many threads are used if no flag says how many, 0: all
// that this process may use.
int RunCrosscheck(int argc, const char* const* argv, TrialExecutor* executor = nullptr, int available_threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RUN_CROSSCHECK_H_
