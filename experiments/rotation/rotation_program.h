// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_

#include "experiments/program/trial_processes.h"

namespace hyperwidth {

// The main function of the experiment: parses the flags, runs it and returns the exit status. The trials of a search
// are measured in all processes; without a search one process trains everything, and the others have no part in it.
int RunRotationProgram(int argc, const char* const* argv, const TrialProcesses& processes = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_PROGRAM_H_
