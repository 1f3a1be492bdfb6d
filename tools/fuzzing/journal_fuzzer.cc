// SPDX-License-Identifier: Apache-2.0
//
// trials.jsonl as an earlier run may have left it. What can be read of it must be found, be kept when a trial is added,
// and be there when the journal is opened again.

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "tools/fuzzing/input_file.h"
#include "training/run/run_folder.h"
#include "training/trials/trial_journal.h"

namespace {

using namespace hyperwidth;

void Require(bool holds) {
  if (!holds) std::abort();
}

// A run's folder, whose journal is the file at a path; removed at the end of the process.
class FolderWithJournal {
 public:
  explicit FolderWithJournal(const std::filesystem::path& journal) {
    std::string name = (std::filesystem::temp_directory_path() / "journal_fuzzer_XXXXXX").string();
    Require(::mkdtemp(name.data()) != nullptr);
    path_ = name;
    std::ofstream(path_ / "config.json") << "{}";
    std::filesystem::create_symlink(journal, path_ / "trials.jsonl");
  }
  FolderWithJournal(const FolderWithJournal&) = delete;
  FolderWithJournal& operator=(const FolderWithJournal&) = delete;
  ~FolderWithJournal() { std::filesystem::remove_all(path_); }

  RunFolder Resumed() const { return {path_, ExistingRun::kResume}; }

 private:
  std::filesystem::path path_;
};

// As text, in which a NaN is equal to itself. Nothing: a name is in a trial and in its outcome, which nobody writes.
std::optional<std::string> LinesOf(const TrialJournal& journal) {
  std::string lines;
  for (const TrialRecord& record : journal.Records()) {
    Require(journal.Find(record.values) != nullptr);
    try {
      lines += ToJsonLine(record) + "\n";
    } catch (const std::invalid_argument&) {
      return std::nullopt;
    }
  }
  return lines;
}

void Check(const RunFolder& folder) {
  const Fields study = {{"study", "fuzzing"}, {"seed", std::uint64_t{1}}, {"sizes", std::vector<std::int64_t>{2, 4}}};
  const TrialRecord added{.values = {{"added", 1}}, .outcome = Fields{{"error", 0.5}}};
  std::optional<std::string> lines;
  {
    TrialJournal journal(folder, study);
    lines = LinesOf(journal);
    if (journal.Find(added.values) != nullptr) return;
    journal.Append(added);
  }
  const TrialJournal journal(folder, study);
  Require(journal.Find(added.values) != nullptr);
  if (lines) Require(LinesOf(journal) == *lines + ToJsonLine(added) + "\n");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return ReadInput(data, size, [](const std::filesystem::path& path) {
    static const FolderWithJournal folder(path);
    Check(folder.Resumed());
  });
}
