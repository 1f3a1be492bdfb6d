// SPDX-License-Identifier: Apache-2.0

#include "theory/gap.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/lower_bounds.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

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
  for (const double epsilon : {1e-2, 1e-4, 1e-6, 1e-9, 1e-12}) {
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

// A gap is proved at it, and nowhere between 1.1 and 4 times it.
TEST(OnsetOfGap, IsWhereAGapBeginsToBeProved) {
  for (const int r : {1, 2, 3}) {
    for (const int m1 : {1, 2, 3}) {
      for (const int m2 : {1, 4, 64}) {
        for (const std::int64_t k : {1, 20}) {
          Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .embedding_dim = k};
          const std::optional<double> onset = OnsetOfGap(problem);
          ASSERT_TRUE(onset.has_value()) << r << " " << m1 << " " << m2;
          problem.epsilon = *onset;
          EXPECT_TRUE(CertifiedGap(problem).IsProved()) << r << " " << m1 << " " << m2 << " at " << *onset;
          for (const double factor : {1.1, 1.2, 1.4, 2.0, 4.0}) {
            problem.epsilon = std::min(*onset * factor, kMaxEpsilon);
            EXPECT_FALSE(CertifiedGap(problem).IsProved()) << r << " " << m1 << " " << m2 << " at " << problem.epsilon;
          }
        }
      }
    }
  }
}

TEST(OnsetOfGap, IsAbsentWhereNoneIsProvedAtAnyAccuracyOfUse) {
  EXPECT_FALSE(OnsetOfGap({.smoothness = 12, .primary_dim = 1, .condition_dim = 1}).has_value());
}

TEST(ModularityGap, TextIsNeverRoundedUp) {
  const auto text = [](std::int64_t embedding, std::int64_t constructed) {
    ModularityGap gap;
    gap.embedding = Count::Exact(embedding);
    gap.constructed = Count::Exact(constructed);
    gap.log10 = gap.embedding.log10 - gap.constructed.log10;
    return gap.Text();
  };
  EXPECT_EQ(text(3295028, 3001), "1097");  // 1097.977
  EXPECT_EQ(text(19999, 10000), "1.999");
  EXPECT_EQ(text(1, 31), "0.03225");
  EXPECT_EQ(text(7, 7), "1.000");
  EXPECT_EQ(text(123'456'789, 1000), "123400");
  EXPECT_EQ(text(999'999'999'999, 100), "10^9.99");
}

TEST(CertifiedGap, RefusesInvalidProblems) { EXPECT_THROW(CertifiedGap({.epsilon = 0.0}), std::domain_error); }

}  // namespace
}  // namespace hyperwidth
