// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include "boost/math/tools/toms748_solve.hpp"
#include "theory/coarsest_grid.h"
#include "theory/continuous_encoder.h"
#include "theory/onset.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"

namespace hyperwidth {

double ModularityGap::Ratio() const {
  if (embedding.value && constructed.value) {
    return static_cast<double>(*embedding.value) / static_cast<double>(*constructed.value);
  }
  return std::pow(10.0, log10);
}

std::string ModularityGap::Text() const {
  std::array<char, 48> text;
  if (log10 < -4 || log10 >= 6) {
    std::snprintf(text.data(), text.size(), "10^%.2f", std::floor(log10 * 100) / 100);
    return text.data();
  }
  const double ratio = Ratio();
  const int decimals = 3 - static_cast<int>(std::floor(std::log10(ratio)));
  const double last_digit = std::pow(10.0, -decimals);
  std::snprintf(text.data(), text.size(), "%.*f", std::max(decimals, 0), std::floor(ratio / last_digit) * last_digit);
  return text.data();
}

namespace {

std::vector<Construction> PrimaryNetworks(const Problem& problem) {
  return Constructions(
      problem.smoothness, problem.primary_dim, problem.UnitEpsilon(), CopiesOf(problem.outputs), problem.norm);
}

ModularityGap GapTo(const Construction& construction, const NetworkSize& size, const Problem& problem) {
  Problem at_depth = problem;
  at_depth.depth = std::max(problem.depth, size.depth);
  const LowerBounds bounds(at_depth);
  ModularityGap gap{.depth = at_depth.depth,
                    .embedding = bounds.Embedding().count,
                    .constructed = size.total,
                    .passed_on = size.nodal,
                    .fits_bottleneck = !problem.bottleneck || !(Count::Exact(*problem.bottleneck) < size.nodal),
                    .network = construction,
                    .crossover_embedding_dim = CrossoverScalars(bounds, Scheme::kEmbedding, size.total)};
  gap.log10 = gap.embedding.log10 - gap.constructed.log10;
  return gap;
}

}  // namespace

ModularityGap CertifiedGap(const Problem& problem) {
  Validate(problem);
  std::optional<ModularityGap> best;
  for (const Construction& construction : PrimaryNetworks(problem)) {
    const NetworkSize size = WithOutputs(SizeOf(construction), problem.outputs);
    // A deeper network that is no smaller cannot give a larger gap, and none beyond the accepted depths is compared.
    if (best && (size.depth > kMaxDepth || (best->fits_bottleneck && !(size.total < best->constructed)))) continue;
    ModularityGap gap = GapTo(construction, size, problem);
    const auto rank = [](const ModularityGap& of) { return std::pair(of.fits_bottleneck, of.log10); };
    if (!best || rank(gap) > rank(*best)) best = std::move(gap);
  }
  best->least_continuous_dim = LeastContinuousScalars(problem).scalars;
  return *best;
}

namespace {

// The logarithm of the largest height of bumps at which the embedding is proved to need more than the constructed
// network, over epsilon: positive where there is a gap. Minus infinity where none is proved at any height.
double LogExcess(const Problem& problem) {
  const CoarsestGridProblem ball = BallOf(problem);
  double excess = -std::numeric_limits<double>::infinity();
  for (const Construction& construction : PrimaryNetworks(problem)) {
    const NetworkSize size = WithOutputs(SizeOf(construction), problem.outputs);
    const int depth = std::max(problem.depth, size.depth);
    if (depth > kMaxDepth) continue;
    const NetworkClass network_class =
        WithOutputs(EmbeddingClass(depth, static_cast<double>(problem.EmbeddingDim())), problem.outputs);
    const double log2_size = size.total.log10 / std::log10(2.0);
    const auto coarsest = FindCoarsestGrid(
        ball, [&](const Grid& grid) { return Log2PatternsPerPoint(network_class, PointsOf(grid), log2_size) < 0; });
    if (coarsest) excess = std::max(excess, -std::log(coarsest->norm) - std::log(problem.UnitEpsilon()));
  }
  return excess;
}

ModularityGap GapAt(Problem problem, double epsilon) {
  problem.epsilon = epsilon;
  return CertifiedGap(problem);
}

}  // namespace

std::optional<double> OnsetOfGap(const Problem& problem) {
  Validate(problem);
  constexpr double kSteep = 100;  // so that infinite values do not spoil the interpolation
  const double log_min = std::log(kFinestGapOnset);
  const auto excess_at = [&](double log_epsilon) {
    Problem at = problem;
    at.radius = 1;
    at.epsilon = std::exp(log_epsilon);
    return std::clamp(LogExcess(at), -kSteep, kSteep);
  };
  // The height falls like epsilon^(m1/m), so the excess falls by m2/m for each unit of log epsilon: a guess of where it
  // vanishes, improved until it is on the other side. Each look takes part of a millisecond, or several.
  const double slope = static_cast<double>(problem.condition_dim) / problem.Dim();
  double high = std::log(kMaxEpsilon);
  double low = high;
  double excess = excess_at(low);
  for (double stretch = 1.02; !(excess > 0); stretch *= 1.5) {
    if (low <= log_min) return std::nullopt;
    high = low;
    low = std::max(high - std::max(0.5, -excess / slope * stretch), log_min);
    excess = excess_at(low);
  }
  if (low < high) {
    const auto is_close = [](double a, double b) { return b - a <= 0.001; };
    std::uintmax_t steps = 40;
    low = boost::math::tools::toms748_solve(excess_at, low, high, is_close, steps).first;
  }
  // The search of CertifiedGap has the last word; in steps of one part in a hundred, since it takes milliseconds.
  const double finest = kFinestGapOnset * problem.radius;
  double epsilon = BelowWithThreeDigits(std::exp(low) * problem.radius);
  for (; epsilon >= finest; epsilon = BelowWithThreeDigits(0.99 * epsilon)) {
    const ModularityGap gap = GapAt(problem, epsilon);
    if (gap.IsProved()) return epsilon;
    if (!gap.fits_bottleneck) break;  // a finer one has more nodes
  }
  return std::nullopt;
}

}  // namespace hyperwidth
