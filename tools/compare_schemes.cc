// SPDX-License-Identifier: Apache-2.0

#include "theory/lower_bounds.h"
#include "tools/bounds_output.h"

namespace hyperwidth {

std::vector<SchemeAnswer> CompareSchemes(const Problem& problem, const std::string& name) {
  const ModularityGap gap = CertifiedGap(problem);
  Problem at_depth = problem;
  at_depth.depth = gap.depth;
  const LowerBounds bounds(at_depth);
  std::vector<Scheme> schemes = name == "all" ? AllSchemes() : std::vector<Scheme>{SchemeNamed(name)};
  std::vector<SchemeAnswer> answers;
  for (const Scheme scheme : schemes) {
    answers.push_back({scheme,
                       SchemeBound(bounds, scheme, static_cast<double>(problem.embedding_dim)).count,
                       CrossoverScalars(bounds, scheme, gap.constructed)});
  }
  return answers;
}

}  // namespace hyperwidth
