// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RUN_PAPER_H_
#define HYPERWIDTH_EXPERIMENTS_RUN_PAPER_H_

#include "experiments/program/trial_processes.h"

namespace hyperwidth {

// The experiments of Galanti and Wolf 2020, one after the other, with their settings, and one report. Returns the exit
// status.
int RunPaper(int argc, const char* const* argv, const TrialProcesses& processes = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RUN_PAPER_H_
