// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_statements.h"
#include "tools/bounds_output.h"

namespace hyperwidth {

BoundsAnswer AnswerBounds(const Problem& problem, const std::string& scheme, const std::string& error) {
  BoundsAnswer answer{.problem = problem, .statements = AllStatements(problem), .gap = CertifiedGap(problem)};
  if (!answer.gap.IsProved()) answer.gap_onset = OnsetOfGap(problem);
  if (problem.outputs > 1) {
    Problem one = problem;
    one.outputs = 1;
    answer.gap_of_one_output = CertifiedGap(one);
  }
  if (!scheme.empty()) {
    const std::vector<Scheme> schemes = scheme == "all" ? AllSchemes() : std::vector<Scheme>{SchemeNamed(scheme)};
    answer.schemes = CompareSchemes(problem, answer.gap, schemes);
  }
  if (error == "rms") answer.mean_square = MeanSquareStatements(problem);
  return answer;
}

}  // namespace hyperwidth
