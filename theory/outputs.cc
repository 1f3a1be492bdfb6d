// SPDX-License-Identifier: Apache-2.0

#include "theory/outputs.h"

#include "theory/certified_statements.h"

namespace hyperwidth {
namespace {

// What outputs share, for statements where that is not plain.
std::string SharedBy(const std::string& id) {
  if (id == "certified.continuous_encoder") {
    return "the target's functions are dealt out to the outputs, so that each has fewer of them";
  }
  if (id == "certified.linear_decoder") {
    return "the functions have values in R^K; p counts coefficients, so a function that outputs share with "
           "coefficients of their own counts once for each of them";
  }
  if (id == "constructed.structured_total") return "the b_l have values in R^K, the a_l are shared by all outputs";
  if (id.starts_with("constructed.")) return "the inner network is shared by all outputs";
  if (id == "certified.continuous_selection" || id == "certified.bits") return "one method for all of them";
  return "hidden layers are shared by all outputs, the weights behind them are not";
}

}  // namespace

std::string OutputsInWords(std::int64_t outputs) {
  return outputs == 1 ? "scalar output" : std::to_string(outputs) + " outputs";
}

void AddOutputs(std::int64_t outputs, Statement& statement) {
  statement.hypotheses.push_back("y has K = " + std::to_string(outputs) +
                                 " coordinates, each in the ball, and the error is that of the worst one; " +
                                 SharedBy(statement.id));
}

void CompareToOneOutput(const Problem& problem, std::vector<Statement>& statements) {
  if (problem.outputs == 1) return;
  Problem one = problem;
  one.outputs = 1;
  for (const std::vector<Statement>& of_one : {CertifiedStatements(one), ConstructedStatements(one)}) {
    for (const Statement& single : of_one) {
      for (Statement& statement : statements) {
        if (statement.id == single.id) statement.of_one_output = single.count;
      }
    }
  }
}

}  // namespace hyperwidth
