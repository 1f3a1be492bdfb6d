// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/result.h"

#include <algorithm>
#include <cctype>
#include <cstddef>
#include <optional>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

namespace hyperwidth {
namespace {

void Require(bool condition, const std::string& message) {
  if (!condition) throw std::invalid_argument(message);
}

void RequireNames(const std::string& where, const std::vector<std::string>& names) {
  std::set<std::string> seen;
  for (const std::string& name : names) {
    Require(!name.empty(), where + ": a name is empty");
    Require(seen.insert(name).second, where + ": '" + name + "' appears twice");
  }
}

std::vector<std::string> Names(const Fields& fields) {
  std::vector<std::string> names;
  for (const Field& field : fields) names.push_back(field.name);
  return names;
}

// False for NaN at either end as well.
bool IsOrdered(const Interval& interval) { return interval.low <= interval.high; }

void ValidateSeries(const Series& series) {
  const std::string where = "series '" + series.name + "'";
  Require(!series.x_name.empty() && !series.y_name.empty(), where + ": x_name or y_name is empty");
  const auto same_length = [&](const std::string& name, std::size_t size) {
    Require(size == series.x.size(),
            where + ": " + name + " has " + std::to_string(size) + " values, x has " + std::to_string(series.x.size()));
  };
  same_length("y", series.y.size());
  if (!series.y_ci95.empty()) same_length("y_ci95", series.y_ci95.size());
  for (const Interval& interval : series.y_ci95) Require(IsOrdered(interval), where + ": y_ci95 has low > high");
  std::vector<std::string> names = {
      "name", "x_name", "x", "y_name", "y", "y_ci95", "style", "x_scale", "y_scale", "figure"};
  for (const Column& column : series.columns) {
    names.push_back(column.name);
    same_length(column.name, column.values.size());
  }
  RequireNames(where, names);
}

void ValidateCases(const std::vector<Check>& checks) {
  std::set<std::pair<std::string, std::string>> cases;
  for (const Check& check : checks) {
    const std::string where = "check '" + check.id + "': ";
    Require(check.which.empty() == check.group.empty(), where + "has one of group and case without the other");
    Require(check.group.empty() || cases.insert({check.group, check.which}).second,
            where + "case '" + check.which + "' appears twice in its group");
  }
}

void ValidateNotes(const Result& result) {
  using Key = std::tuple<std::string, std::string, std::string>;
  std::set<Key> figures, noted;
  for (const Series& series : result.series) figures.insert({series.x_name, series.y_name, series.figure});
  for (const FigureNote& note : result.figures) {
    const Key key{note.x_name, note.y_name, note.figure};
    const std::string where = "note to figure '" + note.figure + "' of '" + note.y_name + "' against '" + note.x_name;
    Require(figures.contains(key), where + "': there is no such series");
    Require(noted.insert(key).second, where + "': appears twice");
  }
}

void ValidateTables(const std::vector<ResultTable>& tables) {
  std::vector<std::string> titles;
  for (const ResultTable& table : tables) {
    titles.push_back(table.title);
    const std::string where = "table '" + table.title + "'";
    RequireNames(where, Names(table.columns));
    Require(!table.columns.empty(), where + ": has no columns");
    const std::size_t rows = ListLength(table.columns.front().value).value_or(0);
    for (const Field& column : table.columns) {
      const std::optional<std::size_t> length = ListLength(column.value);
      Require(length.has_value(), where + ": column '" + column.name + "' is no list");
      Require(*length == rows,
              where + ": column '" + column.name + "' has " + std::to_string(*length) + " values, the first one has " +
                  std::to_string(rows));
    }
  }
  RequireNames("tables", titles);
}

std::string ShellQuoted(const std::string& text) {
  const bool plain = std::all_of(text.begin(), text.end(), [](unsigned char c) {
    return std::isalnum(c) != 0 || std::string_view("-_=.,/:+@%").find(static_cast<char>(c)) != std::string_view::npos;
  });
  if (plain) return text;
  std::string quoted = "'";
  for (const char c : text) quoted += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return quoted + "'";
}

}  // namespace

std::string_view ToString(Verdict verdict) {
  switch (verdict) {
    case Verdict::kConsistent:
      return "consistent";
    case Verdict::kInconsistent:
      return "inconsistent";
    case Verdict::kInconclusive:
      break;
  }
  return "inconclusive";
}

void Validate(const Result& result) {
  Require(!result.experiment.empty(), "experiment: the name is empty");
  RequireNames("settings", Names(result.settings));
  RequireNames("provenance", Names(result.provenance));
  for (const Series& series : result.series) {
    Require(!series.name.empty(), "series: a name is empty");
    ValidateSeries(series);
  }
  std::vector<std::string> ids;
  for (const Check& check : result.checks) {
    ids.push_back(check.id);
    Require(IsOrdered(check.predicted), "check '" + check.id + "': predicted has low > high");
    Require(!check.ci95 || IsOrdered(*check.ci95), "check '" + check.id + "': ci95 has low > high");
  }
  RequireNames("checks", ids);
  ValidateCases(result.checks);
  const auto has_check = [&](const std::string& id) { return std::find(ids.begin(), ids.end(), id) != ids.end(); };
  Require(result.decisive.empty() || has_check(result.decisive),
          "decisive: there is no check '" + result.decisive + "'");
  ValidateNotes(result);
  RequireNames("forecast", Names(result.forecast));
  RequireNames("floors", Names(result.floors));
  ValidateTables(result.tables);
  if (!result.advice) return;
  Require(!result.advice->sentence.empty(), "advice: the sentence is empty");
  for (const std::string& id : result.advice->because) {
    Require(has_check(id), "advice: there is no check '" + id + "'");
  }
}

std::string RerunCommand(const Result& result) {
  if (const FieldValue* command = Find(result.provenance, "command")) {
    if (const auto* text = std::get_if<std::string>(command)) return *text;
  }
  std::string command = "bazel run //experiments/" + result.experiment + " --";
  if (const FieldValue* program = Find(result.provenance, "program")) command = FieldText(*program);
  for (const Field& field : result.settings) {
    const std::string text = FieldText(field.value);
    if (text.empty()) continue;  // `--flag=` would take the next argument for its value
    std::string flag = field.name;
    std::replace(flag.begin(), flag.end(), '_', '-');
    command += " " + ShellQuoted("--" + flag + "=" + text);
  }
  return command;
}

}  // namespace hyperwidth
