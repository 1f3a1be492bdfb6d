// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_JOURNAL_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_JOURNAL_H_

#include <cstdint>
#include <filesystem>
#include <map>
#include <mutex>
#include <string>
#include <string_view>

#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// trials.jsonl: the outcomes of the trials that have finished, one object per line, on the disk before the next begins.
//
//   {"key": "hypernetwork n=8 target=3", "outcome": {"hidden_units": 16, "error": 0.0987}}
//
// Values come back as they went in, to the bit and to the type; trial_record.h has the notation.
class TrialJournal {
 public:
  // Opens the folder's journal and reads what an earlier run left. A last line without its end, which a killed process
  // leaves, is dropped and will be measured again. Throws std::runtime_error naming the file and the line, what was
  // found and what is accepted, for any other damage and for repeated keys; or because the file cannot be opened, or is
  // in use by another process.
  explicit TrialJournal(const RunFolder& folder);
  TrialJournal(const TrialJournal&) = delete;
  TrialJournal& operator=(const TrialJournal&) = delete;
  ~TrialJournal();

  const std::filesystem::path& path() const { return path_; }

  // The outcome of that trial, or nullptr. Valid as long as the journal.
  const Fields* Find(const std::string& key) const;

  // Adds an outcome; returns when it is on the disk. From any thread. Throws std::invalid_argument if there is one of
  // that key, or the outcome has a name twice, or a text is no UTF-8; std::runtime_error naming the file if it cannot
  // be written.
  void Append(const std::string& key, const Fields& outcome);

 private:
  void Read();
  void ReadLine(std::string_view line, std::size_t number);
  [[noreturn]] void Fail(const std::string& what) const;

  std::filesystem::path path_;
  int descriptor_ = -1;
  std::int64_t size_ = 0;  // bytes that are whole lines
  mutable std::mutex mutex_;
  std::map<std::string, Fields> outcomes_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_TRIAL_JOURNAL_H_
