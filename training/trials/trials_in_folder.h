// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIALS_IN_FOLDER_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIALS_IN_FOLDER_H_

#include <atomic>
#include <optional>
#include <vector>

#include "training/run/interrupt_handler.h"
#include "training/run/run_folder.h"
#include "training/run/throttle.h"
#include "training/trials/run_trials.h"
#include "training/trials/trial.h"
#include "training/trials/trial_journal.h"

namespace hyperwidth {

// Trials with their journal and their table, metrics.csv, in one folder: lists of them, each of which may depend on
// what came of those before.
//
//   TrialsInFolder trials(folder, {{"study", "search"}, {"seed", 1}}, {.title = "search", .threads = threads});
//   TrialOutcomes found = trials.Run(FirstTrials());
//   while (found.complete && !IsGoodEnough(found)) found = trials.Run(NextTrials(found));
//
// Continued, a run makes the same lists again, and has their outcomes at once. While it lives, SIGINT and SIGTERM ask
// to stop, between lists, too, unless the options have a `stop` of the caller's: the list that is run then or next is
// not complete.
class TrialsInFolder {
 public:
  // `study` as in TrialJournal. The folder must outlive this. Throws as TrialJournal and InterruptHandler.
  TrialsInFolder(const RunFolder& folder, const Fields& study, TrialOptions options);

  // RunTrials with the folder's journal. metrics.csv has the trials of this list and of those before, each once; it is
  // written when the list is done, and every few seconds on the way. Throws as RunTrials and RunFolder::Write; no trial
  // is measured after that.
  TrialOutcomes Run(const std::vector<Trial>& trials);

  // What is added to it is as if an earlier run had measured it.
  TrialJournal& journal() { return journal_; }

 private:
  void WriteTable(const std::vector<Trial>& trials, const TrialOutcomes& outcomes) const;

  const RunFolder& folder_;
  TrialOptions options_;
  TrialJournal journal_;
  std::atomic<bool> stop_ = false;
  std::optional<InterruptHandler> interrupts_;
  Throttle throttle_;
  std::vector<Fields> earlier_;  // values of the trials of earlier lists that have finished
};

// One list.
TrialOutcomes RunTrialsInFolder(const std::vector<Trial>& trials,
                                const RunFolder& folder,
                                const Fields& study,
                                const TrialOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIALS_IN_FOLDER_H_
