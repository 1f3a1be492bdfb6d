// SPDX-License-Identifier: Apache-2.0

#include "theory/bounded_weights.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/bounded_weights_parts.h"
#include "theory/grid_search.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

// log2(1 + B Lambda / excess) as the header writes it, for kExample: h = 100 units, k = 2, B = 10.
long double BitsOfExample(long double excess) {
  const long double h = 100;
  const long double lambda = (h + 1) * (1 + 10 * h);
  return std::log2(1 + 10 * lambda / excess);
}

// The best of five heights, for which the finest grids are known: all bumps, each for rho = 1.01 epsilon, and so on.
TEST(BoundedWeights, IsTheBestOfFiveHeights) {
  long double best = 0;
  for (const double factor : {1.01, 1.03, 1.1, 1.3, 2.0}) {
    const Grid grid = MostPoints({1, 1, 2, factor * 1e-3});
    const auto bumps = static_cast<long double>(*NumPoints(grid).value);
    best = std::max(best, std::ceil(bumps / BitsOfExample((factor - 1) * 1e-3L)));
  }
  const CertifiedBound bound = BoundedWeightsBound(kExample);
  EXPECT_EQ(*bound.count.value, static_cast<std::int64_t>(best));
  EXPECT_FALSE(bound.onset.has_value());
  EXPECT_TRUE(ProvesHeight(bound.grid, 1.01e-3));
}

// Counts that no double holds: the logarithm of M / bits, rounded down.
TEST(BoundedWeights, BeyondExactCountsIsALogarithmRoundedDown) {
  for (const int dim : {2, 3, 5, 9}) {
    Problem problem = kExample;
    problem.epsilon = 1e-12;
    problem.condition_dim = dim;
    const CertifiedBound bound = BoundedWeightsBound(problem);
    ASSERT_FALSE(bound.count.value.has_value());
    BoundedWeightsReal best = 0;  // among the heights whose bumps this grid could be
    for (const double factor : {1.01, 1.03, 1.1, 1.3, 2.0}) {
      if (!ProvesHeight(bound.grid, factor * 1e-12)) continue;
      const BoundedWeightsReal excess =
          BoundedWeightsReal(factor * 1e-12) - BoundedWeightsReal(std::nextafter(1e-12, 1.0));
      best = std::max(best, BoundedWeightsReal(1 / BitsOfOneWeight(problem, excess)));
    }
    const BoundedWeightsReal exact = BoundedWeightsReal(NumPoints(bound.grid).log10) + log10(best);
    EXPECT_LT(BoundedWeightsReal(bound.count.log10), exact) << dim;
    EXPECT_GT(BoundedWeightsReal(bound.count.log10), exact * (1 - 1e-15)) << dim;
  }
}

// Silence has an end, and no epsilon of three digits above it says anything.
TEST(BoundedWeights, OnsetIsTheLargestEpsilonOfThreeDigitsAtWhichItSpeaks) {
  for (const int m : {1, 3, 9}) {
    for (const std::int64_t width : {1, 8, 100}) {
      for (const double bound : {0.05, 0.2, 0.7, 3.0}) {
        Problem problem{.smoothness = 2,
                        .primary_dim = m,
                        .condition_dim = m + 6,
                        .epsilon = 0.9,
                        .depth = 3,
                        .weight_bound = bound,
                        .width = width};
        const CertifiedBound silent = BoundedWeightsBound(problem);
        ASSERT_TRUE(silent.SaysNothing() && silent.onset.has_value()) << m << " " << width << " " << bound;
        problem.epsilon = *silent.onset;
        EXPECT_FALSE(BoundedWeightsBound(problem).SaysNothing()) << m << " " << width << " " << bound;
        for (const double factor : {1.0101, 1.1, 1.5}) {
          problem.epsilon = *silent.onset * factor;
          EXPECT_TRUE(BoundedWeightsBound(problem).SaysNothing()) << m << " " << width << " " << bound;
        }
      }
    }
  }
}

// The bumps outnumber the bits at 0.0224, but no longer at the number of three digits below, nor at the next ones.
TEST(BoundedWeights, OnsetCountsTheBitsAtTheNumberOfThreeDigits) {
  const CertifiedBound silent = BoundedWeightsBound({.smoothness = 2,
                                                     .primary_dim = 9,
                                                     .condition_dim = 15,
                                                     .epsilon = 0.9,
                                                     .depth = 3,
                                                     .weight_bound = 0.199,
                                                     .width = 8});
  ASSERT_TRUE(silent.SaysNothing());
  EXPECT_EQ(silent.onset, 0.0183);
}

// The onset exists whatever is asked: that of the largest networks in the fewest dimensions.
TEST(BoundedWeights, EvenTheLargestNetworksHaveAnOnset) {
  const CertifiedBound silent = BoundedWeightsBound({.smoothness = kMaxSmoothness,
                                                     .epsilon = 0.9,
                                                     .depth = kMaxDepth,
                                                     .weight_bound = kMaxWeightBound,
                                                     .width = kMaxCount});
  ASSERT_TRUE(silent.SaysNothing());
  EXPECT_EQ(silent.onset, 1.75e-159);
}

TEST(BoundedWeights, FallsWithDepthWidthBoundAndEpsilon) {
  const Count here = BoundedWeightsBound(kExample).count;
  Problem deeper = kExample;
  deeper.depth = 5;
  Problem wider = kExample;
  wider.width = 1000;
  Problem looser = kExample;
  looser.weight_bound = 100;
  Problem coarser = kExample;
  coarser.epsilon = 2e-3;
  for (const Problem& problem : {deeper, wider, looser, coarser}) {
    EXPECT_TRUE(BoundedWeightsBound(problem).count < here);
  }
}

TEST(BoundedWeights, IsFiniteAtTheExtremes) {
  for (const double bound : {1e-9, 1e6}) {
    for (const double epsilon : {1e-12, 0.999999}) {
      const Count count = BoundedWeightsBound({.smoothness = 12,
                                               .primary_dim = 50,
                                               .condition_dim = 50,
                                               .epsilon = epsilon,
                                               .depth = 1000,
                                               .weight_bound = bound,
                                               .width = kMaxCount})
                              .count;
      EXPECT_TRUE(std::isfinite(count.log10));
    }
  }
}

TEST(BoundedWeights, RefusesBoundsOutsideTheirRange) {
  Problem problem = kExample;
  problem.weight_bound = -1;
  EXPECT_THROW(BoundedWeightsBound(problem), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
