// SPDX-License-Identifier: Apache-2.0
//
// mpirun -n N operators_mpi ...: the trainings in N processes.

#include "experiments/operators/operators_program.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunOperatorsProgram(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
