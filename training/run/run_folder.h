// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_RUN_RUN_FOLDER_H_
#define HYPERWIDTH_TRAINING_RUN_RUN_FOLDER_H_

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace hyperwidth {

// What to do when the folder that a run is to fill already holds something.
enum class ExistingRun {
  kRefuse,     // stop: somebody's results are in it
  kOverwrite,  // replace the files of the earlier run; files that no run writes are left alone
  kResume,     // continue the earlier run: its files are kept
};

// The folder of one run: plain files that can be copied, compared and read by anything. Every file is written whole.
//
//   config.json    all settings, defaults included, written before the run starts
//   metrics.csv    one row per epoch, or per trial
//   trials.jsonl   what each finished trial has found, for runs that can be continued
//   result.json    what was found, written at the end: a folder without it is a run that did not finish
//   checkpoints/   parameters, and what training goes on from
class RunFolder {
 public:
  // Makes the folder, with its parents. Throws std::runtime_error naming the folder and what is accepted if it exists
  // and is not empty (kRefuse), holds no config.json (kResume), is being written by another run (kOverwrite; a run that
  // resumes finds out when it opens the journal), is not a folder, or cannot be made or written; std::invalid_argument
  // for an empty path.
  RunFolder(std::filesystem::path path, ExistingRun existing);

  // The folder of a process whose files nobody wants, since another one keeps those of the run: what is written goes
  // nowhere, and its path is empty.
  static RunFolder Nowhere() { return RunFolder(); }

  const std::filesystem::path& path() const { return path_; }
  bool resumes() const { return resumes_; }
  bool is_nowhere() const { return path_.empty(); }

  // Writes a file of the run, atomically. Throws std::runtime_error naming the file if that fails.
  void Write(const std::string& name, std::string_view contents) const;

  // Makes checkpoints/, or leaves it as it is, and returns its path. Throws std::runtime_error naming the folder if
  // that fails, std::logic_error if this is nowhere.
  std::filesystem::path MakeCheckpointFolder() const;

 private:
  RunFolder() = default;

  std::filesystem::path path_;
  bool resumes_ = false;
};

// The first of <parent>/<name>-1, <parent>/<name>-2, ... that does not exist.
std::filesystem::path NextRunFolder(const std::filesystem::path& parent, const std::string& name);

// One line of comma-separated values with its end, quoted where a comma or a quote would be misread.
std::string CsvLine(const std::vector<std::string>& values);

// The shortest text that reads back as the same number.
std::string MetricText(double value);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_RUN_RUN_FOLDER_H_
