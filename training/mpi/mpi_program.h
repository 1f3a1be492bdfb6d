// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_PROGRAM_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_PROGRAM_H_

#include <functional>

#include "training/mpi/mpi_session.h"
#include "training/trials/trial_executor.h"

namespace hyperwidth {

// The main function of a program that mpirun starts, with or without others: calls `program` with the arguments that
// are left, an executor for its trials and the threads of each process (MpiSession::Threads), and returns what it
// returns. All processes run it, but what any but the first one prints goes nowhere; if it returns anything but 0 there
// while the first goes on with its trials, these end with what it has printed to standard error. Only the first one's
// status is returned, the others' is 0.
int RunWithMpi(int argc,
               char** argv,
               const std::function<int(int argc, char** argv, TrialExecutor& executor, int threads)>& program);

// The main function of a program whose processes train one model together (MpiShardExchange). All run `program`, and
// what any but the first one prints goes nowhere. A process in which it does not return 0 ends all of them with that
// status: the first one at once; another one after half a second, if the first has not done so for the same reason,
// with "process 1: " and the last line that it has printed to standard error. What `program` throws is printed as a
// line, with status 2.
int RunTrainingWithMpi(
    int argc,
    char** argv,
    const std::function<int(int argc, char** argv, const MpiSession& session, int threads)>& program);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_PROGRAM_H_
