// SPDX-License-Identifier: Apache-2.0
#include "training/trials/run_trials.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <set>
#include <stdexcept>
#include <utility>

#include "training/run/interrupt_handler.h"
#include "training/trials/arena_trial_executor.h"
#include "training/trials/measure_trial.h"
#include "training/trials/trial_keeper.h"
#include "training/trials/trial_progress.h"
#include "training/trials/trial_values.h"

namespace hyperwidth {
namespace {

void Validate(const std::vector<Trial>& trials) {
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
        order_.begin(), order_.end(), [&](std::size_t a, std::size_t b) { return trials[a].work > trials[b].work; });
  }

  TrialOutcomes Run(TrialExecutor& executor) {
    std::optional<InterruptHandler> interrupts;
    if (options_.stop == nullptr) interrupts.emplace(stop_);
    executor.Begin(trials_, options_.threads);
    try {
      Measure(executor);
    } catch (...) {
      executor.End(nullptr, stop_);
      throw;
    }
    found_.complete = finished_ == trials_.size();
    executor.End(&found_, stop_);
    return std::move(found_);
  }

 private:
  // Takes the outcomes of an earlier run from the journal, and queues the other trials.
  TrialCounts Restore() {
    TrialCounts counts{.trials = trials_.size()};
    for (std::size_t i = 0; i < trials_.size(); ++i) {
      counts.total_work += trials_[i].work;
      const TrialOutcome* const outcome = journal_.Find(trials_[i].values);
      if (outcome == nullptr) {
        order_.push_back(i);
        continue;
      }
      if (!MayEndLike(outcome->state, options_.ends)) {
        throw std::runtime_error(journal_.path().string() + ": trial " + TrialKey(trials_[i].values) + " is " +
                                 std::string(ToString(outcome->state)) + "; accepted: complete");
      }
      found_.outcomes[i] = *outcome;
      counts.restored_work += trials_[i].work;
    }
    counts.finished = finished_ = trials_.size() - order_.size();
    return counts;
  }

  void Measure(TrialExecutor& executor) {
    TrialKeeper keeper(
        trials_, journal_, stop_, [this](std::size_t trial, TrialOutcome outcome) { Tell(trial, std::move(outcome)); });
    std::exception_ptr failure;
    try {
      executor.Run(
          order_,
          [this](std::size_t trial) { return MeasureTrial(trials_[trial], options_.ends, StopRequest(stop_)); },
          [&](std::size_t trial, TrialOutcome outcome, bool wait) { keeper.Keep(trial, std::move(outcome), wait); },
          stop_);
    } catch (...) {
      failure = std::current_exception();
    }
    keeper.Finish();  // what has been measured is kept, whatever came after it
    if (failure) std::rethrow_exception(failure);
  }

  // An outcome is on the disk.
  void Tell(std::size_t trial, TrialOutcome outcome) {
    found_.outcomes[trial] = std::move(outcome);
    found_.complete = ++finished_ == trials_.size();
    progress_.Finish(trials_[trial].work, [&] {
      if (options_.on_outcome) options_.on_outcome(found_, trial);
    });
  }

  const std::vector<Trial>& trials_;
  TrialJournal& journal_;
  const TrialOptions& options_;
  std::atomic<bool> own_stop_ = false;
  std::atomic<bool>& stop_;
  std::vector<std::size_t> order_;  // of the trials to measure
  std::size_t finished_ = 0;
  TrialOutcomes found_;
  TrialProgress progress_;
};

}  // namespace

TrialOutcomes RunTrials(const std::vector<Trial>& trials, TrialJournal& journal, const TrialOptions& options) {
  Validate(trials);
  TrialRun run(trials, journal, options);
  if (options.executor != nullptr) return run.Run(*options.executor);
  ArenaTrialExecutor executor(options.threads);
  return run.Run(executor);
}

}  // namespace hyperwidth
