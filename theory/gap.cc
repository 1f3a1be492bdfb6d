// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <cmath>

#include "theory/rigorous.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

// log2 of the largest real k >= 1 for which `parameters` are too few at this grid, -1 if they suffice for k = 1.
double Log2LargestEmbedding(int depth, const PointCounts& points, double log2_parameters) {
  NetworkClass network_class = EmbeddingClass(depth, 1);
  const auto is_too_few = [&](double log2_k) {
    network_class.scalars = ConditionScalars::Log2Fixed(log2_k);
    return Log2PatternsPerPoint(network_class, points, log2_parameters) < 0;
  };
  if (!is_too_few(0)) return -1;
  double low = 0;
  double high = points.log2_all - points.log2_conditions + 1;  // k J >= 2 M variables: Warren is silent
  while (high - low > 1e-14 * (1 + high)) {
    const double middle = 0.5 * (low + high);
    if (middle <= low || middle >= high) break;
    (is_too_few(middle) ? low : high) = middle;
  }
  return low;
}

Count CrossoverEmbeddingDim(const LowerBounds& bounds, int depth, const Count& parameters) {
  const double log2_parameters = parameters.log10 / std::log10(2.0);
  const auto best =
      bounds.BestGrid([&](const Grid& grid) { return Log2LargestEmbedding(depth, PointsOf(grid), log2_parameters); });
  if (best.objective < 0) return Count::Exact(1);
  if (best.objective > 52) return Count::FromLog10(best.objective * std::log10(2.0) - 1e-9);
  const auto is_proved = [&](double k) { return ProvesMoreThan(EmbeddingClass(depth, k), best.grid, parameters); };
  double k = std::floor(std::exp2(best.objective) * (1 + 1e-12)) + 1;
  while (k > 1 && !is_proved(k - 1)) k -= 1;
  return Count::Exact(static_cast<std::int64_t>(k));
}

}  // namespace

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
                    .crossover_embedding_dim = CrossoverEmbeddingDim(bounds, at_depth.depth, constructed.total)};
  gap.log10 = gap.embedding.log10 - gap.constructed.log10;
  return gap;
}

}  // namespace hyperwidth
