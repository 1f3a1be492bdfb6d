// SPDX-License-Identifier: Apache-2.0
//
// mpirun -n N rotation_mpi --search ...: the trials of the search in N processes.

#include "experiments/rotation/rotation_program.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunRotationProgram(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
