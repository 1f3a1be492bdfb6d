// SPDX-License-Identifier: Apache-2.0

#include "theory/lower_bounds.h"

#include <cmath>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/onset.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

const Problem& Validated(const Problem& problem) {
  Validate(problem);
  return problem;
}

// The search keeps a margin for rounding that the 50-digit check cannot exceed; this is a check of the program itself.
void RequireHeight(const Grid& grid, double epsilon) {
  if (!ProvesHeight(grid, epsilon)) {
    throw std::logic_error("grid " + grid.Description() + " is not finer than epsilon = " + ShortestDecimal(epsilon));
  }
}

Grid LargestIsotropicGrid(const Problem& problem) {
  Validate(problem);
  const Bump& bump = AdmissibleBumps(problem.smoothness).front();
  const auto grid = [&](double cells) {
    return IsotropicGrid(bump, problem.primary_dim, problem.condition_dim, cells);
  };
  double low = 0;
  double high = 1;
  while (grid(high).IsFinerThan(problem.epsilon)) high *= 2;
  while (high - low > 1) {
    const double middle = std::floor(low + (high - low) / 2);
    if (middle <= low || middle >= high) break;
    (grid(middle).IsFinerThan(problem.epsilon) ? low : high) = middle;
  }
  RequireHeight(grid(low), problem.epsilon);
  return grid(low);
}

CertifiedBound IsotropicBound(const Problem& problem, NetworkClass network_class) {
  const Grid grid = LargestIsotropicGrid(problem);
  network_class.groups.back().hidden = true;
  return {SmallestParameterCount(network_class, grid), grid};
}

}  // namespace

CertifiedBound Stronger(const CertifiedBound& a, const CertifiedBound& b) {
  if (a.SaysNothing() && b.SaysNothing()) return a.onset.value_or(0) < b.onset.value_or(0) ? b : a;
  return a.count < b.count ? b : a;
}

LowerBounds::LowerBounds(const Problem& problem)
    : problem_(Validated(problem)),
      all_axes_({problem.smoothness, problem.primary_dim, problem.condition_dim, problem.epsilon}),
      primary_axes_({problem.smoothness, problem.primary_dim, 0, problem.epsilon}) {}

CertifiedBound LowerBounds::Certify(const NetworkClass& network_class,
                                    const GridSearch& search,
                                    int condition_dim) const {
  const auto objective = [&](const Grid& grid) { return Log2SmallestSufficient(network_class, PointsOf(grid)); };
  const Grid grid = search.Maximise(objective).grid;
  RequireHeight(grid, problem_.epsilon);
  CertifiedBound bound{SmallestParameterCount(network_class, grid), grid};
  if (!bound.SaysNothing()) return bound;
  // Where the objective is flat, the search cannot see the one grid that may say something.
  const auto onset = OnsetOfClass({problem_.smoothness, problem_.primary_dim, condition_dim}, network_class);
  if (!onset) return bound;
  if (ProvesHeight(onset->grid, problem_.epsilon)) {
    return {SmallestParameterCount(network_class, onset->grid), onset->grid};
  }
  bound.onset = onset->epsilon;
  return bound;
}

CertifiedBound LowerBounds::ForClass(const NetworkClass& network_class) const {
  return Certify(network_class, all_axes_, problem_.condition_dim);
}

GridSearch::Best LowerBounds::BestGrid(const std::function<double(const Grid&)>& objective) const {
  const GridSearch::Best best = all_axes_.Maximise(objective);
  RequireHeight(best.grid, problem_.epsilon);
  return best;
}

CertifiedBound LowerBounds::ContinuousSelection() const {
  const Grid grid = MostPoints({problem_.smoothness, problem_.primary_dim, problem_.condition_dim, problem_.epsilon});
  RequireHeight(grid, problem_.epsilon);
  CertifiedBound bound{NumPoints(grid), grid};
  if (!bound.SaysNothing()) return bound;
  const auto onset = OnsetOfBumps({problem_.smoothness, problem_.primary_dim, problem_.condition_dim});
  if (onset) bound.onset = onset->epsilon;
  return bound;
}

CertifiedBound LowerBounds::Standard() const { return ForClass(StandardClass(problem_.depth)); }

CertifiedBound LowerBounds::Primary() const { return Certify(StandardClass(problem_.depth), primary_axes_, 0); }

CertifiedBound LowerBounds::Embedding(std::int64_t embedding_dim) const {
  RequireInteger("embedding_dim", embedding_dim, 1, kMaxCount);
  return Stronger(ForClass(EmbeddingClass(problem_.depth, static_cast<double>(embedding_dim))), Primary());
}

CertifiedBound LowerBounds::Embedding() const { return Embedding(problem_.embedding_dim); }

CertifiedBound LowerBounds::DenseEmbedding() const {
  return Stronger(ForClass(DenseEmbeddingClass(problem_.depth)), Primary());
}

CertifiedBound LowerBounds::HypernetworkTotal() const {
  return ForClass(HypernetworkTotalClass(problem_.depth, problem_.generator_depth));
}

CertifiedBound IsotropicContinuousSelection(const Problem& problem) {
  const Grid grid = LargestIsotropicGrid(problem);
  return {NumPoints(grid), grid};
}

CertifiedBound IsotropicStandard(const Problem& problem) {
  return IsotropicBound(problem, StandardClass(problem.depth));
}

CertifiedBound IsotropicEmbedding(const Problem& problem) {
  return IsotropicBound(problem, EmbeddingClass(problem.depth, static_cast<double>(problem.embedding_dim)));
}

}  // namespace hyperwidth
