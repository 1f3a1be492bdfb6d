// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_EXECUTOR_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_EXECUTOR_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <vector>

#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Where trials are measured: on threads of this process, or in others that have the same list. It knows trials by their
// place in the list, and hands outcomes back as values; what becomes of them is not its business.
class TrialExecutor {
 public:
  // Measures that trial here, on the thread that calls. Throws what the trial throws.
  using Measure = std::function<TrialOutcome(std::size_t trial)>;
  // Takes an outcome, from any thread. If `wait`, returns only when it is on the disk, or the run has failed.
  using Keep = std::function<void(std::size_t trial, TrialOutcome outcome, bool wait)>;

  TrialExecutor() = default;
  TrialExecutor(const TrialExecutor&) = delete;
  TrialExecutor& operator=(const TrialExecutor&) = delete;
  virtual ~TrialExecutor() = default;

  // Whether outcomes are kept in this process: one of many has the folder of the run, and the others' goes nowhere.
  virtual bool keeps() const { return true; }

  // `value` as it is in the process that keeps. Every process asks at the same point of the program, where what it does
  // next depends on files that only one of them has.
  virtual bool SameEverywhere(bool value) { return value; }

  // Told at the beginning of each run: its list, and TrialOptions::threads.
  virtual void Begin(const std::vector<Trial>& /*trials*/, int /*threads*/) {}

  // Has these trials measured, begun in this order, each once. Returns when all have ended; after `stop` is set no
  // other one begins, and it returns when those that run have. A trial that throws sets `stop`, and the first exception
  // is thrown at the end; Stopped after `stop` was set is none.
  virtual void Run(const std::vector<std::size_t>& order,
                   const Measure& measure,
                   const Keep& keep,
                   std::atomic<bool>& stop) = 0;

  // Told at the end: all outcomes, or null for a run that failed. `stop` is that of Run, and may be set meanwhile.
  virtual void End(const TrialOutcomes* /*outcomes*/, const std::atomic<bool>& /*stop*/) {}
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_EXECUTOR_H_
