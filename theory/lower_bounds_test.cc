// SPDX-License-Identifier: Apache-2.0

#include "theory/lower_bounds.h"

#include <cmath>
#include <stdexcept>
#include <vector>

#include "gtest/gtest.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

const Problem kExample{
    .smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .depth = 2, .embedding_dim = 1};

std::vector<Problem> ManyProblems() {
  std::vector<Problem> problems;
  for (const int r : {1, 2, 3}) {
    for (const int m1 : {1, 2, 5}) {
      for (const int m2 : {1, 3}) {
        for (const double epsilon : {0.9, 0.1, 1e-3, 1e-6}) {
          problems.push_back({.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon});
        }
      }
    }
  }
  return problems;
}

TEST(IsotropicBounds, ReproduceThePublishedFigures) {
  EXPECT_EQ(IsotropicContinuousSelection(kExample).count.value, 36'594'368);
  EXPECT_EQ(IsotropicStandard(kExample).count.value, 651'893);
  EXPECT_EQ(IsotropicEmbedding(kExample).count.value, 529'815);
  Problem wide = kExample;
  wide.embedding_dim = 16;
  EXPECT_EQ(IsotropicEmbedding(wide).count.value, 5);
}

TEST(LowerBounds, AreNeverBelowTheIsotropicOnes) {
  for (const Problem& problem : ManyProblems()) {
    const LowerBounds bounds(problem);
    EXPECT_FALSE(bounds.ContinuousSelection().count < IsotropicContinuousSelection(problem).count);
    EXPECT_FALSE(bounds.Standard().count < IsotropicStandard(problem).count);
    EXPECT_FALSE(bounds.Embedding().count < IsotropicEmbedding(problem).count);
  }
}

TEST(LowerBounds, SixteenEmbeddingDimensionsLeaveMoreThanTenTimesTheIsotropicBound) {
  EXPECT_GE(*LowerBounds(kExample).Embedding(16).count.value, 50);
}

// A standard network is an embedding method whose embedding is I itself only if k >= m2; but q(x, e(I)) at one I is a
// network of x, and a hypernetwork as a whole is one family of N_f parameters.
TEST(LowerBounds, AreOrderedAsTheirClassesAre) {
  for (const Problem& problem : ManyProblems()) {
    const LowerBounds bounds(problem);
    const Count continuous = bounds.ContinuousSelection().count;
    // Linear pieces are another matter: continuous selection is about all activations.
    EXPECT_FALSE(continuous < bounds.ForClass(StandardClass(problem.depth)).count);
    EXPECT_FALSE(bounds.Standard().count < bounds.Embedding().count);
    EXPECT_FALSE(bounds.Standard().count < bounds.Primary().count);
    EXPECT_FALSE(bounds.Embedding().count < bounds.Primary().count);
    EXPECT_FALSE(bounds.DenseEmbedding().count < bounds.Primary().count);
    EXPECT_FALSE(bounds.Standard().count < bounds.HypernetworkTotal().count);
  }
}

void ExpectNoBoundRises(const Problem& before, const Problem& after, const char* what) {
  const LowerBounds a(before);
  const LowerBounds b(after);
  EXPECT_FALSE(a.ContinuousSelection().count < b.ContinuousSelection().count) << what;
  EXPECT_FALSE(a.Standard().count < b.Standard().count) << what;
  EXPECT_FALSE(a.Primary().count < b.Primary().count) << what;
  EXPECT_FALSE(a.Embedding().count < b.Embedding().count) << what;
  EXPECT_FALSE(a.DenseEmbedding().count < b.DenseEmbedding().count) << what;
  EXPECT_FALSE(a.HypernetworkTotal().count < b.HypernetworkTotal().count) << what;
}

TEST(LowerBounds, FallAsTheAccuracyIsRelaxed) {
  for (const int r : {1, 2, 4}) {
    for (double epsilon = 1e-7; epsilon < 0.5; epsilon *= 1.7) {
      const Problem fine{.smoothness = r, .primary_dim = 2, .condition_dim = 2, .epsilon = epsilon};
      Problem coarse = fine;
      coarse.epsilon *= 1.7;
      ExpectNoBoundRises(fine, coarse, "epsilon");
    }
  }
}

TEST(LowerBounds, FallWithEmbeddingDimensionAndDepth) {
  Problem before = kExample;
  for (const std::int64_t k : {2, 3, 5, 8, 16, 30, 60, 200, 1000, 1000000}) {
    Problem after = before;
    after.embedding_dim = k;
    ExpectNoBoundRises(before, after, "embedding_dim");
    before = after;
  }
  before = kExample;
  for (const int depth : {3, 4, 6, 10, 30, 100, 1000, 1000000}) {
    Problem after = before;
    after.depth = depth;
    after.generator_depth = depth;
    ExpectNoBoundRises(before, after, "depth");
    before = after;
  }
}

// W(r, m1 + m2) holds every function of fewer conditions, and the grid may ignore an axis.
TEST(LowerBounds, RiseWithTheConditionDimension) {
  for (const int r : {1, 2, 3}) {
    for (int m2 = 1; m2 < 12; ++m2) {
      const Problem low{.smoothness = r, .primary_dim = 2, .condition_dim = m2, .epsilon = 3e-4, .embedding_dim = 1};
      Problem high = low;
      ++high.condition_dim;
      ExpectNoBoundRises(high, low, "condition_dim");
    }
  }
}

// The figures of the two problems for which counting signs says 50 and 1.
TEST(LowerBounds, CountPiecesWhereTheyAreMore) {
  const CertifiedBound rough = LowerBounds(kExample).Primary();
  EXPECT_EQ(rough.count.value, 2990);
  EXPECT_EQ(rough.pieces->target, PiecesTarget::kAlternatingBumps);
  const LowerBounds smooth({.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-6});
  for (const CertifiedBound& bound :
       {smooth.Primary(), smooth.Embedding(), smooth.DenseEmbedding(), smooth.Standard(), smooth.Pieces()}) {
    EXPECT_EQ(bound.count.value, 998);
    EXPECT_EQ(bound.pieces->target, PiecesTarget::kParabola);
  }
  EXPECT_FALSE(LowerBounds(kExample).Embedding().pieces.has_value());
  EXPECT_EQ(LowerBounds(kExample).Embedding(1'000'000).count.value, 2990);
  EXPECT_FALSE(smooth.HypernetworkTotal().pieces.has_value());
}

TEST(LowerBounds, FallWithSmoothness) {
  for (int r = 1; r < 12; ++r) {
    const Problem rough{.smoothness = r, .primary_dim = 2, .condition_dim = 2, .epsilon = 1e-6};
    Problem smooth = rough;
    ++smooth.smoothness;
    ExpectNoBoundRises(rough, smooth, "smoothness");
  }
}

TEST(LowerBounds, ReachOneWhenAlmostNothingIsAsked) {
  const LowerBounds bounds({.smoothness = 12, .primary_dim = 50, .condition_dim = 50, .epsilon = 0.999999});
  EXPECT_EQ(bounds.ContinuousSelection().count.value, 1);
  EXPECT_EQ(bounds.Standard().count.value, 1);
}

TEST(LowerBounds, AreFiniteAtTheExtremes) {
  for (const int r : {1, 12, kMaxSmoothness}) {
    for (const double epsilon : {1e-300, 1e-12, 0.999999}) {
      const LowerBounds bounds({.smoothness = r,
                                .primary_dim = 50,
                                .condition_dim = 1000,
                                .epsilon = epsilon,
                                .depth = 100,
                                .embedding_dim = kMaxCount});
      for (const Count& count : {bounds.ContinuousSelection().count,
                                 bounds.Standard().count,
                                 bounds.Primary().count,
                                 bounds.Embedding().count,
                                 bounds.DenseEmbedding().count,
                                 bounds.HypernetworkTotal().count}) {
        EXPECT_TRUE(std::isfinite(count.log10) && count.log10 >= 0);
      }
    }
  }
}

TEST(LowerBounds, RefuseInvalidArguments) {
  EXPECT_THROW(LowerBounds({.smoothness = 0}), std::domain_error);
  EXPECT_THROW(LowerBounds(kExample).Embedding(0), std::domain_error);
  EXPECT_THROW(IsotropicStandard({.epsilon = 1.0}), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
