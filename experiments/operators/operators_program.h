// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_

#include "training/trials/trial_executor.h"

namespace hyperwidth {

// The main function of the experiment. `executor` and `available_threads` as in ProgramOptions.
int RunOperatorsProgram(int argc,
                        const char* const* argv,
                        TrialExecutor* executor = nullptr,
                        int available_threads = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_
