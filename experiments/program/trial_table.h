// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_TABLE_H_

#include <string>
#include <vector>

#include "experiments/program/trials.h"
#include "training/run/run_folder.h"
#include "training/run/throttle.h"

namespace hyperwidth {

// The finished trials as lines of comma-separated values, in the order of the trials, after a line of headings:
// `trial` with the words of the key, a column for each name=value in keys, and one for each name in outcomes. Lists are
// written "2,4" in quotes; what a trial does not have stays empty.
std::string TrialTableText(const std::vector<Trial>& trials, const TrialOutcomes& outcomes);

// metrics.csv: that table, written whole, not more than every few seconds however fast trials finish.
//
//   TrialTable table(folder, trials);
//   const TrialOutcomes found = RunTrials(trials, journal, {.on_outcome = [&](const auto& so_far, auto) {
//     table.Update(so_far);
//   }});
//   table.Write(found);
class TrialTable {
 public:
  // Both must outlive the table.
  TrialTable(const RunFolder& folder, const std::vector<Trial>& trials);

  // Writes the file if it is time to. Throws as RunFolder::Write.
  void Update(const TrialOutcomes& so_far);
  // Writes the file.
  void Write(const TrialOutcomes& outcomes) const;

 private:
  const RunFolder& folder_;
  const std::vector<Trial>& trials_;
  Throttle throttle_;
};

// RunTrials with the folder's journal and its metrics.csv, which is kept up to date. Throws: as RunTrials, TrialJournal
// and RunFolder::Write.
TrialOutcomes RunTrialsInFolder(const std::vector<Trial>& trials,
                                const RunFolder& folder,
                                const std::string& title,
                                int threads);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_TABLE_H_
