// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_details.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <string_view>
#include <vector>

#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/report/report_table.h"
#include "experiments/report/report_values.h"

namespace hyperwidth {
namespace {

std::string FieldsTable(const std::string& caption, const Fields& fields) {
  if (fields.empty()) return "";
  std::string html = "<table class=\"fields\"><caption>" + caption + "</caption><tbody>\n";
  for (const Field& field : fields) {
    const std::string text = FieldText(field.value);
    html += fmt::format(
        "<tr><th>{}</th><td>{}</td></tr>\n", Escaped(field.name), text.empty() ? "<i>not set</i>" : Escaped(text));
  }
  return html + "</tbody></table>\n";
}

// Lists of one length as the columns of a table, the rest as a list above it; folded away.
std::string FoldedFields(const std::string& title, const Fields& fields) {
  if (fields.empty()) return "";
  std::size_t rows = 0;
  for (const Field& field : fields) rows = std::max(rows, ListLength(field.value).value_or(0));
  Fields alone, columns;
  for (const Field& field : fields) (rows > 0 && ListLength(field.value) == rows ? columns : alone).push_back(field);
  return Folded(title, FieldsTable("", alone) + ColumnsHtml(columns));
}

// The command, which may be broken between flags but not at the dashes within one.
std::string CommandHtml(const std::string& command) {
  std::string html = "<pre><code><span>" + Escaped(command);
  for (std::size_t at = 0; (at = html.find(" --", at)) != std::string::npos; at += 2) {
    constexpr std::string_view kBreak = "</span> <span>";
    html.replace(at, 1, kBreak);
    at += kBreak.size();
  }
  return html + "</span></code></pre>\n";
}

std::string HowToRerun(const Result& result) {
  return Folded("Settings and how to run it again",
                CommandHtml(RerunCommand(result)) + FieldsTable("Settings", result.settings) +
                    FieldsTable("Provenance", result.provenance));
}

}  // namespace

std::string DetailsHtml(const Result& result, std::span<const ReportFigure> figures) {
  return TablesHtml(result.tables) + FoldedFields("What no training can pass", result.floors) +
         FoldedFields("Forecast, and what it took", result.forecast) + ValuesHtml(figures) + HowToRerun(result);
}

}  // namespace hyperwidth
