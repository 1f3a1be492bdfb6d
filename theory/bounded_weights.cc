// SPDX-License-Identifier: Apache-2.0

#include "theory/bounded_weights.h"

#include <algorithm>
#include <cmath>
#include <ios>
#include <limits>
#include <optional>

#include "boost/math/constants/constants.hpp"
#include "theory/bounded_weights_parts.h"
#include "theory/coarsest_grid.h"
#include "theory/domain_check.h"
#include "theory/grid_search.h"
#include "theory/onset.h"
#include "theory/rigorous.h"
#include "theory/wide_real.h"

namespace hyperwidth {
namespace {

using Real = BoundedWeightsReal;

// The sum of growth^j over j < terms. Positive numbers only, so that nothing cancels near growth = 1:
// S(2 n) = S(n) (1 + growth^n), S(n + 1) = 1 + growth S(n).
Real GeometricSum(const Real& growth, int terms) {
  if (terms == 1) return 1;
  const Real even = GeometricSum(growth, terms / 2) * (1 + pow(growth, terms / 2));
  return terms % 2 == 0 ? even : Real(1 + growth * even);
}

// The next double: above every real number that is rounded to `value`.
double Above(double value) { return std::nextafter(value, std::numeric_limits<double>::infinity()); }

// The first whole number that is not below points / bits; beyond kMaxExactCount its logarithm, rounded down.
Count FewestWeights(const Count& points, const Real& bits) {
  const Real weights = ceil(internal::AsWideReal(points) / bits);
  if (weights <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(weights));
  return Count::FromLog10(-Above(-static_cast<double>(Real(log10(weights)))));
}

// By how much the targets of the ball are higher than its epsilon, from below, if those of the unit ball have this
// height. Here the radius does not cancel: weights may not grow with the targets.
Real Excess(const Problem& problem, const Real& unit_height) {
  const double radius = problem.radius == 1 ? 1 : std::nextafter(problem.radius, 0.0);
  return radius * (unit_height - Above(problem.UnitEpsilonAbove()));
}

}  // namespace

Real LipschitzConstant(int depth, double inputs, double weight_bound) {
  RequireInteger("depth", depth, 1, kMaxDepth);
  return (Real(inputs) + 1) * GeometricSum(Real(weight_bound) * inputs, depth);
}

// Of floor(1 + B Lambda / excess) numbers, evenly spread over [-B, B], one is closer than excess / Lambda to any
// weight.
Real BitsOfOneWeight(const Problem& problem, const Real& excess) {
  const double inputs = std::max<double>(static_cast<double>(problem.width), problem.Dim());
  const Real lambda = LipschitzConstant(problem.depth, inputs, problem.weight_bound);
  const Real bits = log(1 + problem.weight_bound * lambda / excess) / boost::math::constants::ln_two<Real>();
  return bits * (1 + Real("1e-30"));
}

std::string RoundingsPerPointAbove(const Problem& problem, const Grid& grid, const std::string& weights) {
  constexpr int kDecimals = 36;
  const Real height = 1 / (Real(grid.Norm()) * (1 + grid.NormRounding()));
  const Real bits = BitsOfOneWeight(problem, Excess(problem, height));
  const Real last = pow(Real(10), -kDecimals);
  return Real((floor(Real(weights) * bits / internal::AsWideReal(NumPoints(grid, problem.outputs)) / last) + 2) * last)
      .str(kDecimals, std::ios_base::fixed);
}

namespace {

// Bumps of height c epsilon leave (c - 1) epsilon for the rounding of the weights.
constexpr double kHeights[] = {1.01, 1.03, 1.1, 1.3, 2.0};

CertifiedBound BoundAt(const Problem& problem) {
  const auto most_points = [&](double height) {
    return MostPoints({.smoothness = problem.smoothness,
                       .primary_dim = problem.primary_dim,
                       .condition_dim = problem.condition_dim,
                       .epsilon = height,
                       .norm = problem.norm});
  };
  const double unit_epsilon = problem.UnitEpsilonAbove();
  CertifiedBound best{Count::Exact(1), most_points(unit_epsilon)};
  for (const double factor : kHeights) {
    const double height = unit_epsilon * factor;
    if (height > kMaxEpsilon) break;
    const Grid grid = most_points(height);
    const Count count =
        FewestWeights(NumPoints(grid, problem.outputs), BitsOfOneWeight(problem, Excess(problem, height)));
    if (best.count < count && ProvesHeight(grid, height)) best = {count, grid};
  }
  return best;
}

// The largest epsilon of three digits at which bumps of height factor * epsilon outnumber the bits of one weight. The
// finer epsilon, the more bits a weight has: from above, the smaller of two epsilons needs at least as many bumps, so
// that none is passed over. There is one for every Problem: even the largest networks reach 10^-159.
double LargestEpsilon(Problem problem, double factor) {
  const CoarsestGridProblem ball = BallOf(problem);
  problem.epsilon = BelowWithThreeDigits(problem.radius * (kMaxEpsilon / factor));
  for (;;) {
    const Real bits = BitsOfOneWeight(problem, Real((factor - 1) * problem.epsilon));
    const double log2_bits = std::log2(static_cast<double>(bits) / static_cast<double>(problem.outputs));
    const auto coarsest = FindCoarsestGrid(ball, [&](const Grid& grid) { return grid.Log2Points() > log2_bits; });
    const double next = BelowWithThreeDigits(problem.radius / (coarsest.value().norm * factor));
    if (next >= problem.epsilon) return problem.epsilon;
    problem.epsilon = next;
  }
}

std::optional<double> OnsetOfBoundedWeights(Problem problem) {
  double largest = 0;
  for (const double factor : kHeights) largest = std::max(largest, LargestEpsilon(problem, factor));
  problem.epsilon = largest;
  if (BoundAt(problem).SaysNothing()) return std::nullopt;
  return largest;
}

}  // namespace

CertifiedBound BoundedWeightsBound(const Problem& problem) {
  Validate(problem);
  CertifiedBound bound = BoundAt(problem);
  if (bound.SaysNothing()) bound.onset = OnsetOfBoundedWeights(problem);
  return bound;
}

}  // namespace hyperwidth
