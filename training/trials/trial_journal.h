// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_JOURNAL_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_JOURNAL_H_

#include <cstddef>
#include <cstdint>
#include <deque>
#include <filesystem>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "training/run/run_folder.h"
#include "training/trials/fields.h"
#include "training/trials/trial_outcome.h"
#include "training/trials/trial_record.h"

namespace hyperwidth {

// trials.jsonl: a line for what all trials have in common, then one for each trial that has finished.
//
//   {"study": {"experiment": "modularity_gap", "seed": {"unsigned": 1}}}
//   {"trial": {"method": "hypernetwork", "n": 8}, "state": "complete", "outcome": {"width": 16, "error": 0.0987}}
//
// Values come back as they went in, to the bit and to the type; trial_record.h has the notation.
class TrialJournal {
 public:
  // Opens the folder's journal and reads what an earlier run left; nowhere, outcomes are kept in memory alone. `study`
  // is all that outcomes depend on besides the values of their trials: the name of the work, its seed and its settings.
  //
  // A last line without its end, which a killed process leaves, is dropped and will be measured again. Throws
  // std::runtime_error naming the file and the line, what was found and what is accepted, for any other damage, for
  // repeated trials and for a journal of another study; or because the file cannot be opened, or is in use by another
  // process. A journal that is refused is left as it is.
  TrialJournal(const RunFolder& folder, const Fields& study);
  TrialJournal(const TrialJournal&) = delete;
  TrialJournal& operator=(const TrialJournal&) = delete;
  ~TrialJournal();

  const std::filesystem::path& path() const { return path_; }

  // The outcome of the trial with these values, or nullptr. Valid as long as the journal.
  const TrialOutcome* Find(const Fields& values) const;

  // All finished trials in the order of their lines: the first is on line 2.
  std::vector<TrialRecord> Records() const;

  // Adds outcomes, all or none of them; returns when they are on the disk. From any thread. Throws
  // std::invalid_argument if one is of a trial that is there already, or is no outcome or values that can be written
  // (RequireTrialValues, ToJsonLine); std::runtime_error naming the file if it cannot be written.
  void Append(std::span<const TrialRecord> records);
  void Append(const TrialRecord& record) { Append(std::span(&record, 1)); }

 private:
  void Open(const Fields& study);
  void ReadStudy(std::string_view line, const Fields& study) const;
  void ReadLine(std::string_view line, std::size_t number);
  void Write(std::string_view lines);
  [[noreturn]] void Fail(const std::string& what) const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;  // bytes that are whole lines
  mutable std::mutex mutex_;
  std::deque<TrialRecord> records_;
  std::map<std::string, std::size_t> places_;  // in records_, by TrialKey
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_JOURNAL_H_
