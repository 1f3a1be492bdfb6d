// SPDX-License-Identifier: Apache-2.0

#include "theory/scheme_comparison.h"

#include <algorithm>

#include "theory/continuous_encoder.h"
#include "theory/lower_bounds.h"
#include "theory/rank_bound.h"

namespace hyperwidth {

std::vector<SchemeComparison> CompareSchemes(const Problem& problem,
                                             const ModularityGap& gap,
                                             const std::vector<Scheme>& schemes) {
  Problem at_depth = problem;
  at_depth.depth = gap.depth;
  const LowerBounds bounds(at_depth);
  const std::int64_t continuous = LeastContinuousScalars(problem).scalars;
  std::vector<SchemeComparison> comparisons;
  for (const Scheme scheme : schemes) {
    const bool is_hypernetwork = scheme == Scheme::kHypernetwork;
    const bool has_bottleneck = is_hypernetwork && problem.bottleneck;
    const Scheme as_bounded = has_bottleneck ? Scheme::kLowRank : scheme;
    const std::int64_t scalars = has_bottleneck ? *problem.bottleneck : problem.EmbeddingDim();
    const CertifiedBound bound = SchemeBound(bounds, as_bounded, static_cast<double>(scalars));
    SchemeComparison comparison{.scheme = scheme,
                                .parameters = bound.count,
                                .crossover = CrossoverScalars(bounds, as_bounded, gap.constructed),
                                .onset = bound.onset};
    if (!is_hypernetwork || has_bottleneck) {
      comparison.scalars = scalars;
      comparison.least_scalars = continuous;
      if (scheme == Scheme::kDeepOnet) {
        comparison.least_scalars = std::max(continuous, LeastFunctions(problem).functions);
      }
      comparison.impossible = scalars < comparison.least_scalars;
      comparison.crossover = std::max(comparison.crossover, Count::Exact(comparison.least_scalars));
    }
    comparisons.push_back(comparison);
  }
  return comparisons;
}

}  // namespace hyperwidth
