// SPDX-License-Identifier: Apache-2.0

#include "theory/onset.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numeric>
#include <optional>
#include <vector>

#include "gtest/gtest.h"
#include "theory/bounded_weights.h"
#include "theory/lower_bounds.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

TEST(BelowWithThreeDigits, IsTheNextNumberOfThreeDigits) {
  EXPECT_EQ(BelowWithThreeDigits(1 / 20.05), 0.0498);
  EXPECT_EQ(BelowWithThreeDigits(0.5), 0.499);
  EXPECT_EQ(BelowWithThreeDigits(0.50001), 0.5);
  EXPECT_EQ(BelowWithThreeDigits(1), 0.999);
  EXPECT_EQ(BelowWithThreeDigits(1.2345e-200), 1.23e-200);
  EXPECT_EQ(BelowWithThreeDigits(1e-300), 9.99e-301);
  EXPECT_EQ(BelowWithThreeDigits(9.9999e-7), 9.99e-7);
}

TEST(BelowWithThreeDigits, TakesNumbersWithinOnePartIn10To12OfThreeDigitsForThem) {
  EXPECT_EQ(BelowWithThreeDigits(0.5 * (1 + 0.5e-12)), 0.499);
  EXPECT_EQ(BelowWithThreeDigits(0.5 * (1 + 1.5e-12)), 0.5);
}

TEST(BelowWithThreeDigits, IsNotAboveNumbersThatADoubleHardlyHolds) {
  const double smallest = 1 / std::numeric_limits<double>::max();
  for (double value = 1e-300; value >= smallest; value /= 7) {
    EXPECT_LE(BelowWithThreeDigits(value), value);
    EXPECT_GE(BelowWithThreeDigits(value), 0.98 * value);
  }
}

// Two bumps fit from one half-width on one axis on, whatever the dimension: B is the sum of the bump's seminorms.
TEST(OnsetOfBumps, IsTheHeightOfTwoBumps) {
  EXPECT_EQ(OnsetOfBumps({1, 3, 4})->epsilon, 0.499);  // B = 2
  EXPECT_EQ(OnsetOfBumps({2, 1, 0})->epsilon, 0.142);  // B = 7: the quadratic spline
  EXPECT_EQ(OnsetOfBumps({2, 50, 60})->epsilon, 0.142);
}

TEST(OnsetOfBumps, IsTheSumOfTheSeminormsAtAnySmoothness) {
  for (int r = 1; r <= kMaxSmoothness; ++r) {
    double smallest = std::numeric_limits<double>::infinity();
    for (const Bump& bump : AdmissibleBumps(r)) {
      smallest = std::min(smallest, std::accumulate(bump.seminorms.begin(), bump.seminorms.end(), 0.0));
    }
    EXPECT_EQ(OnsetOfBumps({r, 2, 3})->epsilon, BelowWithThreeDigits(1 / smallest)) << r;
  }
}

std::vector<Problem> Problems() {
  std::vector<Problem> problems;
  for (const int r : {1, 2, 4}) {
    for (const int m1 : {1, 3}) {
      for (const int m2 : {1, 10, 64, 784}) {
        for (const int depth : {2, 6}) {
          problems.push_back(
              {.smoothness = r, .primary_dim = m1, .condition_dim = m2, .depth = depth, .embedding_dim = 2});
        }
      }
    }
  }
  return problems;
}

using Ask = CertifiedBound (*)(const Problem&);
struct Named {
  const char* name;
  Ask ask;
};
const Named kBounds[] = {
    {"continuous selection", [](const Problem& problem) { return LowerBounds(problem).ContinuousSelection(); }},
    {"standard", [](const Problem& problem) { return LowerBounds(problem).Standard(); }},
    {"primary", [](const Problem& problem) { return LowerBounds(problem).Primary(); }},
    {"embedding", [](const Problem& problem) { return LowerBounds(problem).Embedding(); }},
    {"dense embedding", [](const Problem& problem) { return LowerBounds(problem).DenseEmbedding(); }},
    {"hypernetwork", [](const Problem& problem) { return LowerBounds(problem).HypernetworkTotal(); }},
    {"bounded weights", [](const Problem& problem) { return BoundedWeightsBound(problem); }}};

// The onset is where silence ends: at it the bound speaks, a hundredth above it it does not.
TEST(Onset, IsTheLargestEpsilonAtWhichABoundSaysSomething) {
  for (Problem problem : Problems()) {
    for (const auto& [name, ask] : kBounds) {
      problem.epsilon = 0.9;
      const CertifiedBound silent = ask(problem);
      ASSERT_TRUE(silent.SaysNothing()) << name;
      ASSERT_TRUE(silent.onset.has_value()) << name << " " << problem.smoothness << " " << problem.condition_dim;
      problem.epsilon = *silent.onset;
      EXPECT_FALSE(ask(problem).SaysNothing()) << name << " at " << problem.epsilon;
      EXPECT_FALSE(ask(problem).onset.has_value()) << name;
      problem.epsilon = *silent.onset * 1.011;
      EXPECT_TRUE(ask(problem).SaysNothing()) << name << " at " << problem.epsilon;
      EXPECT_EQ(ask(problem).onset, silent.onset) << name;
    }
  }
}

