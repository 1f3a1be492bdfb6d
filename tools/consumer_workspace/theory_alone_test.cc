// SPDX-License-Identifier: Apache-2.0
//
// A program of somebody who wants a bound and nothing else.

#include <cstdio>

#include "theory/gap.h"
#include "theory/lower_bounds.h"
#include "theory/problem.h"

int main() {
  const hyperwidth::Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-2};
  const hyperwidth::CertifiedBound bound = hyperwidth::LowerBounds(problem).Embedding();
  const hyperwidth::ModularityGap gap = hyperwidth::CertifiedGap(problem);
  std::printf("N_q >= %s, gap %g\n", bound.count.Text().c_str(), gap.Ratio());
  return bound.count.value.value_or(0) > 1 && gap.Ratio() > 1 ? 0 : 1;
}
