// SPDX-License-Identifier: Apache-2.0

#ifndef HYPERWIDTH_THEORY_EXPLAIN_OUTPUT_NUMBERS_H_
#define HYPERWIDTH_THEORY_EXPLAIN_OUTPUT_NUMBERS_H_

#include <string>
#include <vector>

#include "theory/problem.h"

namespace hyperwidth::internal {

// A line for every count and one for the gap, each for one output and for as many as the problem has; for a problem
// with one output, a line that says how to ask for more.
std::vector<std::string> OutputNumbers(const Problem& problem);

}  // namespace hyperwidth::internal

#endif  // HYPERWIDTH_THEORY_EXPLAIN_OUTPUT_NUMBERS_H_
