// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_checks.h"

#include <fmt/format.h>

#include <vector>

#include "experiments/report/check_groups.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/interval_strip.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

std::string Row(const Check& check, const StripScale& scale, const std::string& text, const std::string& anchor) {
  return fmt::format(
      "<tr id=\"{}\"><td>{}</td><td class=\"case\"><details><summary>{}</summary><p>{}</p><p class=\"id\">{}</p>"
      "</details></td><td data-label=\"predicted\" class=\"number\">{}</td><td data-label=\"measured\" "
      "class=\"number\">{}</td><td class=\"picture\">{}</td></tr>\n",
      anchor,
      Badge(check.verdict),
      Escaped(text),
      Escaped(check.why),
      IdHtml(check.id),
      FormatRange(check.predicted),
      MeasuredHtml(check),
      IntervalStrip(check, scale));
}

}  // namespace

std::string ChecksHtml(const Result& result, std::size_t index) {
  if (result.checks.empty()) return "";
  std::string html =
      "<table class=\"checks\"><thead><tr><th>Verdict</th><th>Claim, and why</th><th>Predicted</th>"
      "<th>Measured <small>[95 % interval]</small></th><th></th></tr></thead>\n";
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    html += "<tbody>\n";
    if (!group.claim.empty()) {
      html += "<tr class=\"claim\"><th colspan=\"5\" scope=\"rowgroup\">" + Escaped(group.claim) + "</th></tr>\n";
    }
    std::vector<const Check*> checks;
    for (const CheckCase& one : group.cases) checks.push_back(&result.checks[one.index]);
    const StripScale scale = StripScaleOf(checks);
    for (const CheckCase& one : group.cases) {
      html += Row(result.checks[one.index], scale, one.text, CheckAnchor(index, one.index));
    }
    html += "</tbody>\n";
  }
  return html + "</table>\n";
}

}  // namespace hyperwidth
