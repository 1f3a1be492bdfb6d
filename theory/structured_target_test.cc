// SPDX-License-Identifier: Apache-2.0

#include "theory/structured_target.h"

#include <cmath>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

std::vector<Problem> Problems() {
  std::vector<Problem> problems;
  for (const int r : {1, 2, 3, 4, 6}) {
    for (const auto& [m1, m2] : {std::pair{1, 1}, {1, 2}, {1, 9}, {3, 1}, {3, 2}, {8, 2}}) {
      for (const double epsilon : {0.9, 0.3, 1e-2, 1e-5, 1e-10}) {
        for (const std::int64_t rank : {1, 4, 1000}) {
          problems.push_back(
              {.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon, .rank = rank});
        }
      }
    }
  }
  return problems;
}

std::string Text(const Problem& problem) {
  return "r = " + std::to_string(problem.smoothness) + ", m1 = " + std::to_string(problem.primary_dim) +
         ", m2 = " + std::to_string(problem.condition_dim) + ", epsilon = " + std::to_string(problem.epsilon) +
         ", rank = " + std::to_string(problem.rank);
}

// delta + (1 + delta) times the error of g, or delta + the error of g for splines, of f.
TEST(StructuredTarget, DividesEpsilonBetweenTheTwoNetworks) {
  for (const Problem& problem : Problems()) {
    const StructuredSize size = SizeForStructuredTargets(problem);
    EXPECT_EQ(size.primary.dim, problem.primary_dim);
    EXPECT_EQ(size.condition.dim, problem.condition_dim);
    const auto primary = static_cast<long double>(ErrorBound(size.primary));
    const auto condition = static_cast<long double>(ErrorBound(size.condition));
    const long double factor = size.condition.kind == Construction::Kind::kSpline ? 1 : 1 + condition;
    EXPECT_LE(condition + factor * primary, problem.epsilon) << Text(problem);
  }
}

// Of f and g for one term, and of what further terms add to each: weights of g, outputs of f.
double LogTotal(const Construction& primary, const Construction& condition, double terms) {
  const NetworkSize g = SizeOf(primary);
  const NetworkSize f = SizeOf(condition);
  const auto number = [](const Count& count) { return std::pow(10.0L, static_cast<long double>(count.log10)); };
  return static_cast<double>(std::log10(number(g.total) + (terms - 1) * number(g.nodal) + number(f.total) +
                                        (terms - 1) * number(f.per_output)));
}

// No division of epsilon into such shares does better, whether splines or polynomials (whose share is scaled, since
// they leave the range of their target) compute f; and each share is the best one somewhere.
TEST(StructuredTarget, IsTheSmallestTotalOfTheSharesTried) {
  std::set<double> best_shares;
  for (const Problem& problem : Problems()) {
    const auto terms = static_cast<double>(problem.rank);
    double least = 1e300;
    double best_share = 0;
    for (const double share : {1.0 / 16, 1.0 / 6, 1.0 / 3, 1.0 / 2, 2.0 / 3, 5.0 / 6, 15.0 / 16}) {
      const double mine = problem.epsilon * share;
      const double rest = std::nextafter(problem.epsilon - mine, 0.0);
      const double scaled = rest / (1 + mine) * (1 - 1e-15);
      std::vector<Construction> conditions = {
          Constructions(problem.smoothness, problem.condition_dim, rest, {terms, terms})[0]};
      if (problem.smoothness > 2) {
        conditions.push_back(Constructions(problem.smoothness, problem.condition_dim, scaled, {terms, terms})[1]);
      }
      for (const Construction& g : Constructions(problem.smoothness, problem.primary_dim, mine, {1, terms})) {
        for (const Construction& f : conditions) {
          const double total = LogTotal(g, f, terms);
          if (total < least - 1e-9) best_share = share;
          least = std::min(least, total);
        }
      }
    }
    const StructuredSize size = SizeForStructuredTargets(problem);
    EXPECT_NEAR(size.total.log10, LogTotal(size.primary, size.condition, terms), 1e-9) << Text(problem);
    EXPECT_NEAR(size.total.log10, least, 1e-9) << Text(problem);
    best_shares.insert(best_share);
  }
  EXPECT_EQ(best_shares.size(), 7u);
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
