// SPDX-License-Identifier: Apache-2.0

#include "theory/bounded_weights.h"

#include <algorithm>
#include <cmath>
#include <ios>
#include <optional>

#include "boost/math/constants/constants.hpp"
#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/coarsest_grid.h"
#include "theory/grid_search.h"
#include "theory/onset.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

using Real = boost::multiprecision::cpp_bin_float_50;

// log2 of the number of roundings of one weight, rounded up: at most 1 + B Lambda / excess of them are needed.
Real BitsPerWeight(const Problem& problem, const Real& excess) {
  const Real h = std::max<double>(static_cast<double>(problem.width), problem.Dim());
  const Real growth = Real(problem.weight_bound) * h;
  const Real layers_sum = growth == 1 ? Real(problem.depth) : Real((pow(growth, problem.depth) - 1) / (growth - 1));
  const Real lambda = (h + 1) * layers_sum;
  const Real bits = log(1 + problem.weight_bound * lambda / excess) / boost::math::constants::ln_two<Real>();
  return bits * (1 + Real("1e-30"));
}

Count FewestWeights(const Count& points, const Real& bits) {
  const Real all = points.value ? Real(*points.value) : Real(pow(Real(10), Real(points.log10)));
  const Real weights = all / bits;
  if (weights <= static_cast<double>(kMaxExactCount)) {
    return Count::Exact(std::max<std::int64_t>(1, static_cast<std::int64_t>(Real(ceil(weights)))));
  }
  return Count::FromLog10(std::nextafter(static_cast<double>(Real(log10(weights))), -1.0));
}

}  // namespace

std::string RoundingsPerPointAbove(const Problem& problem, const Grid& grid, const std::string& weights) {
  constexpr int kDecimals = 36;
  const Count points = NumPoints(grid);
  const Real all = points.value ? Real(*points.value) : Real(pow(Real(10), Real(points.log10)));
  const Real height = 1 / (Real(grid.Norm()) * (1 + grid.NormRounding()));
  const Real bits = BitsPerWeight(problem, height - std::nextafter(problem.epsilon, 1.0));
  const Real last = pow(Real(10), -kDecimals);
  return Real((floor(Real(weights) * bits / all / last) + 2) * last).str(kDecimals, std::ios_base::fixed);
}

namespace {

// Bumps of height c epsilon leave (c - 1) epsilon for the rounding of the weights.
constexpr double kHeights[] = {1.01, 1.03, 1.1, 1.3, 2.0};

CertifiedBound BoundAt(const Problem& problem) {
  const auto most_points = [&](double height) {
    return MostPoints({problem.smoothness, problem.primary_dim, problem.condition_dim, height});
  };
  CertifiedBound best{Count::Exact(1), most_points(problem.epsilon)};
  for (const double factor : kHeights) {
    const double height = problem.epsilon * factor;
    if (height > kMaxEpsilon) break;
    const Grid grid = most_points(height);
    const Real excess = Real(height) - Real(std::nextafter(problem.epsilon, 1.0));
    const Count count = FewestWeights(NumPoints(grid), BitsPerWeight(problem, excess));
    if (best.count < count && ProvesHeight(grid, height)) best = {count, grid};
  }
  return best;
}

// The largest epsilon at which bumps of height factor * epsilon outnumber the bits of one weight; at most `high`. The
// finer epsilon, the more bits a weight has: from above, the smaller of two epsilons needs at least as many bumps.
double LargestEpsilon(Problem problem, double factor, double high) {
  const CoarsestGridProblem ball{problem.smoothness, problem.primary_dim, problem.condition_dim};
  problem.epsilon = high;
  for (int step = 0; step < 30; ++step) {
    const Real bits = BitsPerWeight(problem, Real((factor - 1) * problem.epsilon));
    const double log2_bits = std::log2(static_cast<double>(bits));
    const auto coarsest = FindCoarsestGrid(ball, [&](const Grid& grid) { return grid.Log2Points() > log2_bits; });
    if (!coarsest) return 0;
    const double next = std::min(high, 1 / (coarsest->norm * factor));
    if (next < kMinEpsilon || next >= problem.epsilon * (1 - 1e-12)) return next;
    problem.epsilon = next;
  }
  return problem.epsilon;
}

std::optional<double> OnsetOfBoundedWeights(const Problem& problem) {
  double largest = 0;
  for (const double factor : kHeights) {
    largest = std::max(largest, LargestEpsilon(problem, factor, kMaxEpsilon / factor));
  }
  Problem at = problem;
  for (int attempt = 0; attempt < 3 && largest > kMinEpsilon; ++attempt) {
    at.epsilon = BelowWithThreeDigits(largest);
    if (at.epsilon < kMinEpsilon) break;
    if (!BoundAt(at).SaysNothing()) return at.epsilon;
    largest = at.epsilon;
  }
  return std::nullopt;
}

}  // namespace

CertifiedBound BoundedWeightsBound(const Problem& problem) {
  Validate(problem);
  CertifiedBound bound = BoundAt(problem);
  if (bound.SaysNothing()) bound.onset = OnsetOfBoundedWeights(problem);
  return bound;
}

}  // namespace hyperwidth
