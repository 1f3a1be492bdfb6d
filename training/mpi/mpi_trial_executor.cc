// SPDX-License-Identifier: Apache-2.0
#include "training/mpi/mpi_trial_executor.h"

#include <chrono>
#include <optional>
#include <stdexcept>
#include <thread>
#include <utility>

#include "training/mpi/mpi_distributor.h"
#include "training/mpi/mpi_kinds.h"
#include "training/mpi/mpi_worker.h"

namespace hyperwidth {

MpiTrialExecutor::MpiTrialExecutor(MpiSession& session) : session_(session) {}

MpiTrialExecutor::~MpiTrialExecutor() {
  if (keeps()) {
    TellOthers(kMpiLeave, "");
    return;
  }
  // What process 0 sends meanwhile has to be taken, or it would wait.
  while (!is_left_) Wait();
}

bool MpiTrialExecutor::SameEverywhere(bool value) {
  if (keeps()) {
    TellOthers(kMpiValue, value ? "1" : "0");
    return value;
  }
  for (;;) {
    const MpiMessage message = Wait();
    if (message.kind == kMpiValue) return message.bytes == "1";
    if (is_left_) throw std::runtime_error("the program has ended in the process that keeps the run");
  }
}

MpiMessage MpiTrialExecutor::Wait() {
  for (;;) {
    if (std::optional<MpiMessage> message = session_.Receive()) {
      is_left_ = message->kind == kMpiLeave;
      return *std::move(message);
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

void MpiTrialExecutor::Begin(const std::vector<Trial>& trials, int threads) {
  trials_ = &trials;
  threads_ = threads;
  ++run_;
}

void MpiTrialExecutor::Run(const std::vector<std::size_t>& order,
                           const Measure& measure,
                           const Keep& keep,
                           std::atomic<bool>& stop) {
  if (keeps()) {
    MpiDistributor(session_, *trials_, run_, gone_).Run(order, threads_, measure, keep, stop);
    return;
  }
  MpiWorker worker(session_, *trials_, run_);
  try {
    worker.Run(order, threads_, measure, keep, stop);
  } catch (...) {
    is_left_ = worker.is_left();
    throw;
  }
}

void MpiTrialExecutor::End(const TrialOutcomes* outcomes, const std::atomic<bool>& stop) {
  if (!keeps()) return;
  MpiMessage message{.kind = outcomes != nullptr ? kMpiOutcomes : kMpiRunFailed,
                     .run = run_,
                     .trial = -1,
                     .bytes = outcomes != nullptr ? MpiWorker::BytesOf(*trials_, *outcomes) : ""};
  // A run that is stopped may be so because one of them was killed, and does not take it.
  for (message.rank = 1; message.rank < session_.size() && !session_.gave_up_others(); ++message.rank) {
    session_.SendOrGiveUp(message, stop);
  }
}

void MpiTrialExecutor::Leave(const std::string& why) {
  if (!keeps() && !is_left_) session_.Send({.rank = 0, .kind = kMpiGone, .run = run_, .trial = -1, .bytes = why});
}

void MpiTrialExecutor::TellOthers(int kind, const std::string& bytes) {
  if (session_.gave_up_others()) return;
  for (int rank = 1; rank < session_.size(); ++rank) {
    session_.Send({.rank = rank, .kind = kind, .run = run_, .trial = -1, .bytes = bytes});
  }
}

}  // namespace hyperwidth
