// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_parts.h"

#include <fmt/format.h>

#include <sstream>

#include "experiments/report/figure.h"
#include "experiments/report/inline_svg.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

const char* SignOf(Verdict verdict) {
  switch (verdict) {
    case Verdict::kConsistent:
      return "&#10003;";
    case Verdict::kInconsistent:
      return "&#10007;";
    case Verdict::kInconclusive:
      break;
  }
  return "?";
}

}  // namespace

std::string Badge(Verdict verdict) {
  return fmt::format(
      "<span class=\"badge {0}\"><span aria-hidden=\"true\">{1}</span> {0}</span>", ToString(verdict), SignOf(verdict));
}

std::string Sign(Verdict verdict) {
  return fmt::format("<span class=\"sign {0}\" role=\"img\" aria-label=\"{0}\" title=\"{0}\">{1}</span>",
                     ToString(verdict),
                     SignOf(verdict));
}

std::string CountsHtml(std::span<const Check> checks) {
  std::string html = "<ul class=\"counts\">";
  for (const Verdict verdict : {Verdict::kConsistent, Verdict::kInconsistent, Verdict::kInconclusive}) {
    html += fmt::format("<li class=\"{0}\"><b>{1}</b> {0}</li>", ToString(verdict), CountVerdicts(checks, verdict));
  }
  return html + "</ul>\n";
}

std::string MeasuredHtml(const Check& check) {
  const std::string quantity = Escaped(FormatQuantity(check));
  if (!HasVisibleInterval(check)) return quantity;
  return fmt::format("{} <span class=\"ci\">{}</span>", quantity, FormatInterval(*check.ci95));
}

std::string AdviceHtml(const Result& result) {
  if (!result.advice) return "";
  return "<p class=\"advice\"><b>Advice.</b> " + Escaped(result.advice->sentence) + "</p>\n";
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

std::string Folded(const std::string& title, const std::string& html) {
  return html.empty() ? ""
                      : "<details class=\"fold\"><summary>" + Escaped(title) + "</summary>\n" + html + "</details>\n";
}

std::string TitleOf(const Result& result) { return result.title.empty() ? Spaced(result.experiment) : result.title; }

std::string SectionAnchor(std::size_t index) { return fmt::format("experiment-{}", index + 1); }

std::string CheckAnchor(std::size_t index, std::size_t check_index) {
  return fmt::format("check-{}-{}", index + 1, check_index + 1);
}

}  // namespace hyperwidth
