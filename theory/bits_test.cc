// SPDX-License-Identifier: Apache-2.0

#include "theory/bits.h"

#include "gtest/gtest.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

// Counting again, from the grid alone: as many bits as bumps, and bumps higher than epsilon.
TEST(BitsBound, IsTheNumberOfBumpsOfItsGrid) {
  for (const double epsilon : {0.5, 0.01, 1e-5}) {
    const LowerBounds bounds({.smoothness = 2, .primary_dim = 1, .condition_dim = 2, .epsilon = epsilon});
    const CertifiedBound bits = BitsBound(bounds);
    EXPECT_EQ(bits.count.value, NumPoints(bits.grid).value);
    EXPECT_TRUE(ProvesHeight(bits.grid, epsilon));
  }
}

// At smoothness 1 in two dimensions the pyramids at even points have half-widths 1/n with 1 + n_1 + n_2 < 1/epsilon.
TEST(BitsBound, HasItsClosedFormInTwoDimensions) {
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.01});
  EXPECT_EQ(BitsBound(bounds).count.value, (99 * 99 + 1) / 2);  // 49 + 49 + 1 < 100
}

}  // namespace
}  // namespace hyperwidth
