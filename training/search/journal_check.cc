// SPDX-License-Identifier: Apache-2.0
#include "training/search/journal_check.h"

#include <cstddef>
#include <stdexcept>
#include <string>

namespace hyperwidth {

void CheckJournal(const TrialJournal& journal, const std::vector<Study>& studies) {
  std::size_t line = 1;
  for (const TrialRecord& record : journal.Records()) {
    ++line;
    try {
      for (const Study& study : studies) study.CheckTrial(record.values);
    } catch (const std::invalid_argument& error) {
      throw std::runtime_error(journal.path().string() + ": line " + std::to_string(line) + ": " + error.what());
    }
  }
}

}  // namespace hyperwidth
