// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/orders.h"

#include <gtest/gtest.h>

#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

const Fraction kSmall(1, Integer("1000000000000000000000000000000"));

Orders Bumps(bool takes_maximum, const std::vector<Integer>& cells, const Fraction& epsilon = kSmall) {
  return OrdersOfBumps(takes_maximum, {1, 2, 4}, cells, epsilon);
}

// Axis by axis, in one line.
Orders OneByOne(bool takes_maximum, const std::vector<Integer>& cells) {
  Orders all = {1, 0, 0};
  for (const Integer& n : cells) all = Times(takes_maximum, all, {1, 2 * n, 4 * n * n});
  return all;
}

TEST(Times, AddsOrTakesTheLargest) {
  EXPECT_EQ(Times(false, {1, 2, 3}, {1, 5}), (Orders{1, 7, 13}));
  EXPECT_EQ(Times(true, {1, 2, 3}, {1, 5}), (Orders{1, 5, 10}));
}

TEST(Times, RoundsUpWhatHasNoBinaryFraction) {
  const Fraction third = Times(false, {Fraction(1, 3)}, {1})[0];
  EXPECT_GT(third, Fraction(1, 3));
  EXPECT_LE(third - Fraction(1, 3), Fraction(1, Integer(1) << 256));
  EXPECT_EQ(Times(false, {Fraction(3, 4)}, {1})[0], Fraction(3, 4));
}

TEST(OrdersOfBumps, AreTheProductOverTheAxes) {
  for (const bool takes_maximum : {false, true}) {
    for (int axes = 0; axes <= 9; ++axes) {
      std::vector<Integer> cells(axes, Integer(3));
      EXPECT_EQ(Bumps(takes_maximum, cells), OneByOne(takes_maximum, cells)) << axes;
      cells.insert(cells.end(), 5, Integer(4));
      cells.insert(cells.end(), 2, Integer(0));
      EXPECT_EQ(Bumps(takes_maximum, cells), OneByOne(takes_maximum, cells)) << axes;
    }
  }
}

// 1, 2 n, 4 n^2 with n = 5: an epsilon of 1/100 is too large by a hair, and so is any number of cells far beyond.
TEST(OrdersOfBumps, EndWhereTheBumpsAreNotHigherThanEpsilon) {
  EXPECT_EQ(Bumps(false, {5}, Fraction(1, 101)), (Orders{1, 10, 100}));
  EXPECT_THROW(Bumps(false, {5}, Fraction(1, 100)), Failure);
  EXPECT_THROW(Bumps(true, std::vector<Integer>(20000, Integer(std::string(4000, '9'))), Fraction(1, 100)), Failure);
}

// No outcome is tested, only that there is one: twenty thousand axes with thirty derivatives take no minutes.
TEST(OrdersOfBumps, OfManyAxesAreQuick) {
  std::vector<Fraction> seminorms(31, Fraction(Integer("12345678901234567"), Integer("10000000000000000")));
  seminorms[0] = 1;
  const Fraction epsilon(1, Integer(1) << 1000);
  EXPECT_EQ(OrdersOfBumps(false, seminorms, std::vector<Integer>(20000, Integer(1)), epsilon).size(), 31U);
}

}  // namespace
}  // namespace hyperwidth::checker
