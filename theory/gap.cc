// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <cmath>

#include "theory/schemes.h"
#include "theory/spline_network.h"

namespace hyperwidth {
double ModularityGap::Ratio() const {
  if (embedding.value && constructed.value) {
    return static_cast<double>(*embedding.value) / static_cast<double>(*constructed.value);
  }
  return std::pow(10.0, log10);
}

ModularityGap CertifiedGap(const Problem& problem) {
  Validate(problem);
  const double cells = SplineCells(problem.smoothness, problem.primary_dim, problem.epsilon);
  const SplineSize constructed = SizeOfSplineNetwork(problem.primary_dim, cells);
  Problem at_depth = problem;
  at_depth.depth = std::max(problem.depth, constructed.depth);
  const LowerBounds bounds(at_depth);
  ModularityGap gap{.depth = at_depth.depth,
                    .embedding = bounds.Embedding().count,
                    .constructed = constructed.total,
                    .crossover_embedding_dim = CrossoverScalars(bounds, Scheme::kEmbedding, constructed.total)};
  gap.log10 = gap.embedding.log10 - gap.constructed.log10;
  return gap;
}

}  // namespace hyperwidth
