// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/tube_fit.h"

#include <gtest/gtest.h>

#include <atomic>

namespace hyperwidth {
namespace {

TubeFit Fit(const TableNetwork& network,
            const ConditionedTarget& target,
            Index first,
            std::uint64_t seed,
            Index iterations = 2000) {
  RandomStream random(seed);
  return FitWithinTube(network, target, first, {.iterations = iterations}, random, StopRequest());
}

TEST(TubeFit, WhatItCallsWithinIsWithin) {
  const ConditionedTarget target(1, 1, 4, 1);
  const TableNetwork network(1, 10, 1, 4);
  const TubeFit fit = Fit(network, target, 0, 1);
  ASSERT_TRUE(fit.within);
  EXPECT_LT(fit.error, 0.75);
  EXPECT_EQ(target.LargestError(network, fit.parameters, 0).error, fit.error);
}

TEST(TubeFit, FitsOneConditionOfMany) {
  const ConditionedTarget target(1, 1, 6, 2);
  for (Index condition = 0; condition < 6; ++condition) {
    const TableNetwork network(1, 8, 0, 1);
    const TubeFit fit = Fit(network, target, condition, 3);
    EXPECT_TRUE(fit.within) << condition;
    EXPECT_LT(target.LargestError(network, fit.parameters, condition).error, 0.75);
  }
}

TEST(TubeFit, SaysWhenANetworkIsTooSmall) {
  // One kink turns at most once; signs + - + at three neighbours need more.
  for (std::uint64_t seed = 0;; ++seed) {
    const ConditionedTarget target(1, 1, 3, seed);
    const Matrix<double> values = target.Values(target.Points(2), 0, 1);
    if (values(1, 0) == values(3, 0) || values(3, 0) == values(5, 0)) continue;
    const TubeFit fit = Fit(TableNetwork(1, 1, 0, 1), target, 0, 1, 500);
    EXPECT_FALSE(fit.within);
    EXPECT_GE(fit.error, 0.75);
    EXPECT_GE(fit.iterations, 500);
    break;
  }
}

TEST(TubeFit, IsTheSameForTheSameSeed) {
  const ConditionedTarget target(1, 1, 5, 4);
  const TableNetwork network(1, 7, 2, 5);
  const TubeFit a = Fit(network, target, 0, 9, 400), b = Fit(network, target, 0, 9, 400);
  EXPECT_EQ(a.parameters, b.parameters);
  EXPECT_EQ(a.iterations, b.iterations);
}

TEST(TubeFit, StopsWhenAsked) {
  const ConditionedTarget target(1, 1, 5, 4);
  const std::atomic<bool> requested{true};
  RandomStream random(1);
  EXPECT_THROW(FitWithinTube(TableNetwork(1, 7, 2, 5), target, 0, {.iterations = 400}, random, StopRequest(requested)),
               Stopped);
}

}  // namespace
}  // namespace hyperwidth
