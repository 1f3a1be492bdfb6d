// SPDX-License-Identifier: Apache-2.0
//
// How `hyperwidth bounds` shows its answer: a table for people, JSON for programs.

#ifndef HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
#define HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_

#include <optional>
#include <string>
#include <vector>

#include "theory/gap.h"
#include "theory/problem.h"
#include "theory/scheme_comparison.h"
#include "theory/statement.h"

namespace hyperwidth {

struct BoundsAnswer {
  Problem problem;
  std::vector<Statement> statements;
  ModularityGap gap;
  std::optional<double> gap_onset = {};                 // if no gap is proved: where one begins to be
  std::vector<SchemeComparison> schemes = {};           // empty unless asked for
  std::vector<Statement> mean_square = {};              // for the root mean square error; empty unless asked for
  std::optional<ModularityGap> gap_of_one_output = {};  // if the problem has several
};

// Everything that is known about `problem`. `scheme`: "all", one of them by name, or empty for none. `error`: "sup", or
// "rms" for the root mean square beside it. Throws: std::domain_error as Validate, and for an unknown name.
BoundsAnswer AnswerBounds(const Problem& problem, const std::string& scheme, const std::string& error = "sup");

// What follows, in words, for somebody who reads no tables: the gap, the size of one network, and which bounds say
// nothing, why, and where they begin to. One paragraph.
std::string Conclusion(const BoundsAnswer& answer);

// At most 120 columns. With `details`, the hypotheses, status and source of every statement follow the table.
std::string BoundsTable(const BoundsAnswer& answer, bool details);

// The document described in tools/README.md, ending with a newline.
std::string BoundsJson(const BoundsAnswer& answer);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
