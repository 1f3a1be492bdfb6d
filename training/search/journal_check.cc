// SPDX-License-Identifier: Apache-2.0
#include "training/search/journal_check.h"

#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>

#include "training/trials/trial_record.h"

namespace hyperwidth {

void CheckJournal(const RunFolder& folder, const std::vector<Study>& studies) {
  const std::filesystem::path path = folder.path() / "trials.jsonl";
  std::ifstream file(path, std::ios::binary);
  std::string line;
  // The first line says what the journal is of, which TrialJournal has checked.
  for (std::size_t number = 1; std::getline(file, line) && !file.eof(); ++number) {
    if (number == 1) continue;
    try {
      const TrialRecord record = ParseTrialRecord(line);
      for (const Study& study : studies) study.CheckTrial(record.values);
    } catch (const std::exception& error) {
      throw std::runtime_error(path.string() + ": line " + std::to_string(number) + ": " + error.what());
    }
  }
}

}  // namespace hyperwidth
