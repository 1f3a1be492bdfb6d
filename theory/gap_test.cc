// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/lower_bounds.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

const Problem kExample{
    .smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .depth = 2, .embedding_dim = 1};

TEST(CertifiedGap, ExceedsThePublishedFigures) {
  EXPECT_EQ(CertifiedGap(kExample).constructed.value, 3001);
  EXPECT_GT(CertifiedGap(kExample).Ratio(), 150);
  Problem three = kExample;
  three.condition_dim = 3;
  EXPECT_GT(CertifiedGap(three).Ratio(), 10000);
}

TEST(CertifiedGap, ComparesNetworksOfTheSameDepth) {
  Problem problem = kExample;
  problem.primary_dim = 2;
  const ModularityGap gap = CertifiedGap(problem);
  EXPECT_EQ(gap.depth, SizeOfSplineNetwork(2, 1000).depth);
  problem.depth = gap.depth;
  EXPECT_EQ(gap.embedding.value, LowerBounds(problem).Embedding().count.value);
}

// At r = 3 the polynomials are smaller and deeper than the splines: neither is right for every accuracy.
TEST(CertifiedGap, IsTheLargerOneOfTheNetworksThatCanBeBuilt) {
  bool splines = false;
  bool polynomials = false;
  for (const double epsilon : {1e-2, 1e-4, 1e-6, 1e-9, 1e-12, 1e-16}) {
    const Problem problem{.smoothness = 3, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon};
    const ModularityGap gap = CertifiedGap(problem);
    for (const Construction& construction : Constructions(3, 1, epsilon)) {
      const NetworkSize size = SizeOf(construction);
      Problem at_depth = problem;
      at_depth.depth = std::max(problem.depth, size.depth);
      EXPECT_GE(gap.log10, LowerBounds(at_depth).Embedding().count.log10 - size.total.log10 - 1e-12) << epsilon;
      if (construction.kind == gap.network.kind) {
        EXPECT_EQ(gap.depth, at_depth.depth);
        EXPECT_EQ(gap.constructed.value, size.total.value);
      }
    }
    (gap.network.kind == Construction::Kind::kSpline ? splines : polynomials) = true;
  }
  EXPECT_TRUE(splines);
  EXPECT_TRUE(polynomials);
}

// k* is the first embedding dimension whose certified bound no longer exceeds the constructed network.
TEST(CertifiedGap, ClosesAtTheCrossoverEmbeddingDimension) {
  for (const double epsilon : {1e-2, 1e-3, 1e-4}) {
    Problem problem = kExample;
    problem.epsilon = epsilon;
    const ModularityGap gap = CertifiedGap(problem);
    const std::int64_t crossover = *gap.crossover_embedding_dim.value;
    ASSERT_GT(crossover, 1);
    const LowerBounds bounds(problem);
    EXPECT_TRUE(gap.constructed < bounds.Embedding(crossover - 1).count) << epsilon;
    EXPECT_FALSE(gap.constructed < bounds.Embedding(crossover).count) << epsilon;
  }
}

TEST(CertifiedGap, CrossoverDoesNotDependOnTheEmbeddingDimensionAsked) {
  Problem wide = kExample;
  wide.embedding_dim = 1000;
  EXPECT_EQ(CertifiedGap(wide).crossover_embedding_dim.value, CertifiedGap(kExample).crossover_embedding_dim.value);
  EXPECT_LT(CertifiedGap(wide).log10, 0);
}

// The same at every epsilon below 1/4, where one continuous scalar begins to be enough as far as is known.
TEST(CertifiedGap, SaysFromWhichEmbeddingDimensionAContinuousEmbeddingCanReachEpsilon) {
  Problem problem = kExample;
  EXPECT_EQ(CertifiedGap(problem).least_continuous_dim, 2);
  problem.embedding_dim = std::nullopt;
  EXPECT_EQ(CertifiedGap(problem).least_continuous_dim, 2);
  problem.epsilon = 0.25;
  EXPECT_EQ(CertifiedGap(problem).least_continuous_dim, 1);
  problem.epsilon = 0.249;
  EXPECT_EQ(CertifiedGap(problem).least_continuous_dim, 2);
}

