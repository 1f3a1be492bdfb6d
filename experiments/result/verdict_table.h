// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_

#include <span>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

inline constexpr int kTerminalColumns = 100;

struct VerdictTableOptions {
  int columns = kTerminalColumns;
  bool details = false;  // with the reason below each line
};

// The checks as a table for the terminal: a line of verdict, check, prediction and measurement with its interval for
// each; with the details the reason below it, wrapped to the columns; at the end how many there are of each verdict. A
// check is called by its id without the part before the first dot, the name of its experiment, which stands above the
// checks of each where there are several; what a line has too many is cut from the middle of that name. ASCII, except
// for what the checks say.
std::string VerdictTable(std::span<const Check> checks, const VerdictTableOptions& options = {});

// "3 consistent, 0 inconsistent, 1 inconclusive".
std::string VerdictCounts(std::span<const Check> checks);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_
