// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_section.h"

#include <fmt/format.h>

#include "experiments/report/inline_svg.h"
#include "experiments/report/report_answer.h"
#include "experiments/report/report_checks.h"
#include "experiments/report/report_details.h"
#include "experiments/report/report_parts.h"

namespace hyperwidth {
namespace {

// The first paragraph; the others are folded away.
std::string AboutHtml(const std::string& about) {
  const std::size_t first = about.find_first_not_of('\n');
  if (first == std::string::npos) return "";
  const std::size_t end = about.find('\n', first);
  const std::string rest = end == std::string::npos ? "" : about.substr(end);
  return Paragraphs(about.substr(first, end - first)) + Folded("More on what was done", Paragraphs(rest));
}

std::string WhereShown(const std::vector<ReportFigure>& main, const std::vector<ReportFigure>& details) {
  const std::string shown = FigureReference(main), folded = FigureReference(details);
  if (shown.empty()) return "";
  return "<p class=\"note\">What was measured is shown in " + shown +
         (folded.empty() ? "" : ", and more of it in " + folded + " among the details below") + ".</p>\n";
}

}  // namespace

std::string SectionHtml(const Result& result,
                        const std::vector<ReportFigure>& figures,
                        std::size_t index,
                        const std::string& heading,
                        bool is_alone) {
  const std::vector<ReportFigure> main = Selected(figures, /*details=*/false),
                                  details = Selected(figures, /*details=*/true);
  std::string html = fmt::format("<section id=\"{}\">\n<h2>{}</h2>\n", SectionAnchor(index), Escaped(heading));
  html +=
      AboutHtml(result.about) + (is_alone ? "" : AdviceHtml(result)) + WhereShown(main, details) + FiguresHtml(main);
  if (!is_alone) html += AnswerSection(result, index);
  if (!result.checks.empty()) html += "<h3>Checks</h3>\n" + ChecksHtml(result, index);
  if (!result.limits.empty()) html += "<h3>Limits</h3>\n" + Paragraphs(result.limits);
  html += "<h3>Details</h3>\n" + Folded("Further figures", FiguresHtml(details)) + DetailsHtml(result, figures);
  return html + "</section>\n";
}

}  // namespace hyperwidth
