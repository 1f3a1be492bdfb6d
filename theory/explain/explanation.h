// SPDX-License-Identifier: Apache-2.0
//
// Statements in words, for somebody who chooses an architecture: what is claimed, every symbol where it first occurs,
// what is assumed, what follows, what does not, and the reader's own numbers.

#ifndef HYPERWIDTH_THEORY_EXPLAIN_EXPLANATION_H_
#define HYPERWIDTH_THEORY_EXPLAIN_EXPLANATION_H_

#include <optional>
#include <string>
#include <vector>

#include "theory/problem.h"

namespace hyperwidth {

struct ExplanationSection {
  std::string heading;
  std::vector<std::string> paragraphs;  // a paragraph that starts with two spaces is a formula, not to be wrapped
};

struct Explanation {
  std::string id;
  std::string title;
  std::vector<ExplanationSection> sections;
};

// All ids that can be explained: those of AllStatements, and "phases", "gap", "schemes", "floor", "norms",
// "mean_square".
std::vector<std::string> ExplainableIds();

// Ids are read without regard to case, and "thm4" means "GW20.Thm4", "dhm" means "DHM89", "embedding" means
// "certified.embedding". With a problem, a last section gives its numbers.
// Throws: std::domain_error for an unknown id, listing the known ones, and as Validate.
Explanation Explain(const std::string& id, const std::optional<Problem>& problem = std::nullopt);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_EXPLAIN_EXPLANATION_H_
