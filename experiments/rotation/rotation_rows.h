// SPDX-License-Identifier: Apache-2.0
//
// The runs of the experiment as rows: on standard output as they end, and in metrics.csv as they go.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_ROWS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_ROWS_H_

#include <cstddef>
#include <mutex>
#include <string>
#include <vector>

#include "experiments/rotation/rotation_record.h"
#include "training/run/run_folder.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Two lines of headings for the rows of PrintRun.
void PrintRunHeadings();

// What came of a run, a RotationOutcome or why it has failed.
void PrintRun(const RotationRunOptions& run, const TrialOutcome& outcome);

// metrics.csv: a row for each measured epoch, in the order of the runs, whichever of them goes on meanwhile.
class EpochTable {
 public:
  // Writes the headings. Both must outlive this. Throws: as RunFolder::Write.
  EpochTable(const RunFolder& folder, const std::vector<RotationRunOptions>& runs);

  // From any thread. Each throws: as RunFolder::Write.
  void Add(std::size_t run, const RotationEpoch& epoch);
  // All epochs of a run that has ended, instead of those that it has; none if it has failed.
  void Set(std::size_t run, const TrialOutcome& outcome);

 private:
  void Write() const;

  const RunFolder& folder_;
  const std::vector<RotationRunOptions>& runs_;
  std::mutex mutex_;
  std::vector<std::string> rows_;  // of each run
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_ROWS_H_
