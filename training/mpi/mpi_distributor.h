// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_DISTRIBUTOR_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_DISTRIBUTOR_H_

#include <atomic>
#include <cstddef>
#include <exception>
#include <mutex>
#include <optional>
#include <set>
#include <vector>

#include "training/mpi/mpi_session.h"
#include "training/trials/trial.h"
#include "training/trials/trial_executor.h"

namespace hyperwidth {

// One run in the process that keeps it: hands trials to the threads of this process and to the others as they ask for
// some, and takes their outcomes.
class MpiDistributor {
 public:
  // `gone` are processes that have ended, to which others are added.
  MpiDistributor(MpiSession& session, const std::vector<Trial>& trials, long long run, std::set<int>& gone);

  // As TrialExecutor::Run, on so many threads of this process. What a trial has thrown elsewhere is thrown as
  // std::runtime_error "process 3: ...". Half a second after `stop` was set and the threads of this process have ended,
  // other processes that have not answered are given up.
  void Run(const std::vector<std::size_t>& order,
           int threads,
           const TrialExecutor::Measure& measure,
           const TrialExecutor::Keep& keep,
           std::atomic<bool>& stop);

 private:
  std::optional<std::size_t> Take();
  void Serve(const TrialExecutor::Keep& keep, std::atomic<bool>& stop);
  void Answer(const MpiMessage& message, const TrialExecutor::Keep& keep, std::atomic<bool>& stop);
  void KeepOutcome(const MpiMessage& message, const TrialExecutor::Keep& keep);
  void Fail(const MpiMessage& message, std::atomic<bool>& stop);
  bool IsDone(const std::atomic<bool>& stop);

  MpiSession& session_;
  const std::vector<Trial>& trials_;
  const long long run_;
  std::set<int>& gone_;
  std::mutex mutex_;  // of the next two
  std::vector<std::size_t> order_;
  std::size_t next_ = 0;
  std::vector<std::size_t> elsewhere_;  // trials that other processes have, by process
  std::atomic<bool> own_are_done_ = false;
  std::exception_ptr failure_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_DISTRIBUTOR_H_
