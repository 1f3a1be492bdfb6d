// SPDX-License-Identifier: Apache-2.0

#include "theory/gap_series.h"

#include <stdexcept>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(GapOverEpsilon, EndsExactlyAtTheEpsilonAskedFor) {
  const auto series = GapOverEpsilon(kExample, 0.1, 5);
  ASSERT_EQ(series.size(), 5u);
  EXPECT_EQ(series.front().epsilon, 0.1);
  EXPECT_EQ(series.back().epsilon, 1e-3);
  for (std::size_t i = 1; i < series.size(); ++i) EXPECT_LT(series[i].epsilon, series[i - 1].epsilon);
  EXPECT_EQ(series.back().gap.log10, CertifiedGap(kExample).log10);
}

// 10^(-5/3) = 0.02154.. and 10^(-7/3) = 0.004641..
TEST(GapOverEpsilon, IsEvenInTheLogarithmToTwoDigits) {
  const auto series = GapOverEpsilon(kExample, 0.1, 4);
  EXPECT_EQ(series[1].epsilon, 0.022);
  EXPECT_EQ(series[2].epsilon, 0.0046);
  Problem there = kExample;
  there.epsilon = 0.0046;
  EXPECT_EQ(series[2].gap.embedding.value, CertifiedGap(there).embedding.value);
}

TEST(GapOverEpsilon, GapAndCrossoverGrowWithAccuracyInTheExample) {
  const auto series = GapOverEpsilon(kExample, 1e-2, 6);
  for (std::size_t i = 1; i < series.size(); ++i) {
    EXPECT_GT(series[i].gap.log10, series[i - 1].gap.log10);
    EXPECT_FALSE(series[i].gap.crossover_embedding_dim < series[i - 1].gap.crossover_embedding_dim);
  }
}

TEST(GapOverEpsilon, RefusesARangeThatRunsTheWrongWay) {
  EXPECT_THROW(GapOverEpsilon(kExample, 1e-4, 5), std::domain_error);
  EXPECT_THROW(GapOverEpsilon(kExample, 1.0, 5), std::domain_error);
  EXPECT_THROW(GapOverEpsilon(kExample, 0.1, 0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
