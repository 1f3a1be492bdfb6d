// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/sample_quantile.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

using enum QuantileMethod;

TEST(Quantile, OfTheLinearMethodInterpolatesBetweenNeighbours) {
  EXPECT_EQ(QuantileOf({3, 1, 2}, 0, kLinear), 1);
  EXPECT_EQ(QuantileOf({3, 1, 2}, 0.5, kLinear), 2);
  EXPECT_EQ(QuantileOf({3, 1, 2}, 1, kLinear), 3);
  EXPECT_DOUBLE_EQ(QuantileOf({10, 20, 40}, 0.75, kLinear), 30);
  EXPECT_DOUBLE_EQ(QuantileOf({0, 1}, 0.95, kLinear), 0.95);
  EXPECT_EQ(QuantileOf({4}, 0.95, kLinear), 4);
  EXPECT_TRUE(std::isnan(QuantileOf({1, std::numeric_limits<double>::quiet_NaN(), 2}, 0.1, kLinear)));
}

TEST(Mean, IsThatOfAllNumbers) { EXPECT_DOUBLE_EQ(MeanOf({1, 2, 6}), 3); }

TEST(Quantile, OfTheInvertedCdfIsOneOfTheNumbers) {
  EXPECT_EQ(QuantileOf({30, 10, 20, 40}, 0, kInvertedCdf), 10);
  EXPECT_EQ(QuantileOf({30, 10, 20, 40}, 0.25, kInvertedCdf), 10);
  EXPECT_EQ(QuantileOf({30, 10, 20, 40}, 0.26, kInvertedCdf), 20);
  EXPECT_EQ(QuantileOf({30, 10, 20, 40}, 0.5, kInvertedCdf), 20);
  EXPECT_EQ(QuantileOf({30, 10, 20, 40}, 1, kInvertedCdf), 40);
  EXPECT_EQ(QuantileOf({4}, 0.95, kInvertedCdf), 4);
  EXPECT_TRUE(std::isnan(QuantileOf({1, std::numeric_limits<double>::quiet_NaN(), 2}, 0.1, kInvertedCdf)));
}

}  // namespace
}  // namespace hyperwidth
