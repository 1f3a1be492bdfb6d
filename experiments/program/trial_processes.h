// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_PROCESSES_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_PROCESSES_H_

#include "training/trials/trial_executor.h"

namespace hyperwidth {

// Where a program's trials are measured. By default in this process alone.
struct TrialProcesses {
  // Of a program that has more processes than one: measures its trials. The folders of those that do not keep the run
  // go nowhere, and nothing is said there.
  TrialExecutor* executor = nullptr;
  int available_threads = 0;  // of this process, if no flag says how many; 0: AvailableThreads

  bool keeps() const { return executor == nullptr || executor->keeps(); }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_PROCESSES_H_
