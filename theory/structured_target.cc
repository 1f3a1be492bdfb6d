// SPDX-License-Identifier: Apache-2.0

#include "theory/structured_target.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

#include "theory/wide_real.h"

namespace hyperwidth {
namespace {

using internal::AsWideReal;

// Shares of epsilon for g: f gets the rest. Few, since each is a search of its own; the total depends on them weakly.
constexpr double kPrimaryShares[] = {1.0 / 16, 1.0 / 6, 1.0 / 3, 1.0 / 2, 2.0 / 3, 5.0 / 6, 15.0 / 16};

double LogSum(double a, double b) { return std::max(a, b) + std::log1p(std::exp(-std::abs(a - b))); }

}  // namespace

StructuredSize SizeForStructuredTargets(const Problem& problem) {
  Validate(problem);
  const double epsilon = problem.UnitEpsilon();
  const auto rank = static_cast<double>(problem.rank);
  const auto num_outputs = static_cast<double>(problem.outputs);
  const Copies generated{.outputs = num_outputs, .nodal = num_outputs * rank};
  const Copies outputs{.outputs = rank, .nodal = rank};
  StructuredSize best;
  double best_estimate = std::numeric_limits<double>::infinity();
  for (const double share : kPrimaryShares) {
    const double primary_error = epsilon * share;
    // Rounded down, so that the two errors add up to at most epsilon.
    const double spline_error = std::nextafter(epsilon - primary_error, 0.0);
    const double scaled_error = spline_error / (1 + primary_error) * (1 - 1e-15);
    const auto primaries =
        Constructions(problem.smoothness, problem.primary_dim, primary_error, generated, problem.norm);
    const int spline_smoothness = std::min(problem.smoothness, 2);
    std::vector<Construction> conditions =
        Constructions(spline_smoothness, problem.condition_dim, spline_error, outputs, problem.norm);
    if (problem.smoothness > 2) {
      const auto both = Constructions(problem.smoothness, problem.condition_dim, scaled_error, outputs, problem.norm);
      conditions.insert(conditions.end(), both.begin() + 1, both.end());
    }
    for (const Construction& primary : primaries) {
      for (const Construction& condition : conditions) {
        const double estimate = LogSum(primary.log_size, condition.log_size);
        if (!(estimate < best_estimate)) continue;
        best_estimate = estimate;
        best.primary = primary;
        best.condition = condition;
      }
    }
  }
  if (!std::isfinite(best_estimate)) throw std::logic_error("no construction for structured targets has a finite size");
  const NetworkSize primary = WithOutputs(SizeOf(best.primary), problem.outputs);
  const NetworkSize condition = SizeOf(best.condition);
  best.total =
      internal::CountAbove(AsWideReal(primary.total) + AsWideReal(primary.nodal) * (problem.rank - 1) +
                           AsWideReal(condition.total) + AsWideReal(condition.per_output) * (problem.rank - 1));
  return best;
}

}  // namespace hyperwidth
