// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_table.h"

#include <cstddef>
#include <cstdint>
#include <variant>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

std::string CellHtml(const FieldValue& list, std::size_t row) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&list)) return FormatNumber((*numbers)[row]);
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&list)) return std::to_string((*numbers)[row]);
  return Escaped(std::get<std::vector<std::string>>(list)[row]);
}

}  // namespace

std::string ColumnsHtml(const Fields& columns) {
  if (columns.empty()) return "";
  std::string html = "<div class=\"scroll\"><table><thead><tr>";
  for (const Field& column : columns) html += "<th>" + Escaped(Spaced(column.name)) + "</th>";
  html += "</tr></thead><tbody>\n";
  for (std::size_t row = 0; row < ListLength(columns.front().value).value_or(0); ++row) {
    html += "<tr>";
    for (const Field& column : columns) html += "<td>" + CellHtml(column.value, row) + "</td>";
    html += "</tr>\n";
  }
  return html + "</tbody></table></div>\n";
}

std::string TablesHtml(const std::vector<ResultTable>& tables) {
  std::string html;
  for (const ResultTable& table : tables) {
    html += Folded(table.title, Paragraphs(table.caption) + ColumnsHtml(table.columns));
  }
  return html;
}

}  // namespace hyperwidth
