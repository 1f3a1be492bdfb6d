// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <optional>

#include "experiments/report/check_groups.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_answer.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

double Rounded(double value, int digits) {
  if (value == 0 || !std::isfinite(value)) return value;
  const double unit = std::pow(10.0, std::floor(std::log10(std::abs(value))) - (digits - 1));
  return std::round(value / unit) * unit;
}

// At a glance, three digits do, and two in a table; the section has all.
std::string RoundedHtml(Check check, bool is_in_table) {
  const int digits = is_in_table ? 2 : 3;
  check.measured = Rounded(check.measured, digits);
  if (check.ci95) {
    check.ci95 = Interval{.low = Rounded(check.ci95->low, digits), .high = Rounded(check.ci95->high, digits)};
  }
  return MeasuredHtml(check);
}

// "0.17 [0.11, 0.27], predicted below 1", or that nothing was measured.
std::string NumberHtml(const Check& check) {
  const std::string predicted = FormatRange(check.predicted);
  return RoundedHtml(check, /*is_in_table=*/false) + (predicted == "none" ? "" : ", predicted " + predicted);
}

// The claim that the check decides, and how many of its cases are consistent if it has several.
std::string AnswerHtml(const Result& result, const Check& decisive, std::size_t index, CardRoom room) {
  const Answer answer = AnswerOf(result, decisive);
  std::string number = NumberHtml(decisive);
  if (answer.cases > 1) {
    number = fmt::format("{}: {} ({} of {} cases{})",
                         Escaped(answer.of_case),
                         number,
                         answer.consistent,
                         answer.cases,
                         room == CardRoom::kThird ? "" : " consistent");
  } else if (!answer.of_case.empty()) {
    number = Escaped(answer.of_case) + ": " + number;
  }
  return fmt::format("<p class=\"answer\">{} <a href=\"#{}\">{}</a></p>\n<p class=\"measured\">{}</p>\n",
                     Badge(decisive.verdict),
                     CheckAnchor(index, static_cast<std::size_t>(&decisive - result.checks.data())),
                     Escaped(answer.claim),
                     number);
}

// "-0.36 [-0.4, -0.32], 7 of 8 consistent", and how many other verdicts contradict. In a table the word is left out.
std::string NumbersHtml(const Result& result, const Check& decisive, const Answer& answer, bool is_in_table) {
  std::string text = RoundedHtml(decisive, is_in_table);
  if (answer.cases > 1) {
    text += fmt::format(", {} of {}{}", answer.consistent, answer.cases, is_in_table ? "" : " consistent");
  }
  const bool is_known = decisive.verdict == Verdict::kInconsistent;
  const std::int64_t contradicted = CountVerdicts(result.checks, Verdict::kInconsistent) - (is_known ? 1 : 0);
  if (contradicted > 0)
    text += fmt::format(", <span class=\"together\">{} {}</span>", Sign(Verdict::kInconsistent), contradicted);
  return text;
}

// "MNIST, depth: depth 2: -0.36 [-0.4, -0.32], 8 of 8 consistent", after the verdict.
std::string VariantHtml(const Result& result, std::size_t index) {
  const std::string link = fmt::format("<a href=\"#{}\">{}</a>", SectionAnchor(index), Escaped(VariantOf(result)));
  const Check* const decisive = DecisiveCheck(result);
  if (decisive == nullptr) return "<li>" + link + ": nothing was judged</li>\n";
  const Answer answer = AnswerOf(result, *decisive);
  const std::string of_case = answer.of_case.empty() ? "" : Escaped(answer.of_case) + ": ";
  return fmt::format("<li>{} {}: <span class=\"measured\">{}{}</span></li>\n",
                     Sign(decisive->verdict),
                     link,
                     of_case,
                     NumbersHtml(result, *decisive, answer, /*is_in_table=*/false));
}

std::string VariantList(std::span<const Result> results, const Question& question) {
  std::string html = "<ul class=\"variants\">\n";
  for (const std::size_t place : question.places) html += VariantHtml(results[place], place);
  return html + "</ul>\n";
}

// "depth 2: -0.36 [-0.4, -0.32], 7 of 8", after the verdict.
std::string CellHtml(const Result& result, std::size_t index) {
  const Check* const decisive = DecisiveCheck(result);
  if (decisive == nullptr) return fmt::format("<a href=\"#{}\">nothing was judged</a>", SectionAnchor(index));
  const Answer answer = AnswerOf(result, *decisive);
  return fmt::format("{} <a href=\"#{}\">{}</a> {}",
                     Sign(decisive->verdict),
                     SectionAnchor(index),
                     answer.of_case.empty() ? "measured:" : Escaped(answer.of_case) + ":",
                     NumbersHtml(result, *decisive, answer, /*is_in_table=*/true));
}

