// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_worker.h"

#include <chrono>
#include <exception>
#include <set>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

#include "training/mpi/mpi_kinds.h"
#include "training/run/stop_request.h"
#include "training/trials/arena_trial_executor.h"
#include "training/trials/trial_record.h"

namespace hyperwidth {

MpiWorker::MpiWorker(const MpiSession& session, const std::vector<Trial>& trials, long long run)
    : session_(session), trials_(trials), run_(run) {}

bool MpiWorker::is_left() const { return end_ && end_->kind == kMpiLeave; }

void MpiWorker::Run(const std::vector<std::size_t>& order,
                    int threads,
                    const TrialExecutor::Measure& measure,
                    const TrialExecutor::Keep& keep,
                    std::atomic<bool>& stop) {
  const ArenaTrialExecutor arena(threads);
  std::thread talker([&] { Talk(stop); });
  std::exception_ptr failure;
  try {
    arena.Run([&] { return Next(stop); },
              [&](std::size_t trial) { return MeasureOrTell(trial, measure); },
              [this](std::size_t trial, TrialOutcome outcome, bool /*wait*/) {
                Say(kMpiOutcome,
                    static_cast<long long>(trial),
                    ToJsonLine({.values = trials_[trial].values, .outcome = std::move(outcome)}));
              },
              stop);
  } catch (...) {
    failure = std::current_exception();
  }
  talker.join();
  if (failure) std::rethrow_exception(failure);
  if (end_->kind != kMpiOutcomes) throw std::runtime_error("the run has ended in the process that keeps it");
  KeepThose(order, keep);
}

std::optional<std::size_t> MpiWorker::Next(const std::atomic<bool>& stop) {
  Say(kMpiWant, -1);
  std::unique_lock<std::mutex> lock(mutex_);
  while (handed_.empty() && !end_ && !stop.load()) changed_.wait_for(lock, 10 * kMpiPoll);  // a signal tells nobody
  if (handed_.empty() || end_ || stop.load()) return std::nullopt;
  const std::size_t trial = handed_.front();
  handed_.pop_front();
  return trial;
}

TrialOutcome MpiWorker::MeasureOrTell(std::size_t trial, const TrialExecutor::Measure& measure) {
  const auto number = static_cast<long long>(trial);
  try {
    TrialOutcome outcome = measure(trial);
    ToJsonLine({.values = trials_[trial].values, .outcome = outcome});  // or it cannot be told
    return outcome;
  } catch (const Stopped&) {
    Say(kMpiStopped, number);
    throw;
  } catch (const std::exception& error) {
    Say(kMpiFailed, number, error.what());
    throw;
  } catch (...) {
    Say(kMpiFailed, number, "a trial has thrown what is no exception");
    throw;
  }
}

void MpiWorker::Say(int kind, long long trial, std::string bytes) {
  const std::lock_guard<std::mutex> lock(mutex_);
  said_.push_back({.rank = 0, .kind = kind, .run = run_, .trial = trial, .bytes = std::move(bytes)});
  something_said_.notify_one();
}

void MpiWorker::Talk(std::atomic<bool>& stop) {
  using Clock = std::chrono::steady_clock;
  Clock::time_point talked = Clock::now();
  bool told_of_stop = false;
  for (;;) {
    if (stop.load() && !told_of_stop) {
      told_of_stop = true;
      Say(kMpiStopped, -1);
    }
    const bool has_sent = SendWhatWasSaid();
    std::optional<MpiMessage> message = session_.Receive();
    if (has_sent || message) talked = Clock::now();
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      if (message) Hear(*std::move(message), stop);
      if (stop.load()) {
        for (const std::size_t trial : handed_) {
          said_.push_back({.rank = 0, .kind = kMpiStopped, .run = run_, .trial = static_cast<long long>(trial)});
        }
        handed_.clear();
      }
      if (end_) return;  // nobody listens any more
    }
    if (message) continue;
    if (Clock::now() - talked < kMpiEager) {
      std::this_thread::yield();
    } else {
      std::unique_lock<std::mutex> lock(mutex_);
      if (said_.empty()) something_said_.wait_for(lock, kMpiPoll);
    }
  }
}

void MpiWorker::Hear(MpiMessage message, std::atomic<bool>& stop) {
  if (message.kind == kMpiLeave) {
    end_ = std::move(message);
    stop.store(true);
  } else if (message.run == run_) {
    if (message.kind == kMpiTrial) handed_.push_back(static_cast<std::size_t>(message.trial));
    if (message.kind == kMpiStop || message.kind == kMpiRunFailed) stop.store(true);
    if (message.kind == kMpiOutcomes || message.kind == kMpiRunFailed) end_ = std::move(message);
  }
  changed_.notify_all();
}

bool MpiWorker::SendWhatWasSaid() {
  std::vector<MpiMessage> messages;
  {
    const std::lock_guard<std::mutex> lock(mutex_);
    messages.swap(said_);
  }
  for (const MpiMessage& message : messages) session_.Send(message);
  return !messages.empty();
}

std::string MpiWorker::BytesOf(const std::vector<Trial>& trials, const TrialOutcomes& outcomes) {
  std::string bytes;
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!outcomes.outcomes[i]) continue;
    bytes +=
        std::to_string(i) + " " + ToJsonLine({.values = trials[i].values, .outcome = *outcomes.outcomes[i]}) + "\n";
  }
  return bytes;
}

void MpiWorker::KeepThose(const std::vector<std::size_t>& order, const TrialExecutor::Keep& keep) const {
  const std::set<std::size_t> wanted(order.begin(), order.end());
  std::istringstream lines(end_->bytes);
  std::size_t trial = 0;
  for (std::string line; lines >> trial && lines.get() && std::getline(lines, line);) {
    if (wanted.contains(trial)) keep(trial, ParseTrialRecord(line).outcome, /*wait=*/false);
  }
}

}  // namespace hyperwidth
