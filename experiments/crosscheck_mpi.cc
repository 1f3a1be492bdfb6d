// SPDX-License-Identifier: Apache-2.0
//
// tools/run --mpi=N: the same in N processes.

#include "experiments/run_crosscheck.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunCrosscheck(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