TEST(CertifiedGap, IsThatOfAnEmbeddingOfTheConditionsDimensionUnlessToldOtherwise) {
  Problem problem = kExample;
  problem.embedding_dim = 2;
  const Count two = CertifiedGap(problem).embedding;
  problem.embedding_dim = std::nullopt;
  EXPECT_EQ(CertifiedGap(problem).embedding.value, two.value);
  EXPECT_NE(CertifiedGap(kExample).embedding.value, two.value);
}

TEST(CertifiedGap, IsFiniteAtTheExtremes) {
  for (const int r : {1, 12}) {
    for (const double epsilon : {1e-12, 0.999999}) {
      const ModularityGap gap =
          CertifiedGap({.smoothness = r, .primary_dim = 50, .condition_dim = 50, .epsilon = epsilon, .depth = 100});
      EXPECT_TRUE(std::isfinite(gap.log10));
      EXPECT_TRUE(std::isfinite(gap.crossover_embedding_dim.log10));
    }
  }
}

// A gap is proved at it, and nowhere between 1.05 and 4 times it; at smoothness 1 nowhere from the next number of three
// digits but one on.
TEST(OnsetOfGap, IsWhereAGapBeginsToBeProved) {
  for (const int r : {1, 2, 3}) {
    for (const auto& [m1, m2] : {std::pair{1, 1}, {1, 4}, {2, 64}, {3, 4}}) {
      for (const std::int64_t k : {1, 20}) {
        Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .embedding_dim = k};
        const std::optional<double> onset = OnsetOfGap(problem);
        ASSERT_TRUE(onset.has_value()) << r << " " << m1 << " " << m2;
        problem.epsilon = *onset;
        EXPECT_TRUE(CertifiedGap(problem).IsProved()) << r << " " << m1 << " " << m2 << " at " << *onset;
        const double last_digit = std::pow(10.0, std::floor(std::log10(*onset)) - 2);
        const double next_but_one = (*onset + 2.01 * last_digit) / *onset;
        for (const double factor : {r == 1 ? next_but_one : 1.05, 1.1, 1.4, 2.0, 4.0}) {
          problem.epsilon = std::min(*onset * factor, kMaxEpsilon);
          EXPECT_FALSE(CertifiedGap(problem).IsProved()) << r << " " << m1 << " " << m2 << " at " << problem.epsilon;
        }
      }
    }
  }
}

TEST(OnsetOfGap, IsAbsentWhereNoneIsProvedAtAnyAccuracyOfUse) {
  EXPECT_FALSE(OnsetOfGap({.smoothness = 12, .primary_dim = 1, .condition_dim = 1}).has_value());
}

// The double-precision search ends where exact arithmetic does not yet agree: smaller numbers are tried until it does.
TEST(OnsetOfGap, IsConfirmedByExactArithmetic) {
  for (const auto& [r, m1, m2] : {std::tuple{5, 5, 5}, {6, 7, 9}, {5, 4, 3}}) {
    Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .embedding_dim = 1};
    const std::optional<double> onset = OnsetOfGap(problem);
    ASSERT_TRUE(onset.has_value()) << r;
    problem.epsilon = *onset;
    EXPECT_TRUE(CertifiedGap(problem).IsProved()) << r;
    problem.epsilon = 1.05 * *onset;
    EXPECT_FALSE(CertifiedGap(problem).IsProved()) << r;
  }
}

// None is named below 10^-30: the second ball has one just above, the third one further down.
TEST(OnsetOfGap, EndsAtTheFinestThatIsNamed) {
  Problem problem{.smoothness = 4, .primary_dim = 2, .condition_dim = 1};
  const std::optional<double> onset = OnsetOfGap(problem);
  ASSERT_TRUE(onset.has_value());
  EXPECT_LT(*onset, 1e-29);
  problem.smoothness = 5;
  EXPECT_FALSE(OnsetOfGap(problem).has_value());
  problem.epsilon = 1e-40;
  EXPECT_TRUE(CertifiedGap(problem).IsProved());
}

