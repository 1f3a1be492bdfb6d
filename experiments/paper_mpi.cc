// SPDX-License-Identifier: Apache-2.0
//
// mpirun -n N paper_mpi --data=DIR: the same in N processes.

#include "experiments/run_paper.h"
#include "training/mpi/mpi_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int count, char** arguments, hyperwidth::TrialExecutor& executor, int threads) {
        return hyperwidth::RunPaper(count, arguments, {.executor = &executor, .available_threads = threads});
      });
}
