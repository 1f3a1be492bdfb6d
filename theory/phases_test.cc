// SPDX-License-Identifier: Apache-2.0

#include "theory/phases.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

TEST(PhaseAtDepth, ConstantDepthHasTheClassicalRateAndDepthNTwiceIt) {
  EXPECT_EQ(PhaseAtDepth(1, 2, 0).reachable_rate, 0.5);
  EXPECT_FALSE(PhaseAtDepth(1, 2, 0).needs_discontinuity);
  EXPECT_EQ(PhaseAtDepth(1, 2, 1).reachable_rate, 1);
  EXPECT_TRUE(PhaseAtDepth(1, 2, 1).needs_discontinuity);
  EXPECT_EQ(PhaseAtDepth(3, 2, 1).parameter_exponent, 1.0 / 3);
  EXPECT_EQ(PhaseAtDepth(3, 2, 0.5).continuous_rate, 1.5);
  EXPECT_EQ(PhaseAtDepth(3, 2, 0.5).forbidden_above, PhaseAtDepth(3, 2, 0.5).reachable_rate);
}

// The excluded side, from the certified bound: the smallest N at depth N^a, as epsilon falls a thousandfold, grows with
// the phase's exponent, but for logarithms.
TEST(PhaseAtDepth, AgreesWithTheCertifiedBoundAtTheSameDepth) {
  for (const double a : {0.0, 0.5}) {
    const auto log10_minimum = [&](double epsilon) {
      // The least N with N >= bound at depth N^a, by iteration from the shallow bound.
      Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = epsilon};
      double log10_n = 0;
      for (int step = 0; step < 60; ++step) {
        problem.depth = std::max(2, static_cast<int>(std::pow(10.0, a * log10_n)));
        log10_n = 0.5 * (log10_n + LowerBounds(problem).Standard().count.log10);
      }
      return log10_n;
    };
    const double slope = (log10_minimum(1e-7) - log10_minimum(1e-4)) / 3;
    EXPECT_NEAR(slope, PhaseAtDepth(1, 2, a).parameter_exponent, 0.2)
        << a;  // logarithms: about log(30)/log(1000) decades
  }
}

TEST(PhaseAtDepth, RefusesDepthsBeyondN) {
  EXPECT_THROW(PhaseAtDepth(1, 1, 1.5), std::domain_error);
  EXPECT_THROW(PhaseAtDepth(1, 1, std::nan("")), std::domain_error);
  EXPECT_THROW(PhaseAtDepth(0, 1, 0.5), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
