// SPDX-License-Identifier: Apache-2.0
#include "models/random_stream.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace hyperwidth {
namespace {

// Thresholds below are at least six standard deviations wide: a correct generator fails with probability < 1e-8.
constexpr int kDraws = 100'000;

TEST(RandomStream, FirstValuesNeverChange) {
  // Recorded once: saved runs and published numbers depend on these bits.
  RandomStream plain(1);
  EXPECT_EQ(plain(), 13830413928045401970u);
  RandomStream keyed(1, {2, 3});
  RandomStream again(1, {2, 3});
  EXPECT_EQ(keyed(), again());
}

TEST(RandomStream, KeysInAnotherOrderOrNumberGiveAnotherStream) {
  std::set<std::uint64_t> first_values;
  first_values.insert(RandomStream(1)());
  first_values.insert(RandomStream(0, {1})());
  first_values.insert(RandomStream(1, {0})());
  first_values.insert(RandomStream(1, {0, 0})());
  first_values.insert(RandomStream(1, {2, 3})());
  first_values.insert(RandomStream(1, {3, 2})());
  EXPECT_EQ(first_values.size(), 6u);
}

TEST(RandomStream, UniformHasTheMomentsOfTheUnitInterval) {
  RandomStream stream(7);
  double sum = 0, sum_of_squares = 0;
  for (int i = 0; i < kDraws; ++i) {
    const double u = stream.Uniform();
    ASSERT_GE(u, 0.0);
    ASSERT_LT(u, 1.0);
    sum += u;
    sum_of_squares += u * u;
  }
  EXPECT_NEAR(sum / kDraws, 1.0 / 2, 6 * std::sqrt(1.0 / 12 / kDraws));
  EXPECT_NEAR(sum_of_squares / kDraws, 1.0 / 3, 6 * std::sqrt(4.0 / 45 / kDraws));
}

TEST(RandomStream, NeighbouringKeysAreUncorrelated) {
  double product = 0;
  for (int i = 0; i < kDraws; ++i) {
    const auto key = static_cast<std::uint64_t>(i);
    product += (RandomStream(1, {key}).Uniform() - 0.5) * (RandomStream(1, {key + 1}).Uniform() - 0.5);
  }
  EXPECT_NEAR(product / kDraws, 0.0, 6.0 / 12 / std::sqrt(kDraws));
}

TEST(RandomStream, BelowIsUniformForCountsThatDoNotDivideThePowerOfTwo) {
  RandomStream stream(3);
  constexpr int kCount = 7;
  int counts[kCount] = {};
  for (int i = 0; i < kDraws; ++i) ++counts[stream.Below(kCount)];
  const double expected = static_cast<double>(kDraws) / kCount;
  for (const int count : counts) EXPECT_NEAR(count, expected, 6 * std::sqrt(expected));
  EXPECT_EQ(stream.Below(1), 0u);
}

TEST(RandomStream, PermutationHoldsEveryIndexOnceAndMovesThem) {
  auto order = RandomStream(5).Permutation(1000);
  EXPECT_NE(order, RandomStream(6).Permutation(1000));
  EXPECT_FALSE(std::is_sorted(order.begin(), order.end()));
  std::sort(order.begin(), order.end());
  for (int i = 0; i < 1000; ++i) EXPECT_EQ(order[static_cast<std::size_t>(i)], i);
  EXPECT_TRUE(RandomStream(5).Permutation(0).empty());
}

}  // namespace
}  // namespace hyperwidth
