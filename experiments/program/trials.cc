// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trials.h"

#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <set>
#include <utility>

#include "experiments/program/trial_progress.h"
#include "training/arena_executor.h"
#include "training/run/interrupt_handler.h"

namespace hyperwidth {
namespace {

void Validate(const std::vector<Trial>& trials, const TrialOptions& options) {
  if (options.threads < 1) {
    throw std::invalid_argument("trials: threads = " + std::to_string(options.threads) + "; accepted: 1 or more");
  }
  std::set<std::string> keys;
  for (const Trial& trial : trials) {
    if (trial.key.empty()) throw std::invalid_argument("trials: a key is empty; accepted: words and name=value");
    if (!keys.insert(trial.key).second) {
      throw std::invalid_argument("trials: the key " + trial.key + " is there twice; accepted: each once");
    }
    if (!(trial.work > 0) || std::isinf(trial.work)) {
      throw std::invalid_argument("trial " + trial.key + ": work = " + std::to_string(trial.work) +
                                  "; accepted: a finite number above 0");
    }
  }
}

// One call of RunTrials.
class TrialRun {
 public:
  TrialRun(const std::vector<Trial>& trials, TrialJournal& journal, const TrialOptions& options)
      : trials_(trials),
        journal_(journal),
        options_(options),
        found_{.outcomes = std::vector<std::optional<Fields>>(trials.size())},
        progress_(options.title, Restore(), stop_) {
    std::stable_sort(
        queue_.begin(), queue_.end(), [&](std::size_t a, std::size_t b) { return trials[a].work > trials[b].work; });
  }

  TrialOutcomes Run() {
    if (!queue_.empty()) {
      const InterruptHandler interrupts(stop_);
      oneapi::tbb::task_arena arena(options_.threads);
      // Each of these takes trials until there are none. Threads that find none help the last trials with their own
      // tasks.
      arena.execute([this] {
        ArenaExecutor(/*threads=*/0).Run(options_.threads, [this](Index, Index) {
          oneapi::tbb::this_task_arena::isolate([this] { TakeTrials(); });
        });
      });
    }
    if (failure_) std::rethrow_exception(failure_);
    found_.complete = found_.finished() == trials_.size();
    return std::move(found_);
  }

 private:
  // Takes the outcomes of an earlier run from the journal and queues the other trials.
  TrialCounts Restore() {
    TrialCounts counts{.trials = trials_.size()};
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      counts.total_work += trials_[i].work;
      const Fields* const outcome = journal_.Find(trials_[i].key);
      if (outcome == nullptr) {
        queue_.push_back(i);
        continue;
      }
      found_.outcomes[i] = *outcome;
      ++counts.finished;
      counts.restored_work += trials_[i].work;
    }
    return counts;
  }

  void TakeTrials() {
    while (!stop_.load()) {
      const std::size_t place = next_.fetch_add(1);
      if (place >= queue_.size()) return;
      const std::size_t trial = queue_[place];
      try {
        Keep(trial, trials_[trial].measure(StopRequest(stop_)));
      } catch (const Stopped&) {
        if (!stop_.load()) Fail();
      } catch (...) {
        Fail();
      }
    }
  }

  void Keep(std::size_t trial, Fields outcome) {
    const std::lock_guard<std::mutex> lock(mutex_);
    journal_.Append(trials_[trial].key, outcome);
    found_.outcomes[trial] = std::move(outcome);
    found_.complete = found_.finished() == trials_.size();
    progress_.Finish(trials_[trial].work, [&] {
      if (options_.on_outcome) options_.on_outcome(found_, trial);
    });
  }

  // Ends the run with the exception that is being handled, if it is the first.
  void Fail() {
    stop_.store(true);  // before waiting for the others, who would go on meanwhile
    const std::lock_guard<std::mutex> lock(mutex_);
    if (!failure_) failure_ = std::current_exception();
  }

  const std::vector<Trial>& trials_;
  TrialJournal& journal_;
  const TrialOptions& options_;
  std::atomic<bool> stop_ = false;
  std::vector<std::size_t> queue_;  // trials to run, in that order
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;  // of what follows
  TrialOutcomes found_;
  std::exception_ptr failure_;
  TrialProgress progress_;
};

}  // namespace

std::size_t TrialOutcomes::finished() const {
  return static_cast<std::size_t>(
      std::count_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) { return outcome.has_value(); }));
}

TrialOutcomes RunTrials(const std::vector<Trial>& trials, TrialJournal& journal, const TrialOptions& options) {
  Validate(trials, options);
  return TrialRun(trials, journal, options).Run();
}

}  // namespace hyperwidth
