// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_

#include "training/trials/trial_executor.h"

namespace hyperwidth {

// The main function of the experiment: parses the flags, runs it and returns the exit status. The trials of a search
// are measured by `executor`, in a program of several processes; without a search each run uses all threads of one
// process, and the others have no part in it. So many threads are used if no flag says how many, 0: all that this
// process may use.
int RunRotationProgram(int argc, const char* const* argv, TrialExecutor* executor = nullptr, int available_threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_
