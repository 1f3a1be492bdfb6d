// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_keeper.h"

#include <stdexcept>

namespace hyperwidth {

TrialKeeper::TrialKeeper(const std::vector<Trial>& trials, TrialJournal& journal, std::atomic<bool>& stop, Kept kept)
    : trials_(trials), journal_(journal), stop_(stop), kept_(std::move(kept)), thread_([this] { KeepAsTheyCome(); }) {}

TrialKeeper::~TrialKeeper() {
  try {
    Finish();
  } catch (...) {
    // Whoever destroys it before finishing is already handling another failure.
  }
}

void TrialKeeper::Keep(std::size_t trial, TrialOutcome outcome, bool wait) {
  std::unique_lock<std::mutex> lock(mutex_);
  waiting_.push_back({.trial = trial, .outcome = std::move(outcome)});
  const std::uint64_t number = ++taken_;
  changed_.notify_all();
  if (wait) changed_.wait(lock, [&] { return done_ >= number; });
}

void TrialKeeper::Finish() {
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    ends_ = true;
    changed_.notify_all();
  }
  if (thread_.joinable()) thread_.join();
  if (failure_) std::rethrow_exception(std::exchange(failure_, nullptr));
}

void TrialKeeper::KeepAsTheyCome() {
  std::unique_lock<std::mutex> lock(mutex_);
  for (;;) {
    changed_.wait(lock, [this] { return ends_ || !waiting_.empty(); });
    if (waiting_.empty()) return;
    std::vector<Outcome> outcomes = std::exchange(waiting_, {});
    const bool has_failed = failure_ != nullptr;
    lock.unlock();
    std::exception_ptr failure;
    try {
      if (!has_failed) KeepTogether(outcomes);
    } catch (...) {
      stop_.store(true);
      failure = std::current_exception();
    }
    lock.lock();
    if (failure) failure_ = failure;
    done_ += outcomes.size();
    changed_.notify_all();
  }
}

void TrialKeeper::KeepTogether(std::vector<Outcome>& outcomes) {
  try {
    Write(outcomes);
  } catch (const std::invalid_argument&) {
    KeepWhatCanBeWritten(outcomes);
    return;
  }
  for (Outcome& outcome : outcomes) kept_(outcome.trial, std::move(outcome.outcome));
}

// An outcome that cannot be written takes no other with it.
void TrialKeeper::KeepWhatCanBeWritten(std::vector<Outcome>& outcomes) {
  std::exception_ptr refused;
  for (Outcome& outcome : outcomes) {
    try {
      Write({outcome});
    } catch (const std::invalid_argument&) {
      if (!refused) refused = std::current_exception();
      continue;
    }
    kept_(outcome.trial, std::move(outcome.outcome));
  }
  if (refused) std::rethrow_exception(refused);
}

void TrialKeeper::Write(const std::vector<Outcome>& outcomes) {
  std::vector<TrialRecord> records;
  for (const Outcome& outcome : outcomes) {
    records.push_back({.values = trials_[outcome.trial].values, .outcome = outcome.outcome});
  }
  journal_.Append(records);
}

}  // namespace hyperwidth
