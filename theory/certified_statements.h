// SPDX-License-Identifier: Apache-2.0
//
// The proved bounds as statements: numbers with their hypotheses in words.

#ifndef HYPERWIDTH_THEORY_CERTIFIED_STATEMENTS_H_
#define HYPERWIDTH_THEORY_CERTIFIED_STATEMENTS_H_

#include <vector>

#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {

// certified.continuous_selection, certified.standard, certified.primary, certified.embedding,
// certified.embedding_any_dimension, certified.hypernetwork_total, certified.bits, certified.bounded_weights. Throws:
// std::domain_error as Validate.
std::vector<Statement> CertifiedStatements(const Problem& problem);

// constructed.standard, constructed.hypernetwork, constructed.structured_total. Throws: std::domain_error as Validate.
std::vector<Statement> ConstructedStatements(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CERTIFIED_STATEMENTS_H_
