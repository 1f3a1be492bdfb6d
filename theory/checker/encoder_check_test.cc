// SPDX-License-Identifier: Apache-2.0

#include "theory/checker/encoder_check.h"

#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth::checker {
namespace {

// Two hats on one cell: 1 + 1, and 1 for each.
TEST(NormOfTarget, OfHatsAtSmoothnessOne) {
  EXPECT_EQ(NormOfTarget({.seminorms = {1, 1}, .cells = {1}}, 2), 4);
  EXPECT_EQ(NormOfTarget({.seminorms = {1, 1}, .cells = {2, 0}}, 3), 1 + 2 + 3);
}

// (1 - t)/2 and (1 + t)/2: 1 + 1, and 1 + 1/2 for each; on two axes 1 + 2 + 1, and 1 + 1 + 1/4.
TEST(NormOfTarget, OfAffineFunctions) {
  for (const std::vector<Fraction>& seminorms : {std::vector<Fraction>{1, 2, 4}, {1, 2, 9, 20}}) {
    EXPECT_EQ(NormOfTarget({.seminorms = seminorms, .cells = {}, .affine_axes = 1}, 2), 5);
  }
  EXPECT_EQ(NormOfTarget({.seminorms = {1, 2, 4}, .cells = {0}, .affine_axes = 2}, 4), 4 + 4 * 2);
  EXPECT_EQ(NormOfTarget({.seminorms = {1, 2, 9, 20}, .cells = {}, .affine_axes = 2}, 4), 4 + 4 * Fraction(9, 4));
}

// Three bumps on two cells times two affine functions: 1 + (1 + 4) + (4 + 16), and 1 + (1/2 + 4) for each.
TEST(NormOfTarget, OfProducts) {
  EXPECT_EQ(NormOfTarget({.seminorms = {1, 2, 4}, .cells = {2}, .affine_axes = 1}, 6), 26 + 6 * Fraction(11, 2));
}

}  // namespace
}  // namespace hyperwidth::checker
