// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_

#include <span>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

inline constexpr int kTerminalColumns = 110;

// The checks as a table for the terminal: a line of verdict, id, prediction and measurement with its interval, then the
// reason, wrapped to `columns`; at the end how many there are of each verdict. ASCII, except for what the checks say.
std::string VerdictTable(std::span<const Check> checks, int columns = kTerminalColumns);

// "3 consistent, 0 inconsistent, 1 inconclusive".
std::string VerdictCounts(std::span<const Check> checks);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_TABLE_H_
