// SPDX-License-Identifier: Apache-2.0

#include "theory/lower_bounds.h"
#include "tools/bounds_output.h"

namespace hyperwidth {

namespace {

std::vector<SchemeAnswer> SchemesBeside(const ModularityGap& gap, const Problem& problem, const std::string& name) {
  Problem at_depth = problem;
  at_depth.depth = gap.depth;
  const LowerBounds bounds(at_depth);
  std::vector<Scheme> schemes = name == "all" ? AllSchemes() : std::vector<Scheme>{SchemeNamed(name)};
  std::vector<SchemeAnswer> answers;
  for (const Scheme scheme : schemes) {
    const CertifiedBound bound = SchemeBound(bounds, scheme, static_cast<double>(problem.EmbeddingDim()));
    answers.push_back({scheme, bound.count, CrossoverScalars(bounds, scheme, gap.constructed), bound.onset});
  }
  return answers;
}

}  // namespace

std::vector<SchemeAnswer> CompareSchemes(const Problem& problem, const std::string& name) {
  return SchemesBeside(CertifiedGap(problem), problem, name);
}

BoundsAnswer AnswerBounds(const Problem& problem, const std::string& scheme) {
  BoundsAnswer answer{.problem = problem, .statements = AllStatements(problem), .gap = CertifiedGap(problem)};
  if (!answer.gap.IsProved()) answer.gap_onset = OnsetOfGap(problem);
  if (!scheme.empty()) answer.schemes = SchemesBeside(answer.gap, problem, scheme);
  return answer;
}

}  // namespace hyperwidth
