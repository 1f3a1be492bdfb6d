// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_bounds.h"

#include <algorithm>
#include <cmath>
#include <random>
#include <string>

#include "gtest/gtest.h"
#include "theory/lower_bounds.h"
#include "theory/mean_square/bump_mean_square.h"
#include "theory/rank_bound.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

// Before the height is paid for: on the nodes of the grid of the sup bound, a network that may be wrong at one point in
// twenty.
TEST(NeededPatterns, LowerTheCountOfParametersAtTheSameGrid) {
  const Grid grid{.layout = Layout::kNodes,
                  .bump = AdmissibleBumps(1).front(),
                  .x = {.axes = 1, .cells = 332},
                  .condition = {.axes = 2, .cells = 333}};
  EXPECT_TRUE(ProvesHeight(grid, 1e-3));
  const NetworkClass standard = StandardClass(2);
  EXPECT_EQ(SmallestParameterCount(standard, grid).value, 1025894);
  EXPECT_EQ(SmallestParameterCount(standard, grid, {.wrong_share = 0.05, .bits = 20}).value, 721975);
  EXPECT_EQ(SmallestParameterCount(standard, grid, {.wrong_share = 0.11, .bits = 20}).value, 498701);
}

TEST(NeededPatterns, AreCountedByTheEntropy) {
  const Grid grid{.layout = Layout::kCells, .bump = AdmissibleBumps(1).front(), .x = {.axes = 1, .cells = 1024}};
  EXPECT_EQ(NeededBits(grid, {}).value, 1024);
  EXPECT_EQ(NeededBits(grid, {.wrong_share = 0, .bits = 24}).value, 1000);
  EXPECT_EQ(NeededBits(grid, {.wrong_share = 0.5, .bits = 0}).value, 0);
  // H2(1/4) = 2 - (3/4) log2 3
  EXPECT_EQ(NeededBits(grid, {.wrong_share = 0.25}).value, std::ceil(1024 * (0.75 * std::log2(3.0) - 1)));
  EXPECT_NEAR(NeededShareBelow({.wrong_share = 0.25, .bits = 3}, PointsOf(grid)),
              0.75 * std::log2(3.0) - 1 - 3.0 / 1024,
              1e-13);
  EXPECT_EQ(NeededShareBelow({.wrong_share = 0.5, .bits = 3}, PointsOf(grid)), 0);
}

// The number of patterns within a Hamming distance of delta M of one is at most 2^(H2(delta) M).
TEST(NeededPatterns, LeaveOutNoMoreTargetsThanThereAreNearOnes) {
  for (int m = 1; m <= 60; ++m) {
    for (int k = 0; 2 * k <= m; ++k) {
      double near = 0, choices = 1;
      for (int i = 0; i <= k; ++i) {
        near += choices;
        choices = choices * (m - i) / (i + 1);
      }
      const double delta = static_cast<double>(k) / m;
      const double entropy = k == 0 ? 0 : -delta * std::log2(delta) - (1 - delta) * std::log2(1 - delta);
      EXPECT_LE(std::log2(near), entropy * m + 1e-9) << m << " " << k;
    }
  }
}

TEST(ProvesMeanSquare, IsDecidedByTheMeanSquareOfTheBumps) {
  // 3 x 3 x 3 cells of hats: B = 1 + 9, Q = 1/27.
  MeanSquareGrid grid{.grid = IsotropicGrid(AdmissibleBumps(1).front(), 1, 2, 3),
                      .needed = {.wrong_share = 0.25, .bits = 2}};
  const double height = std::sqrt(0.25 * 0.75 / 27) / 10;
  EXPECT_TRUE(ProvesMeanSquare(grid, height * (1 - 1e-9)));
  EXPECT_FALSE(ProvesMeanSquare(grid, height));
  grid.needed.bits = 0;
  const double of_a_code = std::sqrt(0.25 / 27) / 10;
  EXPECT_TRUE(ProvesMeanSquare(grid, of_a_code * (1 - 1e-9)));
  EXPECT_FALSE(ProvesMeanSquare(grid, of_a_code));
}

TEST(MeanSquareBounds, OfTheFirstExampleAreFarBelowThoseOfTheSupNorm) {
  const MeanSquareBounds bounds(kExample);
  EXPECT_GE(*bounds.Standard().count.value, 1814);
  EXPECT_LT(*bounds.Standard().count.value, 1900);
  EXPECT_EQ(bounds.Primary().count.value, 221);
  EXPECT_GE(*bounds.HypernetworkTotal().count.value, 1140);
  EXPECT_GE(*bounds.Bits().count.value, 52400);
  EXPECT_EQ(LeastFunctionsInMeanSquare(kExample).functions, 64);
}

