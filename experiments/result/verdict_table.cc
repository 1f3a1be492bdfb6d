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

}  // namespace

std::string VerdictTable(std::span<const Check> checks, int columns) {
  const Row heading = {"verdict", "check", "predicted", "measured [95 % interval]"};
  std::vector<Row> rows = {heading};
  for (const Check& check : checks) {
    rows.push_back(
        {std::string(ToString(check.verdict)), check.id, FormatRange(check.predicted), FormatMeasured(check)});
  }
  std::array<std::size_t, 4> widths = {};
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  }
  const std::size_t indent = widths[0] + kGap.size();
  const std::size_t text_width =
      std::max<std::size_t>(static_cast<std::size_t>(std::max(columns, 0)), indent + 20) - indent;

  std::string table = Line(heading, widths);
  Row rule;
  for (std::size_t i = 0; i < rule.size(); ++i) rule[i] = std::string(widths[i], '-');
  table += Line(rule, widths);
  for (std::size_t i = 0; i < checks.size(); ++i) {
    table += Line(rows[i + 1], widths);
    for (const std::string& line : Wrapped(checks[i].why, text_width)) table += std::string(indent, ' ') + line + "\n";
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
