// SPDX-License-Identifier: Apache-2.0
//
// The bounds for the root mean square error as statements.

#ifndef HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_STATEMENTS_H_
#define HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_STATEMENTS_H_

#include <vector>

#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {

// Lower bounds under the ids that they have for the largest error, in the order of AllStatements. Those whose proofs
// are about the largest error alone, certified.continuous_selection, certified.bounded_weights,
// certified.continuous_encoder and certified.bottleneck where there is one, are there without a count and with a status
// that says so. Networks that are built for the largest error reach the root mean square too: they are not repeated.
// Of targets with several outputs they are about one of them. Throws: std::domain_error as Validate.
std::vector<Statement> MeanSquareStatements(const Problem& problem);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_MEAN_SQUARE_MEAN_SQUARE_STATEMENTS_H_
