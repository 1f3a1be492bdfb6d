// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/pieces_check.h"

#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/checker/failure.h"

namespace hyperwidth::checker {
namespace {

// The largest number that is too few, and that one more is not.
void ExpectLargestThatIsTooFew(int parameters, const Integer& pieces, int depth) {
  EXPECT_TRUE(AreTooFewForPieces(parameters, pieces, depth)) << parameters << " " << pieces << " " << depth;
  EXPECT_FALSE(AreTooFewForPieces(parameters + 1, pieces, depth)) << parameters << " " << pieces << " " << depth;
}

// One hidden layer: 3 P - 4. Two: (N + 6)^2 >= 24 P. One unit in each of seven layers: 14, 128 pieces, at any depth.
TEST(AreTooFewForPieces, IsDecidedToTheParameter) {
  ExpectLargestThatIsTooFew(2989, 998, 2);
  ExpectLargestThatIsTooFew(1, 2, 2);
  ExpectLargestThatIsTooFew(0, 1, 2);
  ExpectLargestThatIsTooFew(83, 334, 3);
  for (const int depth : {8, 9, 100, 1000000}) ExpectLargestThatIsTooFew(13, 128, depth);
  ExpectLargestThatIsTooFew(1799, Integer(1) << 900, 1000000);
}

TEST(AreTooFewForPieces, RefusesMorePiecesThanAnyGridHas) {
  EXPECT_THROW(AreTooFewForPieces(1, Integer(1) << 1400, 2), Failure);
}

Integer Least(const std::string& target, int points, int smoothness, const Fraction& epsilon, int stated) {
  return LeastPieces(target, {Integer(points - 1), 0}, points, smoothness, epsilon, false, stated);
}

TEST(LeastPieces, AreOneLessThanTheAlternatingBumpsOfOneAxis) {
  EXPECT_EQ(Least("alternating bumps", 19, 1, Fraction(1, 20), 7), 18);
  EXPECT_EQ(Least("alternating bumps", 1, 1, Fraction(1, 20), 7), 1);
  EXPECT_THROW(LeastPieces("alternating bumps", {Integer(3), Integer(1)}, 8, 1, Fraction(1, 20), false, 7), Failure);
}

// 9 * 333^2 = 998,001.
TEST(LeastPieces, OfAParabolaAreTheSmallestWithAnErrorOfAtMostEpsilon) {
  const Fraction epsilon(1, 1000000);
  EXPECT_EQ(Least("parabola", 1, 2, epsilon, 334), 334);
  EXPECT_EQ(Least("parabola", 1, 2, Fraction(1, 9), 1), 1);
  EXPECT_THROW(Least("parabola", 1, 2, epsilon, 333), Failure);
  EXPECT_THROW(Least("parabola", 1, 2, epsilon, 335), Failure);
  EXPECT_THROW(Least("parabola", 1, 2, Fraction(1, 2), 0), Failure);
  EXPECT_THROW(Least("parabola", 1, 1, epsilon, 334), Failure);
  EXPECT_THROW(Least("parabola", 2, 2, epsilon, 334), Failure);
  EXPECT_THROW(Least("hat", 1, 2, epsilon, 334), Failure);
}

// 4 * 500^2 = 1,000,000.
TEST(LeastPieces, OfAParabolaOfTheMaxNormAreMore) {
  const Fraction epsilon(1, 1000000);
  EXPECT_EQ(LeastPieces("parabola", {Integer(0)}, 1, 2, epsilon, true, 500), 500);
  EXPECT_THROW(LeastPieces("parabola", {Integer(0)}, 1, 2, epsilon, true, 499), Failure);
  EXPECT_THROW(LeastPieces("parabola", {Integer(0)}, 1, 2, epsilon, true, 501), Failure);
}

}  // namespace
}  // namespace hyperwidth::checker
