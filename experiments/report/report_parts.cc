// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_parts.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <sstream>
#include <string_view>
#include <type_traits>
#include <variant>
#include <vector>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/interval_strip.h"
#include "experiments/report/report_figures.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

std::string CheckHtml(const Check& check, const std::string& anchor) {
  return fmt::format(
      "<article class=\"check {}\" id=\"{}\">\n<h3>{} {}</h3>\n<p class=\"id\">{}</p>\n"
      "<div class=\"numbers\"><dl><div><dt>Predicted</dt><dd>{}</dd></div><div><dt>Measured <small>[95 % "
      "interval]</small></dt>"
      "<dd>{}</dd></div></dl>{}</div>\n<p class=\"why\">{}</p>\n</article>\n",
      ToString(check.verdict),
      anchor,
      Badge(check.verdict),
      Escaped(check.claim),
      IdHtml(check.id),
      FormatRange(check.predicted),
      MeasuredHtml(check),
      IntervalStrip(check),
      Escaped(check.why));
}

std::string ValuesTable(const Series& series) {
  const std::string figure = series.figure.empty() ? "" : " (" + Spaced(series.figure) + ")";
  std::string html = fmt::format("<table><caption>{}</caption><thead><tr><th>{}</th><th>{}</th>",
                                 Escaped(Spaced(series.name) + figure),
                                 Escaped(Spaced(series.x_name)),
                                 Escaped(Spaced(series.y_name)));
  if (!series.y_ci95.empty()) html += "<th>95 % interval</th>";
  for (const Column& column : series.columns) html += "<th>" + Escaped(Spaced(column.name)) + "</th>";
  html += "</tr></thead><tbody>\n";
  for (std::size_t i = 0; i < series.x.size(); ++i) {
    html += fmt::format("<tr><td>{}</td><td>{}</td>", FormatNumber(series.x[i]), FormatNumber(series.y[i]));
    if (!series.y_ci95.empty()) html += "<td>" + FormatInterval(series.y_ci95[i]) + "</td>";
    for (const Column& column : series.columns) html += "<td>" + FormatNumber(column.values[i]) + "</td>";
    html += "</tr>\n";
  }
  return "<div class=\"scroll\">" + html + "</tbody></table></div>\n";
}

std::string Values(const Result& result) {
  if (result.series.empty()) return "";
  std::string html = "<details><summary>Values</summary>\n<div class=\"values\">\n";
  for (const Series& series : result.series) html += ValuesTable(series);
  return html + "</div></details>\n";
}

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

std::size_t LengthOf(const FieldValue& value) {
  return std::visit(
      [](const auto& held) -> std::size_t {
        if constexpr (requires { held.begin(); } && !std::is_same_v<std::decay_t<decltype(held)>, std::string>) {
          return held.size();
        }
        return 0;
      },
      value);
}

std::string CellText(const FieldValue& value, std::size_t row) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&value)) return FormatNumber((*numbers)[row]);
  if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&value)) return std::to_string((*numbers)[row]);
  return Escaped(std::get<std::vector<std::string>>(value)[row]);
}

// Lists of one length as the columns of a table, the rest as a list above it; folded away.
std::string FoldedFields(const std::string& title, const Fields& fields) {
  if (fields.empty()) return "";
  std::size_t rows = 0;
  for (const Field& field : fields) rows = std::max(rows, LengthOf(field.value));
  Fields alone;
  std::vector<const Field*> columns;
  for (const Field& field : fields) {
    if (rows > 0 && LengthOf(field.value) == rows) {
      columns.push_back(&field);
    } else {
      alone.push_back(field);
    }
  }
  std::string html = "<details><summary>" + Escaped(title) + "</summary>\n" + FieldsTable("", alone);
  if (!columns.empty()) {
    html += "<div class=\"scroll\"><table><thead><tr>";
    for (const Field* column : columns) html += "<th>" + Escaped(Spaced(column->name)) + "</th>";
    html += "</tr></thead><tbody>\n";
    for (std::size_t row = 0; row < rows; ++row) {
      html += "<tr>";
      for (const Field* column : columns) html += "<td>" + CellText(column->value, row) + "</td>";
      html += "</tr>\n";
    }
    html += "</tbody></table></div>\n";
  }
  return html + "</details>\n";
}

std::string AdviceHtml(const Result& result) {
  if (!result.advice) return "";
  return "<p class=\"advice\"><b>Advice.</b> " + Escaped(result.advice->sentence) + "</p>\n";
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
  return fmt::format("<details><summary>Settings and how to run it again</summary>\n{}{}{}</details>\n",
                     CommandHtml(RerunCommand(result)),
                     FieldsTable("Settings", result.settings),
                     FieldsTable("Provenance", result.provenance));
}

}  // namespace

std::string Badge(Verdict verdict) {
  const char* const sign = verdict == Verdict::kConsistent     ? "&#10003;"
                           : verdict == Verdict::kInconsistent ? "&#10007;"
                                                               : "?";
  return fmt::format(
      "<span class=\"badge {0}\"><span aria-hidden=\"true\">{1}</span> {0}</span>", ToString(verdict), sign);
}

std::string MeasuredHtml(const Check& check) {
  if (!HasVisibleInterval(check)) return FormatNumber(check.measured);
  return fmt::format("{} <span class=\"ci\">{}</span>", FormatNumber(check.measured), FormatInterval(*check.ci95));
}

std::string IdHtml(const std::string& id) {
  std::string html;
  for (const char c : Escaped(id)) {
    html += c;
    if (c == '.' || c == '_') html += "<wbr>";
  }
  return html;
}

std::string Paragraphs(const std::string& text) {
  std::istringstream lines(text);
  std::string html;
  for (std::string line; std::getline(lines, line);) {
    if (!line.empty()) html += "<p>" + Escaped(line) + "</p>\n";
  }
  return html;
}

std::string TitleOf(const Result& result) { return result.title.empty() ? Spaced(result.experiment) : result.title; }

std::string SectionAnchor(std::size_t index) { return fmt::format("experiment-{}", index + 1); }

std::string CheckAnchor(std::size_t index, std::size_t check_index) {
  return fmt::format("check-{}-{}", index + 1, check_index + 1);
}

std::string Section(const Result& result, std::size_t index) {
  std::string html = fmt::format(
      "<section id=\"{}\">\n<h2>{}</h2>\n{}", SectionAnchor(index), Escaped(TitleOf(result)), Paragraphs(result.about));
  html += AdviceHtml(result);
  html += FiguresHtml(result, index);
  html += "<div class=\"checks\">\n";
  for (std::size_t i = 0; i < result.checks.size(); ++i) html += CheckHtml(result.checks[i], CheckAnchor(index, i));
  html += "</div>\n";
  html += FoldedFields("What no training can pass", result.floors);
  html += FoldedFields("Forecast, and what it took", result.forecast);
  return html + Values(result) + HowToRerun(result) + "</section>\n";
}

}  // namespace hyperwidth
