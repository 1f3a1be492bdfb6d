// SPDX-License-Identifier: Apache-2.0

#include "theory/structured_target.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

TEST(StructuredTarget, DividesEpsilonBetweenTheTwoSplines) {
  for (const int r : {1, 2}) {
    for (const double epsilon : {0.3, 1e-2, 1e-5}) {
      const Problem problem{.smoothness = r, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
      const StructuredSize size = SizeForStructuredTargets(problem);
      EXPECT_LE(SplineErrorBound(r, 1, size.primary_cells) + SplineErrorBound(r, 2, size.condition_cells),
                epsilon * (1 + 1e-15));
    }
  }
}

TEST(StructuredTarget, AddsOneSetOfOutputWeightsPerTerm) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-2};
  const StructuredSize one = SizeForStructuredTargets(problem);
  problem.rank = 4;
  const StructuredSize four = SizeForStructuredTargets(problem);
  ASSERT_EQ(one.primary_cells, four.primary_cells);
  const auto nodes = static_cast<std::int64_t>(four.primary_cells + four.condition_cells) + 2;
  EXPECT_EQ(*four.total.value - *one.total.value, 3 * nodes);
}

// Exponent max(m1, m2) / r against m / r: at r = 1 and m1 = m2 = 1, ten times the accuracy costs about ten times.
TEST(StructuredTarget, GrowsLikeTheLargerOfTheTwoDimensions) {
  const Problem coarse{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-4};
  Problem fine = coarse;
  fine.epsilon = 1e-5;
  EXPECT_NEAR(SizeForStructuredTargets(fine).total.log10 - SizeForStructuredTargets(coarse).total.log10, 1, 1e-3);
}

TEST(StructuredTarget, RefusesInvalidProblems) {
  EXPECT_THROW(SizeForStructuredTargets({.rank = 0}), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
