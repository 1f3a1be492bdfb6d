// SPDX-License-Identifier: Apache-2.0
//
// Long runs as lists of trials: independent pieces of work that run in parallel, are kept as they finish, and need not
// be repeated when the run is interrupted and continued.

#ifndef HYPERWIDTH_TRAINING_TRIALS_RUN_TRIALS_H_
#define HYPERWIDTH_TRAINING_TRIALS_RUN_TRIALS_H_

#include <atomic>
#include <cstddef>
#include <functional>
#include <string>
#include <vector>

#include "training/trials/trial.h"
#include "training/trials/trial_executor.h"
#include "training/trials/trial_journal.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

struct TrialOptions {
  std::string title = {};  // names the run on the progress line; empty: no such line
  int threads = 1;         // >= 1, of a oneTBB arena in each process
  TrialEnds ends = TrialEnds::kComplete;
  // Told of each trial as it finishes, its outcome being on the disk already: by its place in the list, with all
  // outcomes so far. One call at a time, on a thread of its own, while others go on; not for outcomes of an earlier
  // run. What it throws ends the run as if the trial had thrown it.
  std::function<void(const TrialOutcomes& so_far, std::size_t trial)> on_outcome = {};
  // Set by the caller when the run is to stop, as by an InterruptHandler of its own; and by RunTrials when a trial ends
  // the run. None: RunTrials handles SIGINT and SIGTERM itself.
  std::atomic<bool>* stop = nullptr;
  TrialExecutor* executor = nullptr;  // measures the trials; none: an ArenaTrialExecutor
};

// Runs the trials that `journal` does not hold yet, those with most work first, and returns the outcomes of all. May be
// called again with the same journal and trials that were made from these outcomes.
//
// A trial has finished once its outcome is on the disk. That takes milliseconds, which short trials do not wait for:
// the outcomes that have come meanwhile are written together.
//
// Meanwhile SIGINT and SIGTERM ask to stop: running trials see it, no other one begins, and `complete` is false unless
// all have finished all the same. A second SIGINT has its usual effect. While it runs, standard error shows how far it
// is, if it is a terminal. One call at a time in a process.
//
// Throws: std::invalid_argument if a trial's values are refused by RequireTrialValues or repeated, an effort is not
// positive and finite, or threads < 1; std::runtime_error if the journal holds a pruned or failed trial and `ends` is
// kComplete; what a trial throws, after the running ones have stopped (finished ones stay in the journal), where `ends`
// is kAny only std::bad_alloc and what is no std::exception; std::logic_error if a trial returns that it was pruned or
// failed where `ends` is kComplete; as TrialJournal::Append.
TrialOutcomes RunTrials(const std::vector<Trial>& trials, TrialJournal& journal, const TrialOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_RUN_TRIALS_H_