TEST(OnsetOfGap, DependsOnDepthAndEmbeddingButNotOnTheAccuracyAsked) {
  Problem problem = kExample;
  const double onset = *OnsetOfGap(problem);
  problem.epsilon = 0.9;
  EXPECT_EQ(OnsetOfGap(problem), onset);
  for (Problem harder : {Problem{.condition_dim = 2, .depth = 9}, Problem{.condition_dim = 2, .embedding_dim = 40}}) {
    harder.epsilon = *OnsetOfGap(harder);
    EXPECT_LT(harder.epsilon, 0.8 * onset);
    EXPECT_TRUE(CertifiedGap(harder).IsProved());
    harder.epsilon *= 1.015;
    EXPECT_FALSE(CertifiedGap(harder).IsProved());
  }
}

// Local polynomials would have more layers than are accepted: the splines are compared all the same.
TEST(CertifiedGap, LeavesOutNetworksDeeperThanAccepted) {
  const Problem problem{.smoothness = 3, .primary_dim = 10000, .condition_dim = 1, .epsilon = 1e-200};
  const auto constructions = Constructions(3, 10000, problem.epsilon);
  ASSERT_GT(SizeOf(constructions[1]).depth, kMaxDepth);
  ASSERT_TRUE(SizeOf(constructions[1]).total < SizeOf(constructions[0]).total);
  EXPECT_EQ(CertifiedGap(problem).network.kind, Construction::Kind::kSpline);
  EXPECT_NO_THROW(OnsetOfGap(problem));
}

TEST(ModularityGap, RatioIsOfTheCountsWhereTheyAreExact) {
  ModularityGap gap;
  gap.embedding = Count::Exact(3);
  gap.constructed = Count::Exact(7);
  gap.log10 = 5;
  EXPECT_EQ(gap.Ratio(), 3.0 / 7);
  EXPECT_FALSE(gap.IsProved());
  gap.embedding = Count::FromLog10(20);
  EXPECT_DOUBLE_EQ(gap.Ratio(), 1e5);
  EXPECT_TRUE(gap.IsProved());
  gap.constructed = Count::FromLog10(20);
  EXPECT_FALSE(gap.IsProved());
  gap.embedding = Count::Exact(3);
  EXPECT_DOUBLE_EQ(gap.Ratio(), 1e5);
  gap.log10 = 400;
  EXPECT_TRUE(std::isinf(gap.Ratio()));
}

std::string TextOf(std::int64_t embedding, std::int64_t constructed) {
  ModularityGap gap;
  gap.embedding = Count::Exact(embedding);
  gap.constructed = Count::Exact(constructed);
  gap.log10 = gap.embedding.log10 - gap.constructed.log10;
  return gap.Text();
}

TEST(ModularityGap, TextIsNeverRoundedUp) {
  EXPECT_EQ(TextOf(3295028, 3001), "1097");  // 1097.977
  EXPECT_EQ(TextOf(19999, 10000), "1.999");
  EXPECT_EQ(TextOf(1, 31), "0.03225");
  EXPECT_EQ(TextOf(7, 7), "1.000");
  EXPECT_EQ(TextOf(123'456'789, 1000), "123400");
  EXPECT_EQ(TextOf(999'999'999'999, 100), "10^9.99");
}

TEST(ModularityGap, TextIsAPowerOfTenOutsideTenToTheMinusFourAndSix) {
  EXPECT_EQ(TextOf(1'000'000, 1), "10^6.00");
  EXPECT_EQ(TextOf(999'999, 1), "999900");
  EXPECT_EQ(TextOf(1, 10'000), "0.0001000");
  EXPECT_EQ(TextOf(3, 40'000), "10^-4.13");  // 10^-4.1249
}

TEST(CertifiedGap, RefusesInvalidProblems) {
  const auto refuses = [](const auto& call, const std::string& text) {
    EXPECT_THAT(call, ThrowsMessage<std::domain_error>(HasSubstr(text)));
  };
  refuses([] { CertifiedGap({.epsilon = 0.0}); }, "epsilon = 0");
  refuses([] { CertifiedGap({.rank = 0}); }, "rank = 0");
  refuses([] { OnsetOfGap({.epsilon = 0.0}); }, "epsilon = 0");
  refuses([] { OnsetOfGap({.rank = 0}); }, "rank = 0");
}

}  // namespace
}  // namespace hyperwidth
