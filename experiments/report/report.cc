// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report.h"

#include <fmt/format.h>

#include <cstddef>
#include <stdexcept>
#include <vector>

#include "experiments/report/glossary.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_figures.h"
#include "experiments/report/report_parts.h"
#include "experiments/report/report_questions.h"
#include "experiments/report/report_section.h"
#include "experiments/report/report_style.h"
#include "experiments/report/report_summary.h"
#include "experiments/report/series_look.h"
#include "experiments/result/format.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

using FigureList = std::vector<ReportFigure>;

// The figures of all results, numbered through.
std::vector<FigureList> AllFigures(std::span<const Result> results) {
  std::vector<FigureList> all;
  std::size_t number = 1;
  for (std::size_t i = 0; i < results.size(); ++i) {
    all.push_back(FiguresOf(results[i], i, number));
    for (const ReportFigure& figure : all.back()) number += figure.number != 0 ? 1 : 0;
  }
  return all;
}

std::string AllCounts(std::span<const Result> results) {
  std::vector<Check> checks;
  for (const Result& result : results) checks.insert(checks.end(), result.checks.begin(), result.checks.end());
  return checks.empty() ? "" : CountsHtml(checks);
}

// The section's name; that of the only one must not repeat the page's title.
std::string Heading(std::span<const Result> results, std::size_t index, const ReportOptions& options) {
  const std::string title = TitleOf(results[index]);
  if (results.size() > 1) return fmt::format("{}. {}", index + 1, title);
  return title == options.title ? "What was done" : title;
}

// A line of the contents, with the section's number.
std::string ContentsLine(std::size_t index, const std::string& name, const FigureList& figures) {
  const std::string shown = FigureReference(figures);
  return fmt::format("<li value=\"{}\"><a href=\"#{}\">{}</a>{}</li>\n",
                     index + 1,
                     SectionAnchor(index),
                     Escaped(name),
                     shown.empty() ? "" : ": " + shown);
}

// A question that has variants is said once, above them.
std::string Contents(std::span<const Result> results, const std::vector<FigureList>& figures) {
  std::string html = "<nav aria-label=\"Contents\"><h2>Contents</h2><ol>\n";
  for (const Question& question : QuestionsOf(results)) {
    if (question.places.size() == 1) {
      const std::size_t only = question.places.front();
      html += ContentsLine(only, TitleOf(results[only]), figures[only]);
      continue;
    }
    html += "<li class=\"question\"><b>" + Escaped(question.title) + "</b>\n<ol>\n";
    for (const std::size_t place : question.places) {
      const std::string variant = VariantOf(results[place]);
      html += ContentsLine(place, variant.empty() ? question.title : Capitalised(variant), figures[place]);
    }
    html += "</ol></li>\n";
  }
  return html + "<li class=\"question\"><a href=\"#glossary\">Glossary</a></li></ol></nav>\n";
}

// More do not fit on a screen at half its width.
constexpr std::size_t kMostHalves = 4;

std::string Summary(std::span<const Result> results,
                    const std::vector<FigureList>& figures,
                    const ReportOptions& options) {
  const std::vector<Question> questions = QuestionsOf(results);
  const CardRoom room = results.size() == 1               ? CardRoom::kPage
                        : questions.size() <= kMostHalves ? CardRoom::kHalf
                                                          : CardRoom::kThird;
  const char* const names[] = {"cards alone", "cards", "cards many"};
  const char* const name = names[static_cast<std::size_t>(room)];
  std::string html = fmt::format("<div class=\"{}\">\n", name), tables;
  for (const Question& question : questions) {
    const std::size_t i = question.places.front();
    const bool has_title = room != CardRoom::kPage || TitleOf(results[i]) != options.title;
    (TableOf(results, question) ? tables : html) += question.places.size() > 1
                                                        ? VariantsCard(results, figures, question, room)
                                                        : SummaryCard(results[i], figures[i], i, has_title, room);
  }
  html += "</div>\n";
  // Below the others, as wide as all of them.
  return html + (tables.empty() ? "" : fmt::format("<div class=\"{} wide\">\n{}</div>\n", name, tables));
}

// Lighter versions of the figures' colours, for dark pages.
std::string DarkColours() {
  std::string css = "@media (prefers-color-scheme: dark) {\n";
  for (const SeriesLook& look : ColouredLooks()) {
    for (const char* const property : {"stroke", "fill", "color"}) {
      css += fmt::format("  svg [{0}=\"{1}\"] {{ {0}: {2} }}", property, look.colour, look.dark);
    }
    css += "\n";
  }
  return css + "}\n";
}

}  // namespace

std::string ReportHtml(std::span<const Result> results, const ReportOptions& options) {
  if (results.empty()) throw std::invalid_argument("report: there are no results; accepted: one or more");
  for (const Result& result : results) Validate(result);
  const std::vector<FigureList> figures = AllFigures(results);
  const bool is_alone = results.size() == 1;
  std::string html = fmt::format(
      "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light dark\">\n<title>{0}</title>\n<style>\n{1}{2}</style>\n</head>\n"
      "<body>\n<header>\n<p class=\"brand\">hyperwidth</p>\n<h1>{0}</h1>\n",
      Escaped(options.title),
      kReportStyle,
      DarkColours());
  html += Paragraphs(options.introduction);
  if (!is_alone) html += AllCounts(results);
  html += Summary(results, figures, options);
  html += (is_alone ? "" : Contents(results, figures)) + "</header>\n<main>\n";
  for (std::size_t i = 0; i < results.size(); ++i) {
    html += SectionHtml(results[i], figures[i], i, Heading(results, i, options), is_alone);
  }
  return html + kGlossary + "</main>\n</body>\n</html>\n";
}

void WriteReport(const std::filesystem::path& path, std::span<const Result> results, const ReportOptions& options) {
  WriteFileAtomically(path, ReportHtml(results, options));
}

}  // namespace hyperwidth
