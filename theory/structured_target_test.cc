// SPDX-License-Identifier: Apache-2.0

#include "theory/structured_target.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

TEST(StructuredTarget, DividesEpsilonBetweenTheTwoNetworks) {
  for (const int r : {1, 2, 3, 6}) {
    for (const double epsilon : {0.3, 1e-2, 1e-5, 1e-10}) {
      const Problem problem{.smoothness = r, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
      const StructuredSize size = SizeForStructuredTargets(problem);
      const double primary = ErrorBound(size.primary);
      const double condition = ErrorBound(size.condition);
      const double factor = size.condition.kind == Construction::Kind::kSpline ? 1 : 1 + condition;
      EXPECT_LE(condition + factor * primary, epsilon * (1 + 1e-15)) << r << " " << epsilon;
    }
  }
}

TEST(StructuredTarget, AddsOneSetOfOutputWeightsPerTerm) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-2};
  const StructuredSize one = SizeForStructuredTargets(problem);
  problem.rank = 4;
  const StructuredSize four = SizeForStructuredTargets(problem);
  ASSERT_EQ(one.primary.cells, four.primary.cells);
  const auto nodes = static_cast<std::int64_t>(four.primary.cells + four.condition.cells) + 2;
  EXPECT_EQ(*four.total.value - *one.total.value, 3 * nodes);
}

// g's products work on one target, the sum; f's on each of its outputs.
TEST(StructuredTarget, RepeatsTheProductsOfTheGeneratorOnly) {
  Problem problem{.smoothness = 3, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-8, .rank = 1000};
  const StructuredSize size = SizeForStructuredTargets(problem);
  ASSERT_EQ(size.primary.kind, Construction::Kind::kIntervalPolynomial);
  ASSERT_EQ(size.condition.kind, Construction::Kind::kIntervalPolynomial);
  const NetworkSize primary = SizeOf(size.primary);
  const NetworkSize condition = SizeOf(size.condition);
  EXPECT_EQ(
      *size.total.value,
      *primary.total.value + 999 * *primary.nodal.value + *condition.total.value + 999 * *condition.per_output.value);
  EXPECT_LT(*primary.nodal.value, *primary.per_output.value);
}

// At smoothness 4 and m1 = m2 = 2, a hundred million times the accuracy costs 10^4 times the parameters.
TEST(StructuredTarget, UsesTheFullSmoothness) {
  const Problem coarse{.smoothness = 4, .primary_dim = 2, .condition_dim = 2, .epsilon = 1e-20};
  Problem fine = coarse;
  fine.epsilon = 1e-28;
  EXPECT_NEAR(SizeForStructuredTargets(fine).total.log10 - SizeForStructuredTargets(coarse).total.log10, 4, 0.01);
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
