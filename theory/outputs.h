// SPDX-License-Identifier: Apache-2.0
//
// What statements say of targets with several coordinates, y: I x [-1,1]^m1 -> R^K.

#ifndef HYPERWIDTH_THEORY_OUTPUTS_H_
#define HYPERWIDTH_THEORY_OUTPUTS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "theory/problem.h"
#include "theory/statement.h"

namespace hyperwidth {

// "scalar output", "3 outputs".
std::string OutputsInWords(std::int64_t outputs);

// Adds to the hypotheses what several outputs mean for the statement. Domain: outputs >= 2.
void AddOutputs(std::int64_t outputs, Statement& statement);

// Fills Statement::of_one_output of every statement with a count: the count of the statement with the same id for the
// same problem with one output. Nothing to do for one output.
void CompareToOneOutput(const Problem& problem, std::vector<Statement>& statements);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_OUTPUTS_H_
