// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_distributor.h"

#include <chrono>
#include <numeric>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "training/mpi/mpi_kinds.h"
#include "training/trials/arena_trial_executor.h"
#include "training/trials/trial_record.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {

MpiDistributor::MpiDistributor(MpiSession& session,
                               const std::vector<Trial>& trials,
                               long long run,
                               std::set<int>& gone)
    : session_(session),
      trials_(trials),
      run_(run),
      gone_(gone),
      elsewhere_(static_cast<std::size_t>(session.size())) {}

void MpiDistributor::Run(const std::vector<std::size_t>& order,
                         int threads,
                         const TrialExecutor::Measure& measure,
                         const TrialExecutor::Keep& keep,
                         std::atomic<bool>& stop) {
  order_ = order;
  const ArenaTrialExecutor arena(threads);
  std::exception_ptr own_failure;
  std::thread server([&] { Serve(keep, stop); });
  try {
    arena.Run([this] { return Take(); }, measure, keep, stop);
  } catch (...) {
    own_failure = std::current_exception();
  }
  own_are_done_ = true;
  server.join();
  if (own_failure) std::rethrow_exception(own_failure);
  if (failure_) std::rethrow_exception(failure_);
}

std::optional<std::size_t> MpiDistributor::Take() {
  const std::lock_guard<std::mutex> lock(mutex_);
  return next_ < order_.size() ? std::optional(order_[next_++]) : std::nullopt;
}

bool MpiDistributor::IsDone(const std::atomic<bool>& stop) {
  if (!own_are_done_ || std::accumulate(elsewhere_.begin(), elsewhere_.end(), std::size_t{0}) > 0) return false;
  const std::lock_guard<std::mutex> lock(mutex_);
  return stop.load() || next_ == order_.size();
}

void MpiDistributor::Serve(const TrialExecutor::Keep& keep, std::atomic<bool>& stop) {
  bool told_to_stop = false;
  const auto tell_to_stop = [&] {
    if (!stop.load() || std::exchange(told_to_stop, true)) return;
    for (int rank = 1; rank < session_.size(); ++rank) session_.Send({.rank = rank, .kind = kMpiStop, .run = run_});
  };
  using Clock = std::chrono::steady_clock;
  Clock::time_point stopped = Clock::now(), heard = stopped;
  for (; !IsDone(stop); tell_to_stop()) {
    if (!told_to_stop || !own_are_done_) stopped = Clock::now();
    if (Clock::now() - stopped > kMpiPatience) return session_.GiveUpOthers();
    const std::optional<MpiMessage> message = session_.Receive();
    if (!message) {
      if (Clock::now() - heard < kMpiEager) {
        std::this_thread::yield();
      } else {
        std::this_thread::sleep_for(kMpiPoll);
      }
      continue;
    }
    heard = Clock::now();
    try {
      Answer(*message, keep, stop);
    } catch (...) {
      if (!failure_) failure_ = std::current_exception();
      stop.store(true);
    }
  }
  tell_to_stop();
}

void MpiDistributor::Answer(const MpiMessage& message, const TrialExecutor::Keep& keep, std::atomic<bool>& stop) {
  std::size_t& there = elsewhere_[static_cast<std::size_t>(message.rank)];
  if (message.kind == kMpiGone) {
    gone_.insert(message.rank);
    there = 0;
    return Fail(message, stop);
  }
  if (message.run != run_) return;  // said in an earlier run
  switch (message.kind) {
    case kMpiWant: {
      const std::optional<std::size_t> trial = stop.load() ? std::nullopt : Take();
      if (!trial) return;
      ++there;
      return session_.Send(
          {.rank = message.rank, .kind = kMpiTrial, .run = run_, .trial = static_cast<long long>(*trial)});
    }
    case kMpiOutcome:
      --there;
      return KeepOutcome(message, keep);
    case kMpiStopped:
      if (message.trial >= 0) --there;
      return stop.store(true);  // whoever stops one of the processes wants the run to stop
    case kMpiFailed:
      --there;
      return Fail(message, stop);
    default:
      throw std::logic_error("MPI: process " + std::to_string(message.rank) + " has sent a message of kind " +
                             std::to_string(message.kind));
  }
}

void MpiDistributor::KeepOutcome(const MpiMessage& message, const TrialExecutor::Keep& keep) {
  TrialRecord record = ParseTrialRecord(message.bytes);
  const auto trial = static_cast<std::size_t>(message.trial);
  if (record.values != trials_[trial].values) {
    throw std::runtime_error("process " + std::to_string(message.rank) + ": trial " +
                             std::to_string(message.trial + 1) + " is " + TrialKey(record.values) + " there and " +
                             TrialKey(trials_[trial].values) +
                             " here; accepted: processes of the same program with the same flags");
  }
  keep(trial, std::move(record.outcome), /*wait=*/false);
}

void MpiDistributor::Fail(const MpiMessage& message, std::atomic<bool>& stop) {
  if (!failure_) {
    failure_ =
        std::make_exception_ptr(std::runtime_error("process " + std::to_string(message.rank) + ": " + message.bytes));
  }
  stop.store(true);
}

}  // namespace hyperwidth
