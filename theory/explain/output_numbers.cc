// SPDX-License-Identifier: Apache-2.0

#include "theory/explain/output_numbers.h"

#include "theory/gap.h"
#include "theory/statement.h"

namespace hyperwidth::internal {
namespace {

std::string Compared(const std::string& what,
                     const std::string& of_one,
                     const std::string& of_several,
                     const Problem& problem) {
  return "  " + what + of_one + " for one output, " + of_several + " for " + std::to_string(problem.outputs);
}

std::string TextOf(const ModularityGap& gap) { return gap.IsProved() ? gap.Text() : "none proved"; }

}  // namespace

std::vector<std::string> OutputNumbers(const Problem& problem) {
  if (problem.outputs == 1) return {"  the number of outputs is given with --outputs=.."};
  std::vector<std::string> lines;
  for (const Statement& statement : AllStatements(problem)) {
    if (!statement.of_one_output) continue;
    const bool is_lower = statement.bound == BoundKind::kLower;
    const auto text = [is_lower](const Count& count) { return is_lower ? count.Text() : count.TextAbove(); };
    lines.push_back(Compared(statement.id + ": " + statement.quantity + (is_lower ? " >= " : " <= "),
                             text(*statement.of_one_output),
                             text(*statement.count),
                             problem));
  }
  Problem one = problem;
  one.outputs = 1;
  lines.push_back(Compared("gap: ", TextOf(CertifiedGap(one)), TextOf(CertifiedGap(problem)), problem));
  return lines;
}

}  // namespace hyperwidth::internal
