// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <fmt/format.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/report/report_style.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

std::vector<Check> AllChecks(std::span<const Result> results) {
  std::vector<Check> checks;
  for (const Result& result : results) checks.insert(checks.end(), result.checks.begin(), result.checks.end());
  return checks;
}

// "3 consistent", "0 inconsistent" and "1 inconclusive" as three tiles.
std::string Tiles(std::span<const Check> checks) {
  std::string tiles = "<ul class=\"tiles\">";
  for (const Verdict verdict : {Verdict::kConsistent, Verdict::kInconsistent, Verdict::kInconclusive}) {
    tiles += fmt::format("<li class=\"{0}\"><b>{1}</b> {0}</li>", ToString(verdict), CountVerdicts(checks, verdict));
  }
  return tiles + "</ul>\n";
}

std::string SummaryRow(const Result& result, std::size_t index, std::size_t check_index) {
  const Check& check = result.checks[check_index];
  return fmt::format(
      "<tr><td data-label=\"verdict\">{}</td><td data-label=\"claim\"><a href=\"#{}\">{}</a>"
      "<span class=\"id\">{}</span></td><td data-label=\"predicted\" class=\"number\">{}</td>"
      "<td data-label=\"measured\" class=\"number\">{}</td></tr>\n",
      Badge(check.verdict),
      CheckAnchor(index, check_index),
      Escaped(check.claim),
      IdHtml(check.id),
      FormatRange(check.predicted),
      MeasuredHtml(check));
}

std::string Summary(std::span<const Result> results) {
  std::string html =
      "<table class=\"summary\"><thead><tr><th>Verdict</th><th>Claim</th><th>Predicted</th>"
      "<th>Measured <small>[95 % interval]</small></th></tr></thead>\n<tbody>\n";
  for (std::size_t i = 0; i < results.size(); ++i) {
    for (std::size_t j = 0; j < results[i].checks.size(); ++j) html += SummaryRow(results[i], i, j);
  }
  return html + "</tbody></table>\n";
}

constexpr const char* kHowToRead =
    "<p class=\"note\">A verdict follows from a 95 % confidence interval. <b>Consistent</b>: the interval leaves no "
    "other "
    "conclusion than the claim. <b>Inconsistent</b>: it contradicts the claim. <b>Inconclusive</b>: the data do not "
    "decide.</p>\n";

std::string Contents(std::span<const Result> results) {
  if (results.size() < 2) return "";
  std::string html = "<nav aria-label=\"Experiments\"><ul>";
  for (std::size_t i = 0; i < results.size(); ++i) {
    html += fmt::format("<li><a href=\"#{}\">{}</a></li>", SectionAnchor(i), Escaped(TitleOf(results[i])));
  }
  return html + "</ul></nav>\n";
}

}  // namespace

std::string ReportHtml(std::span<const Result> results, const ReportOptions& options) {
  if (results.empty()) throw std::invalid_argument("report: there are no results; accepted: one or more");
  for (const Result& result : results) Validate(result);
  const std::vector<Check> checks = AllChecks(results);
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{0}</title>\n<style>\n{1}</style>\n</head>\n<body>\n"
      "<header>\n<p class=\"brand\">hyperwidth</p>\n<h1>{0}</h1>\n",
      Escaped(options.title),
      kReportStyle);
  if (!options.introduction.empty()) html += Paragraphs(options.introduction);
  if (!checks.empty()) html += Tiles(checks) + Summary(results) + kHowToRead;
  html += Contents(results) + "</header>\n<main>\n";
  for (std::size_t i = 0; i < results.size(); ++i) html += Section(results[i], i);
  return html + "</main>\n</body>\n</html>\n";
}

void WriteReport(const std::filesystem::path& path, std::span<const Result> results, const ReportOptions& options) {
  WriteFileAtomically(path, ReportHtml(results, options));
}

}  // namespace hyperwidth
