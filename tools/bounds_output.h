// SPDX-License-Identifier: Apache-2.0
//
// How `hyperwidth bounds` shows its answer: a table for people, JSON for programs.

#ifndef HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
#define HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_

#include <string>
#include <vector>

#include "theory/gap.h"
#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {

struct BoundsAnswer {
  Problem problem;
  std::vector<Statement> statements;
  ModularityGap gap;
};

// At most 120 columns. With `details`, the hypotheses, status and source of every statement follow the table.
std::string BoundsTable(const BoundsAnswer& answer, bool details);

// The document described in tools/README.md, ending with a newline.
std::string BoundsJson(const BoundsAnswer& answer);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
