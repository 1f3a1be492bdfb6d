// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_MPI_MPI_WORKER_H_
#define HYPERWIDTH_TRAINING_MPI_MPI_WORKER_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "training/mpi/mpi_session.h"
#include "training/trials/trial.h"
#include "training/trials/trial_executor.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// One run in a process that does not keep it: measures what it is handed, and has all outcomes at the end.
class MpiWorker {
 public:
  MpiWorker(const MpiSession& session, const std::vector<Trial>& trials, long long run);

  // Takes part until the process that keeps the run ends it, and gives `keep` the outcomes of the trials of `order`,
  // which are those that it does not know yet, whoever has measured them. Throws what a trial of this process throws,
  // and std::runtime_error if the run has failed elsewhere.
  void Run(const std::vector<std::size_t>& order,
           int threads,
           const TrialExecutor::Measure& measure,
           const TrialExecutor::Keep& keep,
           std::atomic<bool>& stop);

  // Whether the program has ended where the run is kept.
  bool is_left() const;

  // All outcomes as the bytes of kMpiOutcomes.
  static std::string BytesOf(const std::vector<Trial>& trials, const TrialOutcomes& outcomes);

 private:
  std::optional<std::size_t> Next(const std::atomic<bool>& stop);
  TrialOutcome MeasureOrTell(std::size_t trial, const TrialExecutor::Measure& measure);
  void Say(int kind, long long trial, std::string bytes = {});
  void Talk(std::atomic<bool>& stop);
  void Hear(MpiMessage message, std::atomic<bool>& stop);
  // Whether there was something.
  bool SendWhatWasSaid();
  void KeepThose(const std::vector<std::size_t>& order, const TrialExecutor::Keep& keep) const;

  const MpiSession& session_;
  const std::vector<Trial>& trials_;
  const long long run_;
  std::mutex mutex_;                        // of what follows, while the run goes on
  std::condition_variable changed_;         // of handed_ and end_
  std::condition_variable something_said_;  // of said_
  std::deque<std::size_t> handed_;          // trials to measure
  std::vector<MpiMessage> said_;            // messages to send
  std::optional<MpiMessage> end_;           // that the run has ended
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_MPI_MPI_WORKER_H_
