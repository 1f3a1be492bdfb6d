// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/size_search.h"

#include <gtest/gtest.h>

#include <algorithm>

namespace hyperwidth {
namespace {

// Changes of sign along x, the largest number over the conditions.
Index MostSignChanges(const ConditionedTarget& target) {
  const Matrix<double> values = target.Values(target.Points(2), 0, target.conditions());
  Index most = 0;
  for (Index j = 0; j < values.cols(); ++j) {
    Index changes = 0;
    for (Index i = 3; i < values.rows(); i += 2) changes += values(i, j) * values(i - 2, j) < 0;
    most = std::max(most, changes);
  }
  return most;
}

TEST(SizeSearch, CandidatesGrowByAtMostATwentiethOrOne) {
  const std::vector<Index> widths = CandidateWidths();
  EXPECT_EQ(widths.front(), 1);
  for (std::size_t i = 1; i < widths.size(); ++i) {
    EXPECT_GT(widths[i], widths[i - 1]);
    EXPECT_LE(widths[i], std::max(widths[i - 1] + 1, widths[i - 1] * 21 / 20));
  }
  EXPECT_GT(widths.back(), 900);
}

// A function with s changes of sign between bumps of at least a quarter's height turns at least s - 1 times, and each
// kink of a network with one input turns it once at most: h >= s - 1. What is found cannot be below.
TEST(SizeSearch, HypernetworkPrimariesHaveAUnitForNearlyEachChangeOfSign) {
  for (const int cells : {3, 5, 6}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const ConditionedTarget target(1, 1, cells, seed);
      const FoundSize found = SmallestHypernetworkPrimary(target, {.seed = seed}, StopRequest());
      EXPECT_GE(found.width, MostSignChanges(target) - 1);
      EXPECT_LE(found.width, MostSignChanges(target) + 2) << cells << " " << seed;  // and training finds them
      EXPECT_LT(found.largest_error, 0.75);
    }
  }
}

TEST(SizeSearch, AnEmbeddingNeedsAtLeastWhatOneConditionNeeds) {
  const ConditionedTarget target(1, 1, 4, 5);
  const SizeSearchOptions options{.seed = 1};
  const Index alone = SmallestHypernetworkPrimary(target, options, StopRequest()).width;
  const FoundSize found = SmallestEmbeddingPrimary(target, 1, options, StopRequest());
  EXPECT_GE(found.width, alone);
  EXPECT_EQ(found.widths.size(), 2u);
  EXPECT_EQ(found.width, *std::min_element(found.widths.begin(), found.widths.end()));
}

TEST(SizeSearch, IsTheSameForTheSameSeed) {
  const ConditionedTarget target(1, 1, 4, 6);
  const FoundSize a = SmallestEmbeddingPrimary(target, 2, {.seed = 3}, StopRequest());
  const FoundSize b = SmallestEmbeddingPrimary(target, 2, {.seed = 3}, StopRequest());
  EXPECT_EQ(a.widths, b.widths);
  EXPECT_EQ(a.iterations, b.iterations);
  EXPECT_EQ(a.largest_error, b.largest_error);
}

}  // namespace
}  // namespace hyperwidth
