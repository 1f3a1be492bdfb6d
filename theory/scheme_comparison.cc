// SPDX-License-Identifier: Apache-2.0

#include "theory/scheme_comparison.h"

#include "theory/lower_bounds.h"

namespace hyperwidth {

std::vector<SchemeComparison> CompareSchemes(const Problem& problem,
                                             const ModularityGap& gap,
                                             const std::vector<Scheme>& schemes) {
  Problem at_depth = problem;
  at_depth.depth = gap.depth;
  const LowerBounds bounds(at_depth);
  std::vector<SchemeComparison> comparisons;
  for (const Scheme scheme : schemes) {
    const CertifiedBound bound = SchemeBound(bounds, scheme, static_cast<double>(problem.EmbeddingDim()));
    comparisons.push_back({.scheme = scheme,
                           .parameters = bound.count,
                           .crossover = CrossoverScalars(bounds, scheme, gap.constructed),
                           .onset = bound.onset});
  }
  return comparisons;
}

}  // namespace hyperwidth
