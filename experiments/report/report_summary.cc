// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_summary.h"

#include <fmt/format.h>

#include <algorithm>

#include "experiments/report/check_groups.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// "0.17 [0.11, 0.27], predicted below 1", or that nothing was measured.
std::string NumberHtml(const Check& check) {
  const std::string predicted = FormatRange(check.predicted);
  return MeasuredHtml(check) + (predicted == "none" ? "" : ", predicted " + predicted);
}

// The claim that the check decides, and how many of its cases are consistent if it has several.
std::string AnswerHtml(const Result& result, const Check& decisive, std::size_t index) {
  const auto place = static_cast<std::size_t>(&decisive - result.checks.data());
  std::string claim = decisive.claim, number = NumberHtml(decisive);
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    if (group.claim.empty()) continue;
    std::int64_t consistent = 0;
    const CheckCase* mine = nullptr;
    for (const CheckCase& one : group.cases) {
      consistent += result.checks[one.index].verdict == Verdict::kConsistent ? 1 : 0;
      if (one.index == place) mine = &one;
    }
    if (mine == nullptr) continue;
    claim = group.claim;
    number =
        fmt::format("{}: {} ({} of {} cases consistent)", Escaped(mine->text), number, consistent, group.cases.size());
  }
  return fmt::format("<p class=\"answer\">{} <a href=\"#{}\">{}</a></p>\n<p class=\"measured\">{}</p>\n",
                     Badge(decisive.verdict),
                     CheckAnchor(index, place),
                     Escaped(claim),
                     number);
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

// Where there is room, with what it takes to read it.
std::string SketchHtml(const std::vector<ReportFigure>& figures, bool is_alone) {
  const auto drawn = std::find_if(figures.begin(), figures.end(), [](const ReportFigure& f) { return f.number != 0; });
  if (drawn == figures.end()) return "";
  return fmt::format("<div class=\"sketch\">{}{}<p class=\"note\">{}</p></div>\n",
                     is_alone ? LegendHtml(*drawn, /*is_shared=*/false) : "",
                     SketchSvg(*drawn, is_alone ? 500 : 340),
                     FigureReference({&*drawn, 1}));
}

}  // namespace

std::string SummaryCard(
    const Result& result, const std::vector<ReportFigure>& figures, std::size_t index, bool has_title, bool is_alone) {
  std::string html = "<article class=\"card\">\n";
  if (has_title) {
    html += fmt::format("<h2><a href=\"#{}\">{}</a></h2>\n", SectionAnchor(index), Escaped(TitleOf(result)));
  }
  html += "<div class=\"glance\"><div>\n";
  html += AdviceHtml(result);
  if (const Check* const decisive = DecisiveCheck(result)) {
    html += AnswerHtml(result, *decisive, index) + ContradictionHtml(result, *decisive, index);
  } else {
    html += "<p>Nothing was judged.</p>\n";
  }
  html += "</div>\n" + SketchHtml(figures, is_alone) + "</div>\n";
  return html + (result.checks.empty() ? "" : CountsHtml(result.checks)) + "</article>\n";
}

}  // namespace hyperwidth