TEST(Onset, GridIsHigherThanTheOnsetAndProvesTwo) {
  for (const int r : {1, 2, 3, 9}) {
    for (const int depth : {2, 30}) {
      const NetworkClass network_class = StandardClass(depth);
      const auto onset = OnsetOfClass({r, 2, 5}, network_class);
      ASSERT_TRUE(onset.has_value());
      EXPECT_TRUE(ProvesHeight(onset->grid, onset->epsilon));
      EXPECT_FALSE(ProvesHeight(onset->grid, onset->epsilon * 1.011));
      EXPECT_TRUE(ProvesMoreThan(network_class, onset->grid, Count::Exact(1)));
    }
  }
}

// With more scalars than any grid above kMinEpsilon has points, the bound is silent for good.
TEST(OnsetOfClass, IsAbsentWhereTheBoundNeverSpeaks) {
  EXPECT_FALSE(OnsetOfClass({30, 1, 1}, EmbeddingClass(2, 1e15)).has_value());
}

NetworkClass WithScalars(double log2_kappa) {
  NetworkClass network_class = EmbeddingClass(2, 1);
  network_class.scalars = ConditionScalars::Log2Fixed(log2_kappa);
  return network_class;
}

// The largest log2 kappa at which `holds`, which holds at `low` and not at `high`.
double Largest(double low, double high, const std::function<bool(double)>& holds) {
  for (int step = 0; step < 100; ++step) {
    const double middle = 0.5 * (low + high);
    (holds(middle) ? low : high) = middle;
  }
  return low;
}

// A grid counts from one part in 10^9 on, of a logarithm to base 2, in the number of its points.
TEST(OnsetOfClass, KeepsAMarginForRounding) {
  const CoarsestGridProblem ball{1, 1, 1};
  const auto onset = OnsetOfClass(ball, WithScalars(3));
  ASSERT_TRUE(onset.has_value());
  const auto falls_short_by = [&](double margin) {
    return Largest(3, 10, [&](double log2_kappa) {
      return Log2PatternsPerPoint(WithScalars(log2_kappa), PointsOf(onset->grid), 0) < -margin;
    });
  };
  EXPECT_EQ(OnsetOfClass(ball, WithScalars(falls_short_by(1.1e-9)))->epsilon, onset->epsilon);
  EXPECT_LT(OnsetOfClass(ball, WithScalars(falls_short_by(0.9e-9)))->epsilon, onset->epsilon);
}

// The more scalars the finer the onset, down to the least epsilon that a problem may have, which is one, and no
// further.
TEST(OnsetOfClass, ReachesTheLeastEpsilonAccepted) {
  const auto onset = [](double log2_kappa) { return OnsetOfClass({1, 1, 0}, WithScalars(log2_kappa)); };
  const double most = Largest(900, 1000, [&](double log2_kappa) { return onset(log2_kappa).has_value(); });
  ASSERT_GT(most, 900);
  ASSERT_LT(most, 999);
  EXPECT_EQ(onset(most)->epsilon, kMinEpsilon);
  EXPECT_FALSE(onset(most + 1e-9).has_value());
  for (double log2_kappa = 1000; log2_kappa < 1030; log2_kappa += 0.5) EXPECT_FALSE(onset(log2_kappa).has_value());
}

TEST(Stronger, IsTheFirstOfTwoThatSayTheSame) {
  const auto bound = [](std::int64_t count, double cells, std::optional<double> onset) {
    return CertifiedBound{Count::Exact(count), {.x = {.cells = cells}}, onset};
  };
  EXPECT_EQ(Stronger(bound(2, 3, {}), bound(2, 4, {})).grid.x.cells, 3);
  EXPECT_EQ(Stronger(bound(1, 3, 0.1), bound(1, 4, 0.1)).grid.x.cells, 3);
  EXPECT_EQ(Stronger(bound(1, 3, {}), bound(1, 4, {})).grid.x.cells, 3);
}

TEST(Stronger, PrefersTheLargerCountThenTheLargerOnset) {
  const CertifiedBound two{Count::Exact(2), {}};
  const CertifiedBound early{Count::Exact(1), {}, 0.1};
  const CertifiedBound late{Count::Exact(1), {}, 0.01};
  const CertifiedBound never{Count::Exact(1), {}};
  EXPECT_EQ(Stronger(two, early).count.value, 2);
  EXPECT_EQ(Stronger(early, two).count.value, 2);
  EXPECT_EQ(Stronger(late, early).onset, 0.1);
  EXPECT_EQ(Stronger(early, late).onset, 0.1);
  EXPECT_EQ(Stronger(never, late).onset, 0.01);
  EXPECT_EQ(Stronger(late, never).onset, 0.01);
}

}  // namespace
}  // namespace hyperwidth
