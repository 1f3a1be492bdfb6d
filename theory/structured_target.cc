// SPDX-License-Identifier: Apache-2.0

#include "theory/structured_target.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

using Real = boost::multiprecision::cpp_bin_float_50;

Real AsReal(const Count& count) { return count.value ? Real(*count.value) : Real(pow(Real(10), Real(count.log10))); }

Count CountAbove(const Real& value) {
  if (value <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(value));
  return Count::FromLog10(std::nextafter(static_cast<double>(Real(log10(value))), 1e300));
}

// Inner parameters once, output weights `copies` times (and the output bias that a one-dimensional spline has).
Real SizeWithCopies(int dim, double cells, std::int64_t copies) {
  const SplineSize size = SizeOfSplineNetwork(dim, cells);
  return AsReal(size.total) + AsReal(size.nodal) * (copies - 1);
}

// log of the same, nearly: the number of nodes decides.
double LogSizeEstimate(int dim, double cells, std::int64_t copies) {
  const double per_node = dim == 1 ? 2 : 6.0 * dim;
  return dim * std::log(cells + 1) + std::log(per_node + static_cast<double>(copies));
}

}  // namespace

StructuredSize SizeForStructuredTargets(const Problem& problem) {
  Validate(problem);
  constexpr int kShares = 32;
  StructuredSize best;
  double best_estimate = std::numeric_limits<double>::infinity();
  for (int share = 1; share < kShares; ++share) {
    const double primary_error = problem.epsilon * share / kShares;
    // Rounded down, so that the two errors add up to at most epsilon.
    const double condition_error = std::nextafter(problem.epsilon - primary_error, 0.0);
    if (!(primary_error > 0 && condition_error > 0)) continue;
    const double primary_cells = SplineCells(problem.smoothness, problem.primary_dim, primary_error);
    const double condition_cells = SplineCells(problem.smoothness, problem.condition_dim, condition_error);
    const double a = LogSizeEstimate(problem.primary_dim, primary_cells, problem.rank);
    const double b = LogSizeEstimate(problem.condition_dim, condition_cells, problem.rank);
    const double estimate = std::max(a, b) + std::log1p(std::exp(-std::abs(a - b)));
    if (estimate < best_estimate) {
      best_estimate = estimate;
      best = {{}, primary_cells, condition_cells};
    }
  }
  best.total = CountAbove(SizeWithCopies(problem.primary_dim, best.primary_cells, problem.rank) +
                          SizeWithCopies(problem.condition_dim, best.condition_cells, problem.rank));
  return best;
}

}  // namespace hyperwidth
