// SPDX-License-Identifier: Apache-2.0

#include "theory/rigorous_floor.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "gtest/gtest.h"
#include "theory/bump.h"

namespace hyperwidth {
namespace {

using Points = LayerGroup::Points;

// `x` + 1 nodes for x, `condition` + 1 for I.
Grid Nodes(double x, double condition) {
  return {.layout = Layout::kNodes,
          .bump = AdmissibleBumps(1).front(),
          .x = {.axes = 1, .cells = x},
          .condition = {.axes = 1, .cells = condition}};
}

bool Proves(const KnownLayer& layer, double x, double condition) {
  return ProvesMissedPattern({layer}, Nodes(x, condition));
}

long double Warren(long double p, long double v, long double d) {
  return std::min(p, 1 + v * std::log2(2 * std::numbers::e_v<long double> * p * d / v));
}

// One unit, V variables, degree D: the first M with 1 + V log2(2 e M D / V) < M, from both sides.
TEST(ProvesMissedPattern, ChangesAtTheValueOfTheFormula) {
  for (const double variables : {1.0, 3.0, 40.0, 1000.0}) {
    for (const double degree : {1.0, 2.0, 7.0}) {
      double points = variables + 1;
      while (Warren(points, variables, degree) >= points) ++points;
      const KnownLayer layer{.parameters = variables, .degree = degree};
      EXPECT_TRUE(Proves(layer, points - 1, 0)) << variables << " " << degree;
      EXPECT_FALSE(Proves(layer, points - 2, 0)) << variables << " " << degree;
    }
  }
}

// 2 of 6 points: 3 values of x with 2 units, or 2 values of I with 3: 6 bits at most, not fewer than the 6 bumps.
TEST(ProvesMissedPattern, CountsAtMostOneBitForEachPolynomial) {
  const double many = 1000;
  EXPECT_TRUE(Proves({.units = 1, .points = Points::kPrimary, .parameters = many}, 2, 1));
  EXPECT_FALSE(Proves({.units = 2, .points = Points::kPrimary, .parameters = many}, 2, 1));
  EXPECT_TRUE(Proves({.units = 2, .points = Points::kConditions, .parameters = many}, 2, 1));
  EXPECT_FALSE(Proves({.units = 3, .points = Points::kConditions, .parameters = many}, 2, 1));
  EXPECT_FALSE(Proves({.units = 1, .parameters = many}, 2, 1));
  // 3 units at 10 of 40 points: Warren's count of 29 variables is above 30 bits.
  EXPECT_TRUE(Proves({.units = 3, .points = Points::kPrimary, .parameters = 29}, 9, 3));
}

// M = 40, J = 4, X = 10: V = 1 + 2 * 4 and p = 40.
TEST(ProvesMissedPattern, MultipliesTheScalarsByTheConditions) {
  const auto bits = [](double units, double points, double variables) { return Warren(units * points, variables, 1); };
  ASSERT_LT(bits(1, 40, 5), 40);
  ASSERT_GT(bits(1, 40, 9), 39);
  EXPECT_TRUE(Proves({.parameters = 1, .scalars = 1}, 9, 3));
  EXPECT_FALSE(Proves({.parameters = 1, .scalars = 2}, 9, 3));
  EXPECT_FALSE(Proves({.parameters = 1, .scalars = 1}, 3, 9));
}

TEST(ProvesMissedPattern, AddsTheLayers) {
  const KnownLayer layer{.parameters = 2};
  const long double one = Warren(41, 2, 1);
  ASSERT_LT(2 * one, 41);
  ASSERT_GT(3 * one, 41);
  EXPECT_TRUE(ProvesMissedPattern({layer, layer}, Nodes(40, 0)));
  EXPECT_FALSE(ProvesMissedPattern({layer, layer, layer}, Nodes(40, 0)));
}

// (3 * 5 + 1) / 2 = 8 even points of 15; the same grid has 2 * 3 = 6 nodes.
TEST(ProvesMissedPattern, CountsTheEvenPointsOfACheckerboard) {
  Grid grid = Nodes(1, 2);
  grid.layout = Layout::kCheckerboard;
  const auto units_at_most = [&](double units, Points points) {
    return ProvesMissedPattern({{.units = units, .points = points, .parameters = 1e9}}, grid);
  };
  EXPECT_TRUE(units_at_most(2, Points::kPrimary));  // 2 * 3 < 8
  EXPECT_FALSE(units_at_most(3, Points::kPrimary));
  EXPECT_TRUE(units_at_most(1, Points::kConditions));  // 5 < 8
  EXPECT_FALSE(units_at_most(2, Points::kConditions));
  EXPECT_FALSE(units_at_most(1, Points::kAll));
  // One unit at 3 values of x and one at 5 values of I have 8 bits: not fewer than 8, but fewer than 9.
  EXPECT_FALSE(ProvesMissedPattern({{.units = 1, .points = Points::kPrimary, .parameters = 1e9},
                                    {.units = 1, .points = Points::kConditions, .parameters = 1e9}},
                                   grid));
  // With a single value of I only the even 2 of 3 values of x have bumps.
  grid.condition.cells = 0;
  EXPECT_FALSE(units_at_most(1, Points::kPrimary));
  EXPECT_TRUE(units_at_most(1, Points::kConditions));  // 1 < 2
}

// 7 even points of 13 on one axis: one variable gives 1 + log2(2 e 7) < 7 bits there, but more than 7 at all 13.
TEST(ProvesMissedPattern, SeesOnlyTheValuesThatHaveBumps) {
  Grid grid = Nodes(0, 6);
  grid.layout = Layout::kCheckerboard;
  EXPECT_TRUE(ProvesMissedPattern({{.units = 1, .points = Points::kConditions, .parameters = 1}}, grid));
  EXPECT_FALSE(ProvesMissedPattern({{.units = 2, .points = Points::kConditions, .parameters = 1}}, grid));
  grid = Nodes(6, 0);
  grid.layout = Layout::kCheckerboard;
  EXPECT_TRUE(ProvesMissedPattern({{.units = 1, .points = Points::kPrimary, .parameters = 1}}, grid));
  EXPECT_FALSE(ProvesMissedPattern({{.units = 2, .points = Points::kPrimary, .parameters = 1}}, grid));
}

// 1 + V log2(2 e p D / V) in bits, p = U M and V = N + K; M from both sides of the value at which it is M.
void ExpectTheEdge(const KnownLayer& layer, long double units, long double variables, long double degree) {
  long double low = variables;
  long double high = 1000 * variables;
  for (int step = 0; step < 200; ++step) {
    const long double middle = low + (high - low) / 2;
    (Warren(units * middle, variables, degree) < middle ? high : low) = middle;
  }
  EXPECT_FALSE(Proves(layer, static_cast<double>(high * (1 - 1e-13L)) - 1, 0));
  EXPECT_TRUE(Proves(layer, static_cast<double>(high * (1 + 1e-13L)) - 1, 0));
}

TEST(ProvesMissedPattern, TakesIntegersUpToTwoToThe53AsTheyAre) {
  const double largest = 0x1p53;
  ExpectTheEdge({.parameters = largest}, 1, largest, 1);
  ExpectTheEdge({.parameters = 0, .scalars = largest}, 1, largest, 1);
  ExpectTheEdge({.units = largest, .parameters = 1e12}, largest, 1e12L, 1);
  ExpectTheEdge({.parameters = 1e12, .degree = largest}, 1, 1e12L, largest);
}

TEST(ProvesMissedPattern, RaisesWhatADoubleDoesNotHoldExactly) {
  const double beyond = 0x1p53 + 2;
  const long double raised = beyond * (1 + static_cast<long double>(kLayerRounding));
  ExpectTheEdge({.parameters = beyond}, 1, raised, 1);
  ExpectTheEdge({.parameters = 0, .scalars = beyond}, 1, raised, 1);
  ExpectTheEdge({.units = beyond, .parameters = 1e12}, raised, 1e12L, 1);
  ExpectTheEdge({.parameters = 1e12, .degree = beyond}, 1, 1e12L, raised);
}

// J = 2^53 and X = 2^90 + 1. With J - 1 units at all values of x and 2^37 at those of I there are M - 1 bits, M =
// 10^43: less than the margin of 10^-40 below M.
TEST(ProvesMissedPattern, KeepsAMargin) {
  const auto proves = [](double units) {
    return ProvesMissedPattern({{.units = 0x1p53 - 1, .points = Points::kPrimary, .parameters = 1e99},
                                {.units = units, .points = Points::kConditions, .parameters = 1e99}},
                               Nodes(0x1p90, 0x1p53 - 1));
  };
  EXPECT_FALSE(proves(0x1p37));
  EXPECT_TRUE(proves(0x1p37 - 1));
}

// One bit for each of 9 and 10 bumps with 9 free signs; B = 10.
TEST(RequireProved, NamesWhatIsNotProved) {
  const KnownLayer nine{.units = 9, .points = Points::kConditions, .parameters = 1e9};
  const auto message = [&](const Grid& grid, double height) -> std::string {
    try {
      RequireProved({nine}, grid, height);
    } catch (const std::logic_error& error) {
      return error.what();
    }
    return "proved";
  };
  EXPECT_EQ(message(Nodes(9, 0), 0.0999), "proved");
  EXPECT_EQ(message(Nodes(9, 0), 0.125),
            "the height 0.125 of the bumps of 9 x 0 half-widths, all nodes does not hold with 50 digits");
  EXPECT_EQ(message(Nodes(8, 0), 0.0999),
            "the sign patterns at 8 x 0 half-widths, all nodes are not too few if they are counted with 50 digits");
}

}  // namespace
}  // namespace hyperwidth
