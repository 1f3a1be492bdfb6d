// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/check_groups.h"

#include <algorithm>
#include <cctype>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

bool IsPartOfWord(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-'; }

// How many characters all of them begin with; whole words of ids only.
std::size_t CommonBegin(const std::vector<std::string>& ids) {
  std::size_t length = ids.front().size();
  for (const std::string& id : ids) {
    const auto ends = std::mismatch(ids.front().begin(), ids.front().end(), id.begin(), id.end());
    length = std::min(length, static_cast<std::size_t>(ends.first - ids.front().begin()));
  }
  while (length > 0 && IsPartOfWord(ids.front()[length - 1])) --length;
  return length;
}

// What differs between the ids, as words.
std::vector<std::string> Differences(std::vector<std::string> ids) {
  const std::size_t begin = CommonBegin(ids);
  for (std::string& id : ids) {
    id.erase(0, begin);
    std::reverse(id.begin(), id.end());
  }
  const std::size_t end = CommonBegin(ids);
  for (std::string& id : ids) {
    id.erase(0, end);
    std::reverse(id.begin(), id.end());
    for (char& c : id) {
      if (c == '_' || c == '.') c = ' ';
    }
  }
  return ids;
}

void NameCasesByIds(std::span<const Check> checks, CheckGroup& group) {
  std::vector<std::string> ids;
  for (const CheckCase& one : group.cases) ids.push_back(checks[one.index].id);
  ids = Differences(std::move(ids));
  for (std::size_t i = 0; i < ids.size(); ++i) {
    group.cases[i].text = ids[i].empty() ? checks[group.cases[i].index].id : ids[i];
  }
}

}  // namespace

std::vector<CheckGroup> GroupsOf(std::span<const Check> checks) {
  std::vector<CheckGroup> groups;
  std::vector<bool> is_named;  // whether the checks of a group say so
  for (std::size_t i = 0; i < checks.size(); ++i) {
    const Check& check = checks[i];
    const bool names_group = !check.group.empty();
    const std::string& claim = names_group ? check.group : check.claim;
    std::size_t at = 0;
    while (at < groups.size() && (groups[at].claim != claim || is_named[at] != names_group)) ++at;
    if (at == groups.size()) {
      groups.push_back({.claim = claim});
      is_named.push_back(names_group);
    }
    groups[at].cases.push_back({.index = i, .text = check.which});
  }
  for (std::size_t g = 0; g < groups.size(); ++g) {
    CheckGroup& group = groups[g];
    if (group.cases.size() == 1) {
      group.claim.clear();
      group.cases.front().text = checks[group.cases.front().index].claim;
    } else if (!is_named[g]) {
      NameCasesByIds(checks, group);
    }
  }
  return groups;
}

const Check* DecisiveCheck(const Result& result) {
  const auto find = [&](const auto& is_it) -> const Check* {
    const auto found = std::find_if(result.checks.begin(), result.checks.end(), is_it);
    return found == result.checks.end() ? nullptr : &*found;
  };
  std::string id = result.decisive;
  if (id.empty() && result.advice && !result.advice->because.empty()) id = result.advice->because.front();
  const Check* check = id.empty() ? nullptr : find([&](const Check& c) { return c.id == id; });
  if (check == nullptr) check = find([](const Check& c) { return c.verdict == Verdict::kInconsistent; });
  if (check == nullptr) check = find([](const Check& c) { return HasVisibleInterval(c); });
  if (check == nullptr) check = find([](const Check&) { return true; });
  return check;
}

}  // namespace hyperwidth
