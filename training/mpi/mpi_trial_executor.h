// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_TRIAL_EXECUTOR_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_TRIAL_EXECUTOR_H_

#include <atomic>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "training/mpi/mpi_session.h"
#include "training/trials/trial.h"
#include "training/trials/trial_executor.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Measures trials in all processes that mpirun has started. Each of them makes the same lists and calls RunTrials for
// them; process 0 hands out trials and keeps their outcomes, the others measure, keep nothing (their folder is
// RunFolder::Nowhere) and have the same outcomes at the end, complete or not.
//
// A process that is told to stop, or fails, stops the run. One that is killed lets mpirun stop all of them; what had
// finished is in the journal.
class MpiTrialExecutor final : public TrialExecutor {
 public:
  // The session must outlive it.
  explicit MpiTrialExecutor(MpiSession& session);
  // Process 0 tells the others that the program ends; they wait for that.
  ~MpiTrialExecutor() override;

  bool keeps() const override { return session_.rank() == 0; }
  bool SameEverywhere(bool value) override;
  void Begin(const std::vector<Trial>& trials, int threads) override;
  void Run(const std::vector<std::size_t>& order,
           const Measure& measure,
           const Keep& keep,
           std::atomic<bool>& stop) override;
  void End(const TrialOutcomes* outcomes, const std::atomic<bool>& stop) override;

  // Process 0 is told that this one ends, and why, which fails a run that goes on there.
  void Leave(const std::string& why);

 private:
  MpiMessage Wait();
  void TellOthers(int kind, const std::string& bytes);

  MpiSession& session_;
  const std::vector<Trial>* trials_ = nullptr;
  int threads_ = 1;
  long long run_ = 0;
  std::set<int> gone_;    // processes that have ended
  bool is_left_ = false;  // of the others: process 0 has ended
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_TRIAL_EXECUTOR_H_
