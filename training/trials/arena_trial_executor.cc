// SPDX-License-Identifier: Apache-2.0
#include "training/trials/arena_trial_executor.h"

#include <oneapi/tbb/task_arena.h>

#include <chrono>
#include <exception>
#include <mutex>
#include <stdexcept>
#include <string>
#include <utility>

#include "training/arena_executor.h"
#include "training/run/stop_request.h"

namespace hyperwidth {
namespace {

using Clock = std::chrono::steady_clock;

// After a trial that took as long, its thread waits until the outcome is on the disk, which takes a few milliseconds:
// whoever kills the run then loses nothing but what is running. Shorter ones would wait longer than they take.
constexpr std::chrono::milliseconds kWorthWaiting{50};

// The first exception of several threads.
class FirstFailure {
 public:
  // Keeps the exception that is being handled.
  void Keep() {
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }
  void Rethrow() const {
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  std::mutex mutex_;
  std::exception_ptr failure_;
};

}  // namespace

ArenaTrialExecutor::ArenaTrialExecutor(int threads) : threads_(threads) {
  if (threads >= 1) return;
  throw std::invalid_argument("trials: threads = " + std::to_string(threads) + "; accepted: 1 or more");
}

void ArenaTrialExecutor::Run(const std::vector<std::size_t>& order,
                             const Measure& measure,
                             const Keep& keep,
                             std::atomic<bool>& stop) {
  if (order.empty()) return;
  std::atomic<std::size_t> next = 0;
  const auto take = [&]() -> std::optional<std::size_t> {
    const std::size_t place = next.fetch_add(1);
    return place < order.size() ? std::optional(order[place]) : std::nullopt;
  };
  Run(take, measure, keep, stop);
}

void ArenaTrialExecutor::Run(const std::function<std::optional<std::size_t>()>& next,
                             const Measure& measure,
                             const Keep& keep,
                             std::atomic<bool>& stop) const {
  FirstFailure failure;
  const auto take_trials = [&] {
    while (!stop.load()) {
      const std::optional<std::size_t> trial = next();
      if (!trial) return;
      try {
        const Clock::time_point start = Clock::now();
        TrialOutcome outcome = measure(*trial);
        keep(*trial, std::move(outcome), Clock::now() - start >= kWorthWaiting);
      } catch (const Stopped&) {
        if (stop.load()) return;
        stop.store(true);
        failure.Keep();
      } catch (...) {
        stop.store(true);  // before waiting for the others, who would go on meanwhile
        failure.Keep();
      }
    }
  };
  oneapi::tbb::task_arena arena(threads_);
  arena.execute([&] {
    ArenaExecutor(/*threads=*/0).Run(threads_, [&](Index, Index) {
      oneapi::tbb::this_task_arena::isolate(take_trials);
    });
  });
  failure.Rethrow();
}

}  // namespace hyperwidth
