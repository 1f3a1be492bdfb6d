// SPDX-License-Identifier: Apache-2.0
#include "training/arrays/csv_columns.h"

#include <charconv>
#include <set>
#include <stdexcept>

#include "training/arrays/csv_field.h"
#include "training/arrays/quoted_text.h"

namespace hyperwidth {
namespace {

std::string AcceptedText(const std::vector<CsvArray>& accepted) {
  std::string text;
  for (const CsvArray& array : accepted) {
    text += (text.empty() ? "" : ", ") + (array.is_vector ? array.name + "_0 .." : array.name);
  }
  return text;
}

// Where a column of this name goes; to no array if it is none.
CsvColumn PlaceOf(const std::string& name, const std::vector<CsvArray>& accepted) {
  for (const CsvArray& array : accepted) {
    if (!array.is_vector && name == array.name) return {.name = name, .array = &array};
    if (!array.is_vector || !name.starts_with(array.name + "_")) continue;
    const std::string digits = name.substr(array.name.size() + 1);
    std::int64_t index = 0;
    const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), index);
    // 01 would be the same column as 1.
    if (failure == std::errc() && std::to_string(index) == digits && index >= 0) {
      return {.name = name, .array = &array, .index = index};
    }
  }
  return {.name = name};
}

// The one that occurs first outside quotes; a comma if there is none.
char DelimiterOf(std::string_view line) {
  bool quoted = false;
  for (const char c : line) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == ',' || c == ';' || c == '\t')) return c;
  }
  return ',';
}

}  // namespace

CsvHeader ParseCsvHeader(std::string_view line, const std::vector<CsvArray>& accepted) {
  CsvHeader header{.delimiter = DelimiterOf(line)};
  std::set<std::string> names;
  for (bool more = true; more;) {
    const std::string name = TakeField(line, header.delimiter, more);
    header.columns.push_back(PlaceOf(name, accepted));
    if (name.empty()) continue;
    if (header.columns.back().array == nullptr) {
      throw std::invalid_argument("found a column " + QuotedText(name) + "; accepted: " + AcceptedText(accepted));
    }
    if (!names.insert(name).second) {
      throw std::invalid_argument("found column " + QuotedText(name) + " twice; accepted: each once");
    }
    ++header.counts[header.columns.back().array->name];
  }
  // A delimiter at the end of the line: the rows may or may not have it, too.
  if (header.columns.back().name.empty()) header.columns.pop_back();
  if (names.empty()) throw std::invalid_argument("found no column; accepted: " + AcceptedText(accepted));
  for (const CsvColumn& column : header.columns) {
    if (column.array == nullptr) continue;
    const std::int64_t count = header.counts.at(column.array->name);
    if (column.index < count) continue;
    throw std::invalid_argument("found column " + QuotedText(column.name) + " of " + std::to_string(count) +
                                "; accepted: " + column.array->name + "_0 to " + column.array->name + "_" +
                                std::to_string(count - 1) + ", none left out");
  }
  return header;
}

}  // namespace hyperwidth
