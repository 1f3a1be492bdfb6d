// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_bounds.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

// The problem of one output: a network of several has no fewer parameters.
Problem ForOneOutput(Problem problem) {
  Validate(problem);
  problem.outputs = 1;
  return problem;
}

const MeanSquareBound& Stronger(const MeanSquareBound& a, const MeanSquareBound& b) {
  return a.count < b.count ? b : a;
}

}  // namespace

MeanSquareBounds::MeanSquareBounds(const Problem& problem)
    : problem_(ForOneOutput(problem)), all_axes_(problem_, true), primary_axes_(problem_, false) {
  const LeastPieces least = LeastPiecesInMeanSquare(problem.smoothness, problem.UnitEpsilonAbove(), problem.norm);
  pieces_ = {.count = LeastParametersForPieces(least.pieces, problem.depth), .pieces = least};
}

MeanSquareBound MeanSquareBounds::Certify(const NetworkClass& network_class, const MeanSquareSearch& search) const {
  const auto best = search.Best([&](const MeanSquareGrid& candidate) {
    const PointCounts points = PointsOf(candidate.grid);
    return Log2SmallestSufficient(network_class, points, std::log2(NeededShareBelow(candidate.needed, points)));
  });
  if (!best) return {};
  if (!ProvesMeanSquare(*best, problem_.UnitEpsilonAbove())) {
    throw std::logic_error("grid " + best->grid.Description() +
                           " is not high enough in the mean square for epsilon = " + ShortestDecimal(problem_.epsilon));
  }
  return {.count = SmallestParameterCount(network_class, best->grid, best->needed), .evidence = best};
}

MeanSquareBound MeanSquareBounds::ForClass(const NetworkClass& network_class) const {
  return Certify(network_class, all_axes_);
}

MeanSquareBound MeanSquareBounds::Standard() const {
  return Stronger(ForClass(StandardClass(problem_.depth)), pieces_);
}

MeanSquareBound MeanSquareBounds::Primary() const {
  return Stronger(Certify(StandardClass(problem_.depth), primary_axes_), pieces_);
}

MeanSquareBound MeanSquareBounds::Embedding() const {
  return Stronger(ForClass(EmbeddingClass(problem_.depth, static_cast<double>(problem_.EmbeddingDim()))), Primary());
}

MeanSquareBound MeanSquareBounds::DenseEmbedding() const {
  return Stronger(ForClass(DenseEmbeddingClass(problem_.depth)), Primary());
}

MeanSquareBound MeanSquareBounds::HypernetworkTotal() const {
  return ForClass(HypernetworkTotalClass(problem_.depth, problem_.generator_depth));
}

MeanSquareBound MeanSquareBounds::Bits() const {
  const std::optional<MeanSquareGrid> best = MeanSquareSearch(problem_, true, 0).MostPatterns();
  if (!best) return {};
  return {.count = std::max(Count::Exact(1), NeededBits(best->grid, best->needed)), .evidence = best};
}

}  // namespace hyperwidth
