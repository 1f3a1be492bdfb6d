// SPDX-License-Identifier: Apache-2.0
//
// The certified modularity gap over a range of epsilon.

#ifndef HYPERWIDTH_THEORY_GAP_SERIES_H_
#define HYPERWIDTH_THEORY_GAP_SERIES_H_

#include <vector>

#include "theory/gap.h"
#include "theory/problem.h"

namespace hyperwidth {

struct GapPoint {
  double epsilon = 0;
  ModularityGap gap;
};

// CertifiedGap from `from_epsilon` down to problem.epsilon, evenly in the logarithm. The last point is exactly
// problem.epsilon; the others are rounded to two digits, so the first is `from_epsilon` to two digits.
// Throws: std::domain_error as Validate, and unless problem.epsilon <= from_epsilon < problem.radius and 1 <= points <=
// 1000.
std::vector<GapPoint> GapOverEpsilon(const Problem& problem, double from_epsilon, int points);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_GAP_SERIES_H_
