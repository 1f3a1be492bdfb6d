// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/normal_columns.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <thread>
#include <vector>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

// Means over n entries of variance 1 have the deviation 1 / sqrt(n), mean squares sqrt(2 / n): five of them.
TEST(NormalColumns, AreStandardNormal) {
  NormalColumns columns;
  const auto numbers = columns.Get(5, 700, 2, 3);
  ASSERT_EQ(numbers->rows(), 5);
  ASSERT_EQ(numbers->cols(), 700);
  const double count = static_cast<double>(numbers->size());
  EXPECT_NEAR(numbers->cast<double>().mean(), 0, 5 / std::sqrt(count));
  EXPECT_NEAR(numbers->cast<double>().squaredNorm() / count, 1, 5 * std::sqrt(2 / count));
}

TEST(NormalColumns, AreThePairsOfAStreamForEachColumn) {
  NormalColumns columns;
  const auto numbers = columns.Get(5, 7, 2, 3);
  RandomStream random(2, {3, 6});
  std::vector<float> expected;
  for (int pair = 0; pair < 3; ++pair) {
    const auto [first, second] = StandardNormalPair(random);
    expected.insert(expected.end(), {static_cast<float>(first), static_cast<float>(second)});
  }
  for (Index row = 0; row < 5; ++row) EXPECT_EQ((*numbers)(row, 6), expected[static_cast<std::size_t>(row)]);
}

TEST(NormalColumns, DependOnSeedPartAndColumnAlone) {
  NormalColumns columns;
  const auto numbers = columns.Get(5, 7, 2, 3);
  EXPECT_EQ(*columns.Get(5, 4, 2, 3), numbers->leftCols(4));
  EXPECT_NE(*columns.Get(5, 7, 2, 4), *numbers);
  EXPECT_NE(*columns.Get(5, 7, 3, 3), *numbers);
  EXPECT_EQ(*NormalColumns().Get(5, 7, 2, 3), *numbers);
  EXPECT_NE(numbers->col(0), numbers->col(1));
}

TEST(NormalColumns, AreDrawnOnce) {
  NormalColumns columns;
  const auto first = columns.Get(5, 7, 2, 3);
  columns.Get(5, 6, 2, 3);
  EXPECT_EQ(columns.Get(5, 7, 2, 3), first);
}

TEST(NormalColumns, OfWhichTooManyAreAskedForDropThoseThatWereAskedForLongestAgo) {
  NormalColumns columns(/*most_bytes=*/2 * 5 * 7 * sizeof(float));
  const auto first = columns.Get(5, 7, 1, 3), second = columns.Get(5, 7, 2, 3);
  EXPECT_EQ(columns.Get(5, 7, 1, 3), first);
  const auto third = columns.Get(5, 7, 3, 3);
  EXPECT_EQ(columns.Get(5, 7, 1, 3), first);
  EXPECT_EQ(columns.Get(5, 7, 3, 3), third);
  const auto again = columns.Get(5, 7, 2, 3);
  EXPECT_NE(again, second);
  EXPECT_EQ(*again, *second);

  NormalColumns none(/*most_bytes=*/0);
  EXPECT_EQ(*none.Get(5, 7, 1, 3), *first);
}

TEST(NormalColumns, AreTheSameForThreadsThatAskAtOnce) {
  NormalColumns columns;
  std::vector<std::shared_ptr<const Matrix<float>>> found(8);
  {
    std::vector<std::jthread> threads;
    for (auto& numbers : found) threads.emplace_back([&] { numbers = columns.Get(100, 200, 1, 3); });
  }
  for (const auto& numbers : found) EXPECT_EQ(numbers, found.front());
}

}  // namespace
}  // namespace hyperwidth
