// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/trial_table.h"

#include <algorithm>
#include <sstream>

#include "experiments/program/trial_journal.h"

namespace hyperwidth {
namespace {

constexpr std::chrono::seconds kWriteEvery{2};

// The words of a key together, then its name=value pairs.
Fields KeyFields(const std::string& key) {
  Fields fields = {{"trial", std::string()}};
  std::string words;
  std::istringstream stream(key);
  for (std::string word; stream >> word;) {
    const std::size_t equals = word.find('=');
    if (equals == std::string::npos || equals == 0) {
      words += (words.empty() ? "" : " ") + word;
    } else {
      fields.emplace_back(word.substr(0, equals), word.substr(equals + 1));
    }
  }
  fields.front().value = words;
  return fields;
}

// Adds the names that are not there yet.
void AddNames(const Fields& fields, std::vector<std::string>& names) {
  for (const Field& field : fields) {
    if (std::find(names.begin(), names.end(), field.name) == names.end()) names.push_back(field.name);
  }
}

std::string CellText(const Fields& key, const Fields& outcome, const std::string& name) {
  const FieldValue* value = Find(outcome, name);
  if (value == nullptr) value = Find(key, name);
  return value == nullptr ? "" : FieldText(*value);
}

}  // namespace

std::string TrialTableText(const std::vector<Trial>& trials, const TrialOutcomes& outcomes) {
  std::vector<std::string> names = {"trial"};
  for (const Trial& trial : trials) AddNames(KeyFields(trial.key), names);
  for (const std::optional<Fields>& outcome : outcomes.outcomes) {
    if (outcome) AddNames(*outcome, names);
  }
  std::string text = CsvLine(names);
  for (std::size_t i = 0; i < trials.size(); ++i) {
    if (!outcomes.outcomes[i]) continue;
    const Fields key = KeyFields(trials[i].key);
    std::vector<std::string> cells;
    for (const std::string& name : names) cells.push_back(CellText(key, *outcomes.outcomes[i], name));
    text += CsvLine(cells);
  }
  return text;
}

TrialTable::TrialTable(const RunFolder& folder, const std::vector<Trial>& trials)
    : folder_(folder), trials_(trials), throttle_(kWriteEvery) {}

void TrialTable::Update(const TrialOutcomes& so_far) {
  if (throttle_.Due()) Write(so_far);
}

void TrialTable::Write(const TrialOutcomes& outcomes) const {
  folder_.Write("metrics.csv", TrialTableText(trials_, outcomes));
}

TrialOutcomes RunTrialsInFolder(const std::vector<Trial>& trials,
                                const RunFolder& folder,
                                const std::string& title,
                                int threads) {
  TrialJournal journal(folder);
  TrialTable table(folder, trials);
  const TrialOutcomes found =
      RunTrials(trials,
                journal,
                {.title = title, .threads = threads, .on_outcome = [&](const TrialOutcomes& so_far, std::size_t) {
                   table.Update(so_far);
                 }});
  table.Write(found);
  return found;
}

}  // namespace hyperwidth
