// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_

#include "experiments/program/trial_processes.h"

namespace hyperwidth {

// The main function of the experiment: parses the flags, runs it and returns the exit status.
int RunOperatorsProgram(int argc, const char* const* argv, const TrialProcesses& processes = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATORS_PROGRAM_H_
