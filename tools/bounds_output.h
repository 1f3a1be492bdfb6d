// SPDX-License-Identifier: Apache-2.0
//
// How `hyperwidth bounds` shows its answer: a table for people, JSON for programs.

#ifndef HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
#define HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_

#include <optional>
#include <string>
#include <vector>

#include "theory/count.h"
#include "theory/gap.h"
#include "theory/problem.h"
#include "theory/schemes.h"
#include "theory/statement.h"

namespace hyperwidth {

// One way to condition the primary network, with problem.EmbeddingDim() scalars per condition.
struct SchemeAnswer {
  Scheme scheme = Scheme::kEmbedding;
  Count parameters;                  // least trainable primary parameters; for the hypernetwork, least generated ones
  Count crossover;                   // scalars from which on no gap to the constructed primary network is proved
  std::optional<double> onset = {};  // if `parameters` is 1: the largest epsilon at which it is more
};

struct BoundsAnswer {
  Problem problem;
  std::vector<Statement> statements;
  ModularityGap gap;
  std::optional<double> gap_onset = {};    // if no gap is proved: where one begins to be
  std::vector<SchemeAnswer> schemes = {};  // empty unless asked for
};

// Everything that is known about `problem`; schemes as CompareSchemes, none for an empty name.
BoundsAnswer AnswerBounds(const Problem& problem, const std::string& scheme);

// What follows, in words, for somebody who reads no tables: the gap, the size of one network, and which bounds say
// nothing, why, and where they begin to. One paragraph.
std::string Conclusion(const BoundsAnswer& answer);

// All schemes for "all", else the one of that name. Both numbers at the depth of the gap, so that crossover and
// constructed network belong together. Throws: std::domain_error for an unknown name.
std::vector<SchemeAnswer> CompareSchemes(const Problem& problem, const std::string& name);

// At most 120 columns. With `details`, the hypotheses, status and source of every statement follow the table.
std::string BoundsTable(const BoundsAnswer& answer, bool details);

// The document described in tools/README.md, ending with a newline.
std::string BoundsJson(const BoundsAnswer& answer);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_BOUNDS_OUTPUT_H_
