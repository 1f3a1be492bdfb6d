// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/verdict_table.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <sstream>
#include <string_view>
#include <vector>

#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

using Row = std::array<std::string, 4>;
constexpr std::string_view kGap = "  ";

// `text` in lines of at most `width` columns; a word that is longer has a line of its own.
std::vector<std::string> Wrapped(const std::string& text, std::size_t width) {
  std::vector<std::string> lines = {""};
  std::istringstream words(text);
  for (std::string word; words >> word;) {
    if (!lines.back().empty() && lines.back().size() + 1 + word.size() > width) lines.emplace_back();
    lines.back() += (lines.back().empty() ? "" : " ") + word;
  }
  return lines;
}

// The cells side by side, without blanks at the end.
std::string Line(const Row& row, const std::array<std::size_t, 4>& widths) {
  std::string line;
  for (std::size_t i = 0; i < row.size(); ++i) line += fmt::format("{:<{}}{}", row[i], widths[i], kGap);
  line.erase(line.find_last_not_of(' ') + 1);
  return line + "\n";
}

// The id up to its first dot; "" if there is none.
std::string ExperimentOf(const Check& check) {
  const std::size_t dot = check.id.find('.');
  return dot == std::string::npos ? "" : check.id.substr(0, dot);
}

std::string NameOf(const Check& check) {
  const std::string experiment = ExperimentOf(check);
  return experiment.empty() ? check.id : check.id.substr(experiment.size() + 1);
}

// At most `width` characters, the middle cut out: ids of one experiment differ at both ends.
std::string Shortened(const std::string& text, std::size_t width) {
  constexpr std::string_view kCut = "..";
  if (text.size() <= width) return text;
  const std::size_t kept = width - kCut.size(), end = kept / 2;
  return text.substr(0, kept - end) + std::string(kCut) + text.substr(text.size() - end);
}

bool HaveSeveralExperiments(std::span<const Check> checks) {
  return std::any_of(checks.begin(), checks.end(), [&](const Check& check) {
    return ExperimentOf(check) != ExperimentOf(checks.front());
  });
}

}  // namespace

std::string VerdictTable(std::span<const Check> checks, const VerdictTableOptions& options) {
  constexpr std::size_t kNameColumn = 1, kShortestName = 12;
  const auto columns = static_cast<std::size_t>(std::max(options.columns, 0));
  std::vector<Row> rows = {{"verdict", "check", "predicted", "measured [95 % interval]"}};
  for (const Check& check : checks) {
    rows.push_back(
        {std::string(ToString(check.verdict)), NameOf(check), FormatRange(check.predicted), FormatMeasured(check)});
  }
  std::array<std::size_t, 4> widths = {};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  const std::size_t others = widths[0] + widths[2] + widths[3] + 3 * kGap.size();
  const std::size_t room = std::max(columns, others + kShortestName) - others;
  widths[kNameColumn] = std::min(widths[kNameColumn], room);
  for (Row& row : rows) row[kNameColumn] = Shortened(row[kNameColumn], room);

  std::string table = Line(rows.front(), widths);
  Row rule;
  for (std::size_t i = 0; i < rule.size(); ++i) rule[i] = std::string(widths[i], '-');
  table += Line(rule, widths);
  const std::size_t indent = widths[0] + kGap.size();
  const bool has_headings = HaveSeveralExperiments(checks);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const bool begins = i == 0 || ExperimentOf(checks[i]) != ExperimentOf(checks[i - 1]);
    if (has_headings && begins) table += ExperimentOf(checks[i]) + "\n";
    table += Line(rows[i + 1], widths);
    if (!options.details) continue;
    for (const std::string& line : Wrapped(checks[i].why, std::max(columns, indent + 20) - indent)) {
      table += std::string(indent, ' ') + line + "\n";
    }
  }
  return table + "\n" + VerdictCounts(checks) + "\n";
}

std::string VerdictCounts(std::span<const Check> checks) {
  return fmt::format("{} consistent, {} inconsistent, {} inconclusive",
                     CountVerdicts(checks, Verdict::kConsistent),
                     CountVerdicts(checks, Verdict::kInconsistent),
                     CountVerdicts(checks, Verdict::kInconclusive));
}

}  // namespace hyperwidth
