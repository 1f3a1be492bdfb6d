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

GridProblem GridsOf(const Problem& problem, int condition_dim) {
  return {.smoothness = problem.smoothness,
          .primary_dim = problem.primary_dim,
          .condition_dim = condition_dim,
          .epsilon = problem.UnitEpsilonAbove(),
          .norm = problem.norm};
}

Grid LargestIsotropicGrid(const Problem& problem) {
  Validate(problem);
  const Bump& bump = AdmissibleBumps(problem.smoothness).front();
  const auto grid = [&](double cells) {
    return IsotropicGrid(bump, problem.primary_dim, problem.condition_dim, cells, problem.norm);
  };
  const double epsilon = problem.UnitEpsilonAbove();
  double step = 1;
  while (grid(step).IsFinerThan(epsilon)) step *= 2;
  double cells = 0;  // bit by bit; beyond 2^53 the last steps are lost in rounding
  for (; step >= 1; step /= 2) {
    if (grid(cells + step).IsFinerThan(epsilon)) cells += step;
  }
  return Confirmed(grid(cells), epsilon);
}

CertifiedBound IsotropicBound(const Problem& problem, NetworkClass network_class) {
  const Grid grid = LargestIsotropicGrid(problem);
  network_class.groups.back().hidden = true;
  network_class.outputs = static_cast<double>(problem.outputs);
  return {SmallestParameterCount(network_class, grid), grid};
}

CertifiedBound BoundByPieces(const Problem& problem) {
  const LeastPieces least = LeastLinearPieces(problem.smoothness, problem.UnitEpsilonAbove(), problem.norm);
  CertifiedBound bound{.count = LeastParametersForPieces(least.pieces, problem.depth, problem.outputs),
                       .grid = least.grid,
                       .onset = std::nullopt,
                       .pieces = least};
  if (bound.SaysNothing()) bound.onset = OnsetOfPieces(problem.smoothness, problem.radius, problem.norm);
  return bound;
}

}  // namespace

Grid Confirmed(const Grid& grid, double epsilon) {
  if (ProvesHeight(grid, epsilon)) return grid;
  throw std::logic_error("grid " + grid.Description() + " is not finer than epsilon = " + ShortestDecimal(epsilon));
}

CertifiedBound Stronger(const CertifiedBound& a, const CertifiedBound& b) {
  if (a.SaysNothing() && b.SaysNothing()) return a.onset.value_or(0) < b.onset.value_or(0) ? b : a;
  return a.count < b.count ? b : a;
}

LowerBounds::LowerBounds(const Problem& problem)
    : problem_(Validated(problem)),
      all_axes_(GridsOf(problem, problem.condition_dim)),
      primary_axes_(GridsOf(problem, 0)),
      pieces_(BoundByPieces(problem)) {}

CertifiedBound LowerBounds::Certify(const NetworkClass& of_one_output,
                                    const GridSearch& search,
                                    int condition_dim) const {
  const NetworkClass network_class = WithOutputs(of_one_output, problem_.outputs);
  const auto objective = [&](const Grid& grid) { return Log2SmallestSufficient(network_class, PointsOf(grid)); };
  const Grid grid = Confirmed(search.Maximise(objective).grid, problem_.UnitEpsilonAbove());
  CertifiedBound bound{SmallestParameterCount(network_class, grid), grid};
  if (!bound.SaysNothing()) return bound;
  // Where the objective is flat, the search cannot see the one grid that may say something.
  const auto onset = OnsetOfClass(BallOf(problem_, condition_dim), network_class, problem_.radius);
  if (!onset) return bound;
  if (ProvesHeight(onset->grid, problem_.UnitEpsilonAbove())) {
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
  return {Confirmed(best.grid, problem_.UnitEpsilonAbove()), best.objective};
}

CertifiedBound LowerBounds::ContinuousSelection() const {
  const Grid grid = Confirmed(MostPoints(GridsOf(problem_, problem_.condition_dim)), problem_.UnitEpsilonAbove());
  CertifiedBound bound{NumPoints(grid, problem_.outputs), grid};
  if (!bound.SaysNothing()) return bound;
  // Of every smoothness two bumps are higher than kMinEpsilon.
  bound.onset = OnsetOfBumps(BallOf(problem_), problem_.radius).value().epsilon;
  return bound;
}

CertifiedBound LowerBounds::Standard() const { return Stronger(ForClass(StandardClass(problem_.depth)), pieces_); }

CertifiedBound LowerBounds::Primary() const {
  return Stronger(Certify(StandardClass(problem_.depth), primary_axes_, 0), pieces_);
}

CertifiedBound LowerBounds::Embedding(std::int64_t embedding_dim) const {
  RequireInteger("embedding_dim", embedding_dim, 1, kMaxCount);
  return Stronger(ForClass(EmbeddingClass(problem_.depth, static_cast<double>(embedding_dim))), Primary());
}

CertifiedBound LowerBounds::Embedding() const { return Embedding(problem_.EmbeddingDim()); }

CertifiedBound LowerBounds::DenseEmbedding() const {
  return Stronger(ForClass(DenseEmbeddingClass(problem_.depth)), Primary());
}

CertifiedBound LowerBounds::HypernetworkTotal() const {
  return ForClass(HypernetworkTotalClass(problem_.depth, problem_.generator_depth));
}

CertifiedBound IsotropicContinuousSelection(const Problem& problem) {
  const Grid grid = LargestIsotropicGrid(problem);
  return {NumPoints(grid, problem.outputs), grid};
}

CertifiedBound IsotropicStandard(const Problem& problem) {
  return IsotropicBound(problem, StandardClass(problem.depth));
}

CertifiedBound IsotropicEmbedding(const Problem& problem) {
  return IsotropicBound(problem, EmbeddingClass(problem.depth, static_cast<double>(problem.EmbeddingDim())));
}

}  // namespace hyperwidth