std::string TableHtml(std::span<const Result> results, const VariantTable& table) {
  std::string html = "<table class=\"grid\">\n<thead><tr><td></td>";
  for (const std::string& column : table.columns) {
    html += fmt::format("<th scope=\"col\">{} <small>deciding case, consistent cases, {} others</small></th>",
                        Escaped(column),
                        Sign(Verdict::kInconsistent));
  }
  html += "</tr></thead>\n<tbody>\n";
  for (std::size_t row = 0; row < table.rows.size(); ++row) {
    html += "<tr><th scope=\"row\">" + Escaped(table.rows[row]) + "</th>";
    for (std::size_t column = 0; column < table.columns.size(); ++column) {
      const auto place = table.places.find({row, column});
      html += fmt::format("<td class=\"measured\" data-label=\"{}\">{}</td>",
                          Escaped(table.columns[column]),
                          place == table.places.end() ? "not run" : CellHtml(results[place->second], place->second));
    }
    html += "</tr>\n";
  }
  return html + "</tbody>\n</table>\n";
}

// Whatever contradicts a claim is said at once, whether or not it decides the question.
std::string ContradictionHtml(const Result& result, const Check& decisive, std::size_t index) {
  std::vector<std::size_t> contradicted;
  for (std::size_t i = 0; i < result.checks.size(); ++i) {
    const bool is_other = &result.checks[i] != &decisive;
    if (is_other && result.checks[i].verdict == Verdict::kInconsistent) contradicted.push_back(i);
  }
  if (contradicted.empty()) return "";
  return fmt::format("<p class=\"answer\">{} <a href=\"#{}\">{}</a>{}</p>\n",
                     Badge(Verdict::kInconsistent),
                     CheckAnchor(index, contradicted.front()),
                     Escaped(result.checks[contradicted.front()].claim),
                     contradicted.size() == 1 ? "" : fmt::format(" And {} more.", contradicted.size() - 1));
}

int SketchWidth(CardRoom room) {
  switch (room) {
    case CardRoom::kPage:
      return 500;
    case CardRoom::kThird:
      return 320;  // shown at less than half of that: a thumbnail
    case CardRoom::kHalf:
      break;
  }
  return 340;
}

// Where there is room, with what it takes to read it.
std::string SketchHtml(const std::vector<ReportFigure>& figures, CardRoom room) {
  const auto drawn = std::find_if(figures.begin(), figures.end(), [](const ReportFigure& f) { return f.number != 0; });
  if (drawn == figures.end()) return "";
  return fmt::format("<div class=\"sketch\">{}{}<p class=\"note\">{}</p></div>\n",
                     room == CardRoom::kPage ? LegendHtml(*drawn, /*is_shared=*/false) : "",
                     SketchSvg(*drawn, SketchWidth(room)),
                     FigureReference({&*drawn, 1}));
}

// What a card says beside its sketch; in a small card, whose text flows around the sketch, after it.
std::string GlanceHtml(const std::string& text, const std::string& sketch, CardRoom room) {
  const std::string part = "<div>\n" + text + "</div>\n";
  return "<div class=\"glance\">\n" + (room == CardRoom::kThird ? sketch + part : part + sketch) + "</div>\n";
}

}  // namespace

std::string SummaryCard(
    const Result& result, const std::vector<ReportFigure>& figures, std::size_t index, bool has_title, CardRoom room) {
  std::string html = "<article class=\"card\">\n";
  if (has_title) {
    html += fmt::format("<h2><a href=\"#{}\">{}</a></h2>\n", SectionAnchor(index), Escaped(TitleOf(result)));
  }
  std::string text = AdviceHtml(result);
  if (const Check* const decisive = DecisiveCheck(result)) {
    text += AnswerHtml(result, *decisive, index, room) + ContradictionHtml(result, *decisive, index);
  } else {
    text += "<p>Nothing was judged.</p>\n";
  }
  html += GlanceHtml(text, SketchHtml(figures, room), room);
  return html + (result.checks.empty() ? "" : CountsHtml(result.checks)) + "</article>\n";
}

std::string VariantsCard(std::span<const Result> results,
                         const std::vector<std::vector<ReportFigure>>& figures,
                         const Question& question,
                         CardRoom room) {
  const std::size_t first = question.places.front();
  const std::optional<VariantTable> table = TableOf(results, question);
  std::string html = fmt::format(
      "<article class=\"card\">\n<h2><a href=\"#{}\">{}</a></h2>\n", SectionAnchor(first), Escaped(question.title));
  std::string text;
  if (const Check* const decisive = DecisiveCheck(results[first])) {
    const std::string predicted = FormatRange(decisive->predicted);
    text += fmt::format("<p>{}{}</p>\n",
                        Escaped(AnswerOf(results[first], *decisive).claim),
                        predicted == "none" ? "" : " Predicted: " + predicted + ".");
  }
  if (table.has_value()) text += TableHtml(results, *table);
  const std::string list = table.has_value() ? "" : VariantList(results, question);
  if (room == CardRoom::kThird) text += list;
  html += GlanceHtml(text, SketchHtml(figures[first], room), room);
  if (room != CardRoom::kThird) html += list;
  std::vector<Check> checks;
  for (const std::size_t place : question.places) {
    checks.insert(checks.end(), results[place].checks.begin(), results[place].checks.end());
  }
  return html + (checks.empty() ? "" : CountsHtml(checks)) + "</article>\n";
}

}  // namespace hyperwidth
