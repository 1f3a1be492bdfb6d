// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_KEEPER_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_KEEPER_H_

#include <atomic>
#include <condition_variable>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

#include "training/trials/trial.h"
#include "training/trials/trial_journal.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Brings outcomes to the disk on a thread of its own: all that have come while the last ones were written go together,
// as a disk takes milliseconds to make sure of anything, however little.
class TrialKeeper {
 public:
  using Kept = std::function<void(std::size_t trial, TrialOutcome outcome)>;

  // `trials` are those of the run; `kept` is told of each outcome once it is on the disk, one call at a time. What it
  // or the journal throws sets `stop`, and further outcomes are dropped. All must outlive the keeper.
  TrialKeeper(const std::vector<Trial>& trials, TrialJournal& journal, std::atomic<bool>& stop, Kept kept);
  TrialKeeper(const TrialKeeper&) = delete;
  TrialKeeper& operator=(const TrialKeeper&) = delete;
  ~TrialKeeper();

  // Takes the outcome of a trial, by its place; from any thread. If `wait`, returns when `kept` has been told, or the
  // outcome was dropped.
  void Keep(std::size_t trial, TrialOutcome outcome, bool wait);

  // Returns when everything is kept, after which nothing may come; throws the first exception of the journal or `kept`.
  void Finish();

 private:
  struct Outcome {
    std::size_t trial;
    TrialOutcome outcome;
  };

  void KeepAsTheyCome();
  void KeepTogether(std::vector<Outcome>& outcomes);
  void KeepWhatCanBeWritten(std::vector<Outcome>& outcomes);
  void Write(const std::vector<Outcome>& outcomes);

  const std::vector<Trial>& trials_;
  TrialJournal& journal_;
  std::atomic<bool>& stop_;
  const Kept kept_;
  std::mutex mutex_;  // of what follows
  std::condition_variable changed_;
  std::vector<Outcome> waiting_;
  std::uint64_t taken_ = 0;  // outcomes that have come, and that are kept or dropped
  std::uint64_t done_ = 0;
  bool ends_ = false;
  std::exception_ptr failure_;
  std::thread thread_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_KEEPER_H_
