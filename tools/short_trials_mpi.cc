// SPDX-License-Identifier: Apache-2.0

#include "tools/run_short_trials.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunShortTrials(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
