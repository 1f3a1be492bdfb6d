// SPDX-License-Identifier: Apache-2.0
//
// Long experiments as lists of trials: independent pieces of work that run in parallel, are kept as they finish, and
// need not be repeated when the run is interrupted and continued.
//
//   TrialJournal journal(folder);
//   const TrialOutcomes found = RunTrials(trials, journal, {.title = "modularity_gap", .threads = threads});
//   Result result = Summarise(options, found);  // of what there is
//   if (!found.complete) MarkPartial(found, result);

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIALS_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIALS_H_

#include <cstddef>
#include <functional>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/program/trial_journal.h"
#include "experiments/result/result.h"
#include "training/run/stop_request.h"

namespace hyperwidth {

struct Trial {
  // Unique in a run, and readable: words and name=value, such as "hypernetwork m1=1 m2=1 n=8 target=3".
  std::string key;
  // Expected effort relative to the other trials, > 0: decides the order and the estimate of the time left.
  double work = 1;
  // Called once at most, on any thread. May use oneTBB: it then finds the arena of RunTrials. Looks at `stop` now and
  // then and throws Stopped when it says so. The outcome must depend on nothing but the trial, else an interrupted and
  // continued run differs from one in a single go.
  std::function<Fields(const StopRequest& stop)> measure;
};

struct TrialOutcomes {
  std::vector<std::optional<Fields>> outcomes;  // in the order of the trials, whatever the threads; empty: not finished
  bool complete = false;                        // all are there

  std::size_t finished() const;
};

struct TrialOptions {
  std::string title = {};  // names the run on the progress line; empty: no such line
  int threads = 1;         // of the arena, >= 1
  // Told of each trial as it finishes, its outcome being in the journal already: by its place in the list, with all
  // outcomes so far. One call at a time, on any thread; not for outcomes of an earlier run. What it throws ends the
  // run as if the trial had thrown it.
  std::function<void(const TrialOutcomes& so_far, std::size_t trial)> on_outcome = {};
};

// Runs the trials that `journal` does not hold yet, those with most work first, in a oneTBB arena, and returns the
// outcomes of all. A trial that waits for oneTBB work of its own does not start another one meanwhile.
//
// Meanwhile SIGINT and SIGTERM ask to stop: running trials see it, no other one begins, and `complete` is false unless
// all have finished all the same. A second SIGINT has its usual effect. While it runs, standard error shows how far it
// is, if it is a terminal. One call at a time in a process.
//
// Throws: std::invalid_argument if a key is empty or repeated, an effort is not positive and finite, or threads < 1;
// what a trial throws, after the running ones have stopped (finished ones stay in the journal); as
// TrialJournal::Append.
TrialOutcomes RunTrials(const std::vector<Trial>& trials, TrialJournal& journal, const TrialOptions& options);

// The value of that name in an outcome. Throws std::runtime_error naming it if it is missing or of another type.
template <typename Value>
const Value& OutcomeValue(const Fields& outcome, std::string_view name) {
  const FieldValue* const value = Find(outcome, name);
  if (value == nullptr) throw std::runtime_error("trial outcome: " + std::string(name) + " is missing");
  const Value* const typed = std::get_if<Value>(value);
  if (typed == nullptr) throw std::runtime_error("trial outcome: " + std::string(name) + " is of another type");
  return *typed;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIALS_H_
