// SPDX-License-Identifier: Apache-2.0
//
// Checks of one claim, case by case.

#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_CHECK_GROUPS_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_CHECK_GROUPS_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

struct CheckCase {
  std::size_t index = 0;  // of the check among those that were grouped
  std::string text = {};  // the case, or the claim of a check that stands alone
};

struct CheckGroup {
  std::string claim = {};  // empty for one check that stands alone
  std::vector<CheckCase> cases = {};
};

// The checks by their group, in the order in which groups first appear. Checks that name no group but make the same
// claim, word by word, are a group as well, whose cases are told apart by what differs in their ids; a group of one is
// none.
std::vector<CheckGroup> GroupsOf(std::span<const Check> checks);

// The check that answers the question of the result: the one it names, else the first that its advice rests on, else
// the first that contradicts its claim, else the first whose interval can be seen, else the first. Null if there is
// none.
const Check* DecisiveCheck(const Result& result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_CHECK_GROUPS_H_
