// SPDX-License-Identifier: Apache-2.0
//
// mpirun -n N hyperwidth_mpi SUBCOMMAND ...: the same, with the trials of subcommands that run some in N processes.

#include "tools/run_hyperwidth.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunHyperwidth(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
