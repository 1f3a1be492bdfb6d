// SPDX-License-Identifier: Apache-2.0
#include "theory/hadamard_order.h"

#include <gtest/gtest.h>

#include <set>
#include <stdexcept>
#include <vector>

namespace hyperwidth {
namespace {

using Rows = std::vector<std::vector<int>>;

Rows Doubled(const Rows& half) {
  const std::size_t n = half.size();
  Rows rows(2 * n, std::vector<int>(2 * n));
  for (std::size_t i = 0; i < 2 * n; ++i) {
    for (std::size_t j = 0; j < 2 * n; ++j) rows[i][j] = half[i % n][j % n] * (i >= n && j >= n ? -1 : 1);
  }
  return rows;
}

// chi(i - j) modulo the prime: 1 for a square, -1 for none, 0 for 0.
Rows QuadraticCharacters(int prime) {
  std::set<int> squares;
  for (int i = 1; i < prime; ++i) squares.insert(i * i % prime);
  Rows rows(static_cast<std::size_t>(prime), std::vector<int>(static_cast<std::size_t>(prime), 0));
  for (int i = 0; i < prime; ++i) {
    for (int j = 0; j < prime; ++j) {
      const int difference = ((i - j) % prime + prime) % prime;
      rows[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] =
          difference == 0 ? 0 : (squares.contains(difference) ? 1 : -1);
    }
  }
  return rows;
}

// [[0, 1], [+-1, Q]]: the conference matrix of Paley's constructions.
Rows Conference(int prime, int corner) {
  const Rows q = QuadraticCharacters(prime);
  Rows rows(q.size() + 1, std::vector<int>(q.size() + 1, 0));
  for (std::size_t i = 0; i < q.size(); ++i) {
    rows[0][i + 1] = 1;
    rows[i + 1][0] = corner;
    for (std::size_t j = 0; j < q.size(); ++j) rows[i + 1][j + 1] = q[i][j];
  }
  return rows;
}

Rows Start(const HadamardOrder& order) {
  const auto prime = static_cast<int>(order.prime);
  if (order.start == HadamardOrder::Start::kOne) return {{1}};
  if (order.start == HadamardOrder::Start::kPaleyOne) {
    Rows rows = Conference(prime, -1);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i][i] += 1;
    return rows;
  }
  // 0 becomes [[1, -1], [-1, -1]], +-1 becomes +-[[1, 1], [1, -1]].
  const Rows small = Conference(prime, 1);
  Rows rows(2 * small.size(), std::vector<int>(2 * small.size()));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    for (std::size_t j = 0; j < rows.size(); ++j) {
      const int entry = small[i / 2][j / 2];
      const bool lower = i % 2 == 1, right = j % 2 == 1;
      rows[i][j] = entry == 0 ? (lower || right ? -1 : 1) : entry * (lower && right ? -1 : 1);
    }
  }
  return rows;
}

TEST(LargestHadamardOrder, RecipesMakeMatricesOfPlusMinusOneWithOrthogonalRows) {
  std::set<std::int64_t> orders;
  for (std::int64_t at_most = 1; at_most <= 150; ++at_most) {
    const HadamardOrder order = LargestHadamardOrder(at_most);
    if (!orders.insert(order.order()).second) continue;
    Rows rows = Start(order);
    for (int doubling = 0; doubling < order.doublings; ++doubling) rows = Doubled(rows);
    ASSERT_EQ(static_cast<std::int64_t>(rows.size()), order.order()) << order.Recipe();
    for (std::size_t a = 0; a < rows.size(); ++a) {
      for (std::size_t b = 0; b <= a; ++b) {
        int product = 0;
        for (std::size_t j = 0; j < rows.size(); ++j) {
          ASSERT_EQ(rows[a][j] * rows[a][j], 1);
          product += rows[a][j] * rows[b][j];
        }
        ASSERT_EQ(product, a == b ? static_cast<int>(rows.size()) : 0) << order.Recipe();
      }
    }
  }
  // 1, 2 and the multiples of four up to 148 but 92, for which neither Sylvester nor Paley has one, and 116.
  std::set<std::int64_t> expected = {1, 2};
  for (std::int64_t order = 4; order <= 148; order += 4) {
    if (order != 92 && order != 116) expected.insert(order);
  }
  for (const std::int64_t order : orders) EXPECT_TRUE(expected.contains(order)) << order;
  EXPECT_FALSE(orders.contains(92));
  EXPECT_TRUE(orders.contains(12));
  EXPECT_TRUE(orders.contains(36)) << "2 (17 + 1): 35 is no prime";
}

TEST(LargestHadamardOrder, IsNeverAboveAndHardlyBelow) {
  for (std::int64_t at_most = 1; at_most < std::int64_t{1} << 53; at_most += 1 + at_most / 7) {
    const HadamardOrder order = LargestHadamardOrder(at_most);
    EXPECT_LE(order.order(), at_most);
    EXPECT_GE(static_cast<double>(order.order()), 0.5 * static_cast<double>(at_most));
    if (at_most > 1000) {
      EXPECT_GE(static_cast<double>(order.order()), 0.97 * static_cast<double>(at_most));
    }
    if (order.prime > 0) {
      EXPECT_EQ(order.prime % 4, order.start == HadamardOrder::Start::kPaleyOne ? 3 : 1);
    }
  }
}

TEST(LargestHadamardOrder, NamesItsRecipe) {
  EXPECT_EQ(LargestHadamardOrder(1).Recipe(), "2^0");
  EXPECT_EQ(LargestHadamardOrder(3).Recipe(), "2^1");
  EXPECT_EQ(LargestHadamardOrder(19).Recipe(), "2^1 * (7 + 1)");
  EXPECT_EQ(LargestHadamardOrder(12).Recipe(), "2^0 * (11 + 1)");
  EXPECT_EQ(LargestHadamardOrder(36).Recipe(), "2^0 * 2 * (17 + 1)");
  EXPECT_EQ(LargestHadamardOrder(529).Recipe(), "2^1 * (263 + 1)");
  EXPECT_THROW(LargestHadamardOrder(0), std::domain_error);
  EXPECT_THROW(LargestHadamardOrder((std::int64_t{1} << 53) + 1), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
