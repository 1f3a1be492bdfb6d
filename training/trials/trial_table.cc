// SPDX-License-Identifier: Apache-2.0
#include "training/trials/trial_table.h"

#include <algorithm>

#include "training/run/run_folder.h"

namespace hyperwidth {
namespace {

// Adds the names that are not there yet.
void AddNames(const Fields& fields, std::vector<std::string>& names) {
  for (const Field& field : fields) {
    if (std::find(names.begin(), names.end(), field.name) == names.end()) names.push_back(field.name);
  }
}

void AddCells(const Fields& fields, const std::vector<std::string>& names, std::vector<std::string>& cells) {
  for (const std::string& name : names) {
    const FieldValue* const value = Find(fields, name);
    cells.push_back(value == nullptr ? "" : FieldText(*value));
  }
}

}  // namespace

std::string TrialTableText(const std::vector<TrialRow>& rows, TrialEnds ends) {
  std::vector<std::string> values, measured;
  for (const TrialRow& row : rows) {
    AddNames(*row.values, values);
    if (row.outcome != nullptr) AddNames(row.outcome->values, measured);
  }
  std::vector<std::string> cells = values;
  if (ends != TrialEnds::kComplete) cells.insert(cells.end(), {"state", "message"});
  cells.insert(cells.end(), measured.begin(), measured.end());
  std::string text = CsvLine(cells);
  for (const TrialRow& row : rows) {
    if (row.outcome == nullptr) continue;
    cells.clear();
    AddCells(*row.values, values, cells);
    if (ends != TrialEnds::kComplete)
      cells.insert(cells.end(), {std::string(ToString(row.outcome->state)), row.outcome->message});
    AddCells(row.outcome->values, measured, cells);
    text += CsvLine(cells);
  }
  return text;
}

}  // namespace hyperwidth
