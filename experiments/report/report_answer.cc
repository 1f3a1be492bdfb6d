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

// Null if the check is none of the group's.
const CheckCase* CaseOf(const CheckGroup& group, std::size_t check) {
  const auto found =
      std::find_if(group.cases.begin(), group.cases.end(), [&](const CheckCase& one) { return one.index == check; });
  return found == group.cases.end() ? nullptr : &*found;
}

const CheckCase* ContradictedIn(const Result& result, const CheckGroup& group) {
  const auto found = std::find_if(group.cases.begin(), group.cases.end(), [&](const CheckCase& one) {
    return result.checks[one.index].verdict == Verdict::kInconsistent;
  });
  return found == group.cases.end() ? nullptr : &*found;
}

std::vector<std::string> NamesOf(const Result& result, const CheckGroup& group, Verdict verdict) {
  std::vector<std::string> names;
  for (const CheckCase& one : group.cases) {
    if (result.checks[one.index].verdict == verdict) names.push_back(one.text);
  }
  return names;
}

Answer AnswerIn(const Result& result, const CheckGroup& group, const CheckCase& one) {
  if (group.cases.size() > 1) {
    return {.claim = group.claim,
            .of_case = one.text,
            .consistent = NamesOf(result, group, Verdict::kConsistent).size(),
            .cases = group.cases.size()};
  }
  const Check& check = result.checks[one.index];
  return {.claim = check.group.empty() ? check.claim : check.group, .of_case = check.which};
}

bool HasComma(const std::string& name) { return name.find(',') != std::string::npos; }

// How much of all names is the same words before the last one.
std::size_t SharedBegin(const std::vector<std::string>& names) {
  const std::string begin = names.front().substr(0, names.front().rfind(' ') + 1);  // "" if there is no space
  const auto has_it = [&](const std::string& name) { return name.starts_with(begin); };
  return std::all_of(names.begin(), names.end(), has_it) ? begin.size() : 0;
}

// And after the first one.
std::size_t SharedEnd(const std::vector<std::string>& names) {
  const std::size_t space = names.front().find(' ');
  if (space == std::string::npos) return 0;
  const std::string end = names.front().substr(space);
  const auto has_it = [&](const std::string& name) { return name.ends_with(end); };
  return std::all_of(names.begin(), names.end(), has_it) ? end.size() : 0;
}

// "depth 3, 4, 5" or "2, 3, 4 layers"; names with commas cannot be taken apart.
std::string Listed(const std::vector<std::string>& names) {
  const bool is_whole = std::any_of(names.begin(), names.end(), HasComma);
  const std::size_t begin = is_whole ? 0 : SharedBegin(names), end = is_whole ? 0 : SharedEnd(names);
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool is_last = i + 1 == names.size();
    const std::size_t from = i == 0 ? 0 : begin;
    text += names[i].substr(from, names[i].size() - from - (is_last ? 0 : end)) + (is_last ? "" : ", ");
  }
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

// A claim by the case of it that stands for the others.
std::string ClaimHtml(const Result& result, const CheckGroup& group, const CheckCase& one, std::size_t index) {
  const Check& check = result.checks[one.index];
  const Answer answer = AnswerIn(result, group, one);
  const std::string predicted = FormatRange(check.predicted);
  std::string number = (answer.of_case.empty() ? "" : Escaped(answer.of_case) + ": ") + MeasuredHtml(check) +
                       (predicted == "none" ? "" : ", predicted " + predicted) + ".";
  if (group.cases.size() > 1) number += " " + Escaped(CasesText(result, group));
  return fmt::format("<p class=\"answer\">{} <a href=\"#{}\">{}</a></p>\n<p class=\"measured\">{}</p>\n",
                     Badge(check.verdict),
                     CheckAnchor(index, one.index),
                     Escaped(answer.claim),
                     number);
}

}  // namespace

Answer AnswerOf(const Result& result, const Check& check) {
  const auto at = static_cast<std::size_t>(&check - result.checks.data());
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    if (const CheckCase* const one = CaseOf(group, at)) return AnswerIn(result, group, *one);
  }
  return {.claim = check.claim};  // every check is in a group
}

std::string AnswerSection(const Result& result, std::size_t index) {
  const Check* const decisive = DecisiveCheck(result);
  if (decisive == nullptr) return "";
  const auto decisive_index = static_cast<std::size_t>(decisive - result.checks.data());
  std::string first, others;
  for (const CheckGroup& group : GroupsOf(result.checks)) {
    if (const CheckCase* const one = CaseOf(group, decisive_index)) {
      first = ClaimHtml(result, group, *one, index);
    } else if (const CheckCase* const contradicted = ContradictedIn(result, group)) {
      others += ClaimHtml(result, group, *contradicted, index);
    }
  }
  return "<h3>Answer</h3>\n" + first + others;
}

}  // namespace hyperwidth
