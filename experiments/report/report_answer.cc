// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/report_answer.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "experiments/report/check_groups.h"
#include "experiments/report/inline_svg.h"
#include "experiments/report/report_parts.h"
#include "experiments/result/format.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

// More names than these say less than their number.
constexpr std::size_t kMostNames = 12;

bool Has(const CheckGroup& group, std::size_t check) {
  return std::any_of(group.cases.begin(), group.cases.end(), [&](const CheckCase& one) { return one.index == check; });
}

std::vector<std::string> NamesOf(const Result& result, const CheckGroup& group, Verdict verdict) {
  std::vector<std::string> names;
  for (const CheckCase& one : group.cases) {
    if (result.checks[one.index].verdict == verdict) names.push_back(one.text);
  }
  return names;
}

// The words that all names begin with, up to a space; names with commas cannot be taken apart in a list.
std::size_t SharedWords(const std::vector<std::string>& names) {
  std::size_t length = names.front().rfind(' ') + 1;  // 0 if there is none
  for (const std::string& name : names) {
    if (name.find(',') != std::string::npos || !name.starts_with(names.front().substr(0, length))) return 0;
  }
  return length;
}

// "depth 3, 4, 5".
std::string Listed(const std::vector<std::string>& names) {
  const std::size_t shared = SharedWords(names);
  std::string text = names.front();
  for (std::size_t i = 1; i < names.size(); ++i) text += ", " + names[i].substr(shared);
  return text;
}

// "Of 8 cases 5 are consistent (depth 3, 4, 5, 6, 7), 0 inconsistent and 3 inconclusive (depth 2, 8, 9)."
std::string CasesText(const Result& result, const CheckGroup& group) {
  std::string text = fmt::format("Of {} cases", group.cases.size());
  const auto add = [&](const char* before, Verdict verdict, const char* verb) {
    const std::vector<std::string> names = NamesOf(result, group, verdict);
    text += fmt::format("{}{}{} {}", before, names.size(), verb, ToString(verdict));
    if (!names.empty() && names.size() <= kMostNames) text += " (" + Listed(names) + ")";
  };
  add(" ", Verdict::kConsistent, " are");
  add(", ", Verdict::kInconsistent, "");
  add(" and ", Verdict::kInconclusive, "");
  return text + ".";
}

// A claim by the check of it that stands for the others.
std::string ClaimHtml(const Result& result, const CheckGroup& group, std::size_t check_index, std::size_t index) {
  const Check& check = result.checks[check_index];
  const Answer answer = AnswerOf(result, check);
  const std::string predicted = FormatRange(check.predicted);
  std::string number = (answer.of_case.empty() ? "" : Escaped(answer.of_case) + ": ") + MeasuredHtml(check) +
                       (predicted == "none" ? "" : ", predicted " + predicted) + ".";
  if (group.cases.size() > 1) number += " " + Escaped(CasesText(result, group));
  return fmt::format("<p class=\"answer\">{} <a href=\"#{}\">{}</a></p>\n<p class=\"measured\">{}</p>\n",
                     Badge(check.verdict),
                     CheckAnchor(index, check_index),
                     Escaped(answer.claim),
                     number);
}

}  // namespace

Answer AnswerOf(const Result& result, const Check& check) {
  const auto at = static_cast<std::size_t>(&check - result.checks.data());
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    if (group.cases.size() < 2) continue;
    for (const CheckCase& one : group.cases) {
      if (one.index != at) continue;
      return {.claim = group.claim,
              .of_case = one.text,
              .consistent = NamesOf(result, group, Verdict::kConsistent).size(),
              .cases = group.cases.size()};
    }
  }
  return {.claim = check.group.empty() ? check.claim : check.group,
          .of_case = check.which,
          .consistent = check.verdict == Verdict::kConsistent ? 1u : 0u};
}

std::string AnswerSection(const Result& result, std::size_t index) {
  const Check* const decisive = DecisiveCheck(result);
  if (decisive == nullptr) return "";
  const auto decisive_index = static_cast<std::size_t>(decisive - result.checks.data());
  std::string first, others;
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    if (Has(group, decisive_index)) {
      first = ClaimHtml(result, group, decisive_index, index);
      continue;
    }
    const auto contradicted = std::find_if(group.cases.begin(), group.cases.end(), [&](const CheckCase& one) {
      return result.checks[one.index].verdict == Verdict::kInconsistent;
    });
    if (contradicted != group.cases.end()) others += ClaimHtml(result, group, contradicted->index, index);
  }
  return "<h3>Answer</h3>\n" + first + others;
}

}  // namespace hyperwidth