std::vector<Problem> RandomProblems(int count) {
  std::mt19937_64 random(11);
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  std::vector<Problem> problems;
  for (int i = 0; i < count; ++i) {
    problems.push_back({.smoothness = integer(0, 2) == 0 ? integer(3, 12) : integer(1, 2),
                        .primary_dim = integer(1, 4),
                        .condition_dim = integer(0, 3) == 0 ? integer(5, 70) : integer(1, 3),
                        .epsilon = std::pow(10.0, -std::uniform_real_distribution<double>(0.1, 6)(random)),
                        .norm = i % 2 == 0 ? BallNorm::kSum : BallNorm::kMax,
                        .depth = integer(2, 4),
                        .embedding_dim = integer(1, 20)});
  }
  return problems;
}

// The largest error is no smaller than the root mean square.
TEST(MeanSquareBounds, AreNeverAboveThoseOfTheSupNorm) {
  int say_something = 0;
  for (const Problem& problem : RandomProblems(150)) {
    const MeanSquareBounds mean(problem);
    const LowerBounds sup(problem);
    const auto below = [&](const MeanSquareBound& bound, const Count& of_sup, const std::string& name) {
      EXPECT_FALSE(of_sup < bound.count) << name << " " << problem.smoothness << " " << problem.primary_dim << " "
                                         << problem.condition_dim << " " << problem.epsilon << " "
                                         << NameOf(problem.norm) << ": " << bound.count.Text() << " against "
                                         << of_sup.Text();
      say_something += !bound.SaysNothing();
      if (bound.evidence) {
        EXPECT_TRUE(ProvesMeanSquare(*bound.evidence, problem.epsilon)) << name;
      }
    };
    below(mean.Standard(), sup.Standard().count, "standard");
    below(mean.Primary(), sup.Primary().count, "primary");
    below(mean.Embedding(), sup.Embedding().count, "embedding");
    below(mean.DenseEmbedding(), sup.DenseEmbedding().count, "dense embedding");
    below(mean.HypernetworkTotal(), sup.HypernetworkTotal().count, "hypernetwork");
    below(mean.Bits(), sup.ContinuousSelection().count, "bits");
    EXPECT_LE(LeastFunctionsInMeanSquare(problem).functions, LeastFunctions(problem).functions);
  }
  EXPECT_GT(say_something, 300);
}

// Against all grids with the same steps on every axis.
TEST(MeanSquareBounds, AreNearlyTheBestOverEvenGrids) {
  for (const int r : {1, 2}) {
    for (const double epsilon : {3e-4, 3e-5}) {
      const Problem problem{
          .smoothness = r, .primary_dim = 1, .condition_dim = 1, .epsilon = r == 1 ? epsilon : epsilon / 30};
      double best = 1;
      for (const Bump& bump : AdmissibleBumps(r)) {
        for (const Layout layout : {Layout::kCells, Layout::kInnerCheckerboard}) {
          if (layout == Layout::kInnerCheckerboard && (r > 1 || bump.Name() != "perfect spline of degree 1")) continue;
          for (double share = 0.02; share < 0.45; share += 0.02) {
            for (int n = 2;; ++n) {
              MeanSquareGrid grid{.grid = IsotropicGrid(bump, 1, 1, n), .needed = {.wrong_share = share, .bits = 20}};
              grid.grid.layout = layout;
              if (!ProvesMeanSquare(grid, problem.epsilon)) {
                if (n > 4) break;
                continue;
              }
              const PointCounts points = PointsOf(grid.grid);
              const double needed = NeededShareBelow(grid.needed, points);
              if (needed > 0) {
                best = std::max(best, std::exp2(Log2SmallestSufficient(StandardClass(2), points, std::log2(needed))));
              }
            }
          }
        }
      }
      EXPECT_GT(static_cast<double>(*MeanSquareBounds(problem).Standard().count.value), 0.97 * best)
          << r << " " << epsilon;
      EXPECT_GT(best, 20);
    }
  }
}

TEST(LeastFunctionsInMeanSquare, FollowFromTheGridThatIsReturned) {
  for (const Problem& problem : RandomProblems(60)) {
    const RankBound bound = LeastFunctionsInMeanSquare(problem);
    if (!bound.grid) continue;
    const double height = problem.epsilon * bound.grid->Norm();
    const double share = 1 - height * height / MeanSquareOf(*bound.grid);
    EXPECT_LE(static_cast<double>(bound.functions), std::ceil(static_cast<double>(bound.rows) * share));
    EXPECT_GE(static_cast<double>(bound.functions), static_cast<double>(bound.rows) * share * (1 - 1e-9) - 1);
    const PointCounts points = PointsOf(*bound.grid);
    const double of_order = bound.order_is_of_condition ? points.log2_conditions : points.log2_primary;
    const double of_rows = bound.order_is_of_condition ? points.log2_primary : points.log2_conditions;
    EXPECT_LE(std::log2(bound.order.order()), of_order + 1e-9);
    EXPECT_LE(std::log2(bound.rows), of_rows + 1e-9);
    EXPECT_LE(bound.rows, bound.order.order());
  }
}

}  // namespace
}  // namespace hyperwidth
