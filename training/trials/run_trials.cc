// SPDX-License-Identifier: Apache-2.0
#include "training/trials/run_trials.h"

#include <oneapi/tbb/task_arena.h>

#include <algorithm>
#include <atomic>
#include <cmath>
#include <exception>
#include <mutex>
#include <new>
#include <set>
#include <stdexcept>
#include <utility>

#include "training/arena_executor.h"
#include "training/run/interrupt_handler.h"
#include "training/trials/trial_progress.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

void Validate(const std::vector<Trial>& trials, const TrialOptions& options) {
  if (options.threads < 1) {
    throw std::invalid_argument("trials: threads = " + std::to_string(options.threads) + "; accepted: 1 or more");
  }
  std::set<std::string> keys;
  for (const Trial& trial : trials) {
    RequireTrialValues(trial.values);
    const std::string key = TrialKey(trial.values);
    if (!keys.insert(key).second) {
      throw std::invalid_argument("trials: " + key + " is there twice; accepted: each once");
    }
    if (!(trial.work > 0) || std::isinf(trial.work)) {
      throw std::invalid_argument("trial " + key + ": work = " + std::to_string(trial.work) +
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
        stop_(options.stop != nullptr ? *options.stop : own_stop_),
        found_{.outcomes = std::vector<std::optional<TrialOutcome>>(trials.size())},
        progress_(options.title, Restore(), stop_) {
    std::stable_sort(
        queue_.begin(), queue_.end(), [&](std::size_t a, std::size_t b) { return trials[a].work > trials[b].work; });
  }

  TrialOutcomes Run() {
    if (!queue_.empty()) {
      std::optional<InterruptHandler> interrupts;
      if (options_.stop == nullptr) interrupts.emplace(stop_);
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
      const TrialOutcome* const outcome = journal_.Find(trials_[i].values);
      if (outcome == nullptr) {
        queue_.push_back(i);
        continue;
      }
      if (!IsAccepted(*outcome)) {
        throw std::runtime_error(journal_.path().string() + ": trial " + TrialKey(trials_[i].values) + " is " +
                                 std::string(ToString(outcome->state)) + "; accepted: complete");
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
        Keep(trial, Measure(trials_[trial]));
      } catch (const Stopped&) {
        if (!stop_.load()) Fail();
      } catch (...) {
        Fail();
      }
    }
  }

  bool IsAccepted(const TrialOutcome& outcome) const {
    return options_.ends == TrialEnds::kAny || outcome.state == TrialState::kComplete;
  }

  TrialOutcome Measure(const Trial& trial) {
    try {
      TrialOutcome outcome = trial.measure(StopRequest(stop_));
      if (IsAccepted(outcome)) return outcome;
      throw std::logic_error("trial " + TrialKey(trial.values) + " is " + std::string(ToString(outcome.state)) +
                             "; accepted: complete, or TrialEnds::kAny");
    } catch (const Stopped&) {
      throw;
    } catch (const std::bad_alloc&) {
      throw;  // says more of the machine than of the trial
    } catch (const std::exception& error) {
      if (options_.ends == TrialEnds::kComplete) throw;
      return TrialOutcome::Failed(error.what());
    }
  }

  void Keep(std::size_t trial, TrialOutcome outcome) {
    const std::lock_guard<std::mutex> lock(mutex_);
    journal_.Append({.values = trials_[trial].values, .outcome = outcome});
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
  std::atomic<bool> own_stop_ = false;
  std::atomic<bool>& stop_;
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
