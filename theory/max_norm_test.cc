// SPDX-License-Identifier: Apache-2.0
//
// The ball in which every derivative is at most 1, through all of the calculators.

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/continuous_encoder.h"
#include "theory/error_floor.h"
#include "theory/grid_search.h"
#include "theory/hadamard_order.h"
#include "theory/lower_bounds.h"
#include "theory/rank_bound.h"
#include "theory/rigorous.h"
#include "theory/spline_network.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

double Derivatives(int dim, int smoothness) {
  return std::round(
      std::exp(std::lgamma(dim + smoothness + 1.0) - std::lgamma(dim + 1.0) - std::lgamma(smoothness + 1.0)));
}

// The definition: the largest product over all multi-indices of at most r.
double NormByEnumeration(const std::vector<double>& seminorms, const std::vector<double>& cells) {
  std::function<double(std::size_t, int)> largest = [&](std::size_t axis, int left) -> double {
    if (axis == cells.size()) return 1;
    double most = 0;
    for (int k = 0; k <= left; ++k) {
      most = std::max(most, std::pow(cells[axis], k) * seminorms[k] * largest(axis + 1, left - k));
    }
    return most;
  };
  return largest(0, static_cast<int>(seminorms.size()) - 1);
}

TEST(MaxNorm, OfAGridIsItsLargestDerivative) {
  EXPECT_EQ(IsotropicGrid(AdmissibleBumps(1).front(), 30, 40, 332, BallNorm::kMax).Norm(), 332);
  EXPECT_EQ(IsotropicGrid(AdmissibleBumps(2).front(), 30, 40, 5, BallNorm::kMax).Norm(), 100);
  EXPECT_EQ(IsotropicGrid(AdmissibleBumps(1).front(), 1, 1, 0, BallNorm::kMax).Norm(), 1);
  for (const int r : {1, 2, 3, 5, 9}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      for (const double fine : {2.0, 7.0}) {
        const Grid grid{.bump = bump,
                        .x = {.axes = 3, .cells = fine, .finer_axes = 1},
                        .condition = {.axes = 2, .cells = 0, .finer_axes = 1},
                        .norm = BallNorm::kMax};
        const double expected = NormByEnumeration(bump.seminorms, {fine, fine, fine + 1, 0, 1});
        EXPECT_NEAR(grid.Norm() / expected, 1, 1e-13) << bump.Name();
        EXPECT_TRUE(ProvesHeight(grid, (1 - 1e-14) / expected)) << bump.Name();
        EXPECT_FALSE(ProvesHeight(grid, (1 + 1e-14) / expected)) << bump.Name();
        EXPECT_TRUE(grid.IsFinerThan((1 - 1e-12) / expected)) << bump.Name();
        EXPECT_FALSE(grid.IsFinerThan((1 + 1e-12) / expected)) << bump.Name();
      }
    }
  }
}

// The ball of radius 1 / C(d + r, r) lies in that of the sum norm, and that one in the unit ball.
TEST(MaxNorm, OfAGridIsAtMostTheSumAndAtLeastItsShareOfIt) {
  for (const int r : {1, 2, 3, 7}) {
    for (const Bump& bump : AdmissibleBumps(r)) {
      for (const int dim : {2, 3, 40}) {
        const Grid sum{.bump = bump, .x = {.axes = dim - 1, .cells = 3}, .condition = {.axes = 1, .cells = 11}};
        Grid max = sum;
        max.norm = BallNorm::kMax;
        EXPECT_LE(max.Norm(), sum.Norm());
        EXPECT_LE(sum.Norm(), max.Norm() * Derivatives(dim, r) * (1 + 1e-12)) << bump.Name() << " " << dim;
      }
    }
  }
}

// No grid is finer than one that is as fine along all axes: B is that of the finest.
TEST(MaxNorm, OfABumpLetsAllAxesBeAsFineAsOne) {
  for (const int r : {1, 2, 3, 8}) {
    for (const double epsilon : {0.3, 0.02, 1e-4, 1e-9}) {
      double points_of_one = 0;
      for (const Bump& bump : AdmissibleBumps(r)) {
        double cells = 0;
        const auto is_fine = [&](double n) {
          return IsotropicGrid(bump, 1, 1, n, BallNorm::kMax).IsFinerThan(epsilon);
        };
        for (double step = 0x1p40; step >= 1; step /= 2) cells += is_fine(cells + step) ? step : 0;
        points_of_one = std::max(points_of_one, cells + 1);
      }
      const Grid grid = MostPoints(
          {.smoothness = r, .primary_dim = 3, .condition_dim = 17, .epsilon = epsilon, .norm = BallNorm::kMax});
      if (r > 1) {
        EXPECT_NEAR(grid.Log2Points(), 20 * std::log2(points_of_one), 1e-9) << r << " " << epsilon;
      } else {  // pyramids, on half of a grid of 2 n + 1 points per axis
        EXPECT_NEAR(grid.Log2Points(), 20 * std::log2(2 * points_of_one - 1) - 1, 1e-2) << epsilon;
      }
    }
  }
}

TEST(MaxNorm, OfAnEncodersTargetIsComputedByHand) {
  const auto floor = [](int r, int m1, int kappa) { return ContinuousEncoderFloor(r, m1, kappa, 1, BallNorm::kMax); };
  EXPECT_EQ(floor(1, 1, 1).Error(), 1);        // two hats of slope 1
  EXPECT_EQ(floor(1, 1, 2).Error(), 0.5);      // three of slope 2
  EXPECT_EQ(floor(1, 1, 9).inverse_error, 9);  // ten
  EXPECT_EQ(floor(1, 2, 4).Error(), 1);        // five of the nine points of two axes
  EXPECT_EQ(floor(1, 2, 5).Error(), 0.5);
  EXPECT_EQ(floor(1, 3, 63).inverse_error, 3);  // 63 points if n = 2
  EXPECT_EQ(floor(1, 3, 62).inverse_error, 2);
  EXPECT_EQ(floor(2, 1, 1).Error(), 1);         // (1 - t)/2 and (1 + t)/2
  EXPECT_EQ(floor(30, 4, 15).Error(), 1);       // their products
  EXPECT_EQ(floor(2, 1, 2).inverse_error, 16);  // three bumps with |y''| <= 4 n^2, n = 2

  EXPECT_EQ(floor(2, 2, 4).inverse_error, 16);  // three along one axis, two along the other
  EXPECT_NEAR(ContinuousEncoderFloor(1, 1, 2, 3, BallNorm::kMax).Error(), 1.5, 1e-14);
}

TEST(MaxNorm, OfALinearDecodersTargetsIsThatOfTheirBumps) {
  // 1000 - 1 points at which hats are higher than epsilon, in either dimension.
  for (int n = 2; n <= 60; n += 7) {
    const double epsilon = 0.6 / n;
    const RankBound bound = LeastFunctions(
        {.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = epsilon, .norm = BallNorm::kMax});
    double most = 0;
    for (int cells = 1; cells * epsilon < 1; ++cells) {
      const double rows = LargestHadamardOrder(cells + 1).order();
      most = std::max(most, rows * (1 - epsilon * cells * epsilon * cells));
    }
    EXPECT_GE(bound.functions, std::ceil(most * (1 - 1e-9))) << n;
    EXPECT_LE(bound.functions, std::ceil(most * 1.05) + 1) << n;
  }
  // Two points along each of many axes cost nothing: 2^3 rows, of which none is lost but (epsilon B)^2 of eight.
  const RankBound many =
      LeastFunctions({.smoothness = 1, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.5, .norm = BallNorm::kMax});
  EXPECT_EQ(many.functions, 8 * 3 / 4);
  // 40 axes: 2^40 rows.
  const RankBound most =
      LeastFunctions({.smoothness = 2, .primary_dim = 40, .condition_dim = 41, .epsilon = 0.2, .norm = BallNorm::kMax});
  EXPECT_EQ(most.functions, std::ceil(0x1p40 * (1 - 16 * 0.04) * (1 - 1e-13)));
}

TEST(MaxNorm, OfALinearDecoderThatSaysNothingHasAnOnsetOfManyRows) {
  Problem problem{.smoothness = 1, .primary_dim = 3, .condition_dim = 5, .epsilon = 0.94, .norm = BallNorm::kMax};
  const RankBound silent = LeastFunctions(problem);
  EXPECT_EQ(silent.functions, 1);
  EXPECT_EQ(silent.onset, 0.935);  // sqrt(7/8)
  problem.epsilon = 0.935;
  EXPECT_EQ(LeastFunctions(problem).functions, 2);
}

double Tent(double t, double length) {
  const double rest = t - length * std::floor(t / length);
  return std::min(rest, length - rest);
}

// Distances from the nodes add up; a parabola of the sum of all inputs has all second derivatives 1.
TEST(MaxNorm, OfASplinesTargetsLeavesExactlyTheErrorThatIsProved) {
  for (const int dim : {1, 2, 3, 5}) {
    for (const int cells : {1, 2, 3}) {
      if (std::pow(cells + 1, dim) > 300) continue;
      const std::vector<double> middle(dim, -1 + 1.0 / cells);
      const auto rough = [&](const std::vector<double>& x) {
        double sum = 0;
        for (const double t : x) sum += Tent(t + 1, 2.0 / cells);
        return sum;
      };
      const auto smooth = [&](const std::vector<double>& x) {
        double sum = 0;
        for (const double t : x) sum += t;
        return sum * sum / 2;
      };
      const auto error = [&](const auto& target) {
        return std::abs(SplineNetwork(dim, cells, target).Evaluate(middle) - target(middle));
      };
      EXPECT_NEAR(error(rough), SplineErrorBound(1, dim, cells, BallNorm::kMax), 1e-12) << dim << " " << cells;
      EXPECT_NEAR(error(smooth), SplineErrorBound(2, dim, cells, BallNorm::kMax), 1e-12) << dim << " " << cells;
    }
  }
}

TEST(MaxNorm, OfSplineTargetsNeedsTheFewestCellsThatAreEnough) {
  for (const int r : {1, 2, 5}) {
    for (const int dim : {1, 3, 20000}) {
      for (const double epsilon : {0.7, 0.03, 1e-5, 1e-9}) {
        const double cells = SplineCells(r, dim, epsilon, BallNorm::kMax);
        EXPECT_LE(SplineErrorBound(r, dim, cells, BallNorm::kMax), epsilon);
        if (cells > 1) {
          EXPECT_GT(SplineErrorBound(r, dim, cells - 1, BallNorm::kMax), epsilon * (1 - 1e-9));
        }
      }
    }
  }
}

// Polynomials are built for the target over the number of its derivatives.
TEST(MaxNorm, OfAPolynomialNetworksTargetsIsTheirNumberOfDerivatives) {
  for (const int r : {3, 4, 8, 30}) {
    for (const int dim : {1, 2, 6}) {
      for (const double epsilon : {0.3, 1e-3, 1e-10}) {
        const std::vector<Construction> both = Constructions(r, dim, epsilon, {}, BallNorm::kMax);
        ASSERT_EQ(both.size(), 2u);
        for (const Construction& construction : both) {
          EXPECT_LE(ErrorBound(construction), epsilon) << r << " " << dim;
          Construction in_sum_norm = construction;
          in_sum_norm.norm = BallNorm::kSum;
          if (construction.kind == Construction::Kind::kSpline) continue;
          EXPECT_NEAR(ErrorBound(construction) / ErrorBound(in_sum_norm),
                      Derivatives(dim, construction.smoothness),
                      1e-9 * Derivatives(dim, construction.smoothness));
        }
      }
    }
  }
  // Where no double holds epsilon over that number, splines are left.
  EXPECT_EQ(Constructions(30, 20000, 1e-300, {}, BallNorm::kMax).size(), 1u);
}

std::map<std::string, Statement> ById(const Problem& problem) {
  std::map<std::string, Statement> statements;
  for (const Statement& statement : AllStatements(problem)) statements.emplace(statement.id, statement);
  return statements;
}

TEST(MaxNorm, LeavesNoBoundSilentForCoordinatesAndALongCode) {
  for (const auto& [id, statement] :
       ById({.smoothness = 1, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.05, .norm = BallNorm::kMax})) {
    if (statement.count) {
      EXPECT_FALSE(statement.SaysNothing()) << id;
      EXPECT_GT(statement.count->log10, 1) << id;
    }
  }
}

// A larger ball needs more; and one that holds it, at least as much. Searches may miss the best grid by a little.
TEST(MaxNorm, OfTargetsNeedsMoreThanTheSumNormAndLessThanItsBallOfAllDerivatives) {
  for (const int r : {1, 2, 4}) {
    for (const int m1 : {1, 3}) {
      for (const int m2 : {1, 2, 6}) {
        for (const double epsilon : {0.3, 0.02, 1e-4}) {
          const Problem sum{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon};
          Problem max = sum;
          max.norm = BallNorm::kMax;
          Problem large = sum;
          large.radius = Derivatives(m1 + m2, r);
          const auto of_sum = ById(sum), of_max = ById(max), of_large = ById(large);
          for (const auto& [id, statement] : of_max) {
            if (!statement.count || id == "certified.bounded_weights" || id == "constructed.structured_total") continue;
            EXPECT_GE(statement.count->log10, of_sum.at(id).count->log10 - 0.005) << id << r << m1 << m2 << epsilon;
            EXPECT_LE(statement.count->log10, of_large.at(id).count->log10 + 0.005) << id << r << m1 << m2 << epsilon;
          }
        }
      }
    }
  }
}

// What is built is never smaller than what is proved necessary, at its own depth and in its own class.
TEST(BothNorms, NeverContradictThemselvesOnRandomProblems) {
  std::mt19937_64 random(7);
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  int says_something = 0;
  for (int i = 0; i < 500; ++i) {
    Problem problem{.smoothness = integer(0, 3) == 0 ? integer(4, 30) : integer(1, 3),
                    .primary_dim = integer(0, 3) == 0 ? integer(4, 60) : integer(1, 3),
                    .condition_dim = integer(0, 1) == 0 ? integer(4, 100) : integer(1, 3),
                    .epsilon = std::pow(10.0, -std::uniform_real_distribution<double>(0.02, 12)(random)),
                    .rank = integer(1, 4)};
    for (const BallNorm norm : {BallNorm::kSum, BallNorm::kMax}) {
      problem.norm = norm;
      const std::string what = std::to_string(problem.smoothness) + " " + std::to_string(problem.primary_dim) + " " +
                               std::to_string(problem.condition_dim) + " " + std::to_string(problem.epsilon) + " " +
                               NameOf(norm);
      const Construction standard = SmallestConstruction(problem.smoothness, problem.Dim(), problem.epsilon, norm);
      const Construction primary = SmallestConstruction(problem.smoothness, problem.primary_dim, problem.epsilon, norm);
      EXPECT_LE(ErrorBound(standard), problem.epsilon * (1 + 1e-12)) << what;
      Problem deep = problem;
      deep.depth = std::max(2, SizeOf(standard).depth);
      if (deep.depth <= kMaxDepth) {
        const LowerBounds bounds(deep);
        EXPECT_FALSE(SizeOf(standard).total < bounds.Standard().count) << what;
        EXPECT_FALSE(SizeOf(standard).nodal < bounds.ContinuousSelection().count) << what;
        says_something += !bounds.Standard().SaysNothing();
      }
      deep.depth = std::max(2, SizeOf(primary).depth);
      if (deep.depth <= kMaxDepth) {
        EXPECT_FALSE(SizeOf(primary).total < LowerBounds(deep).Primary().count) << what;
      }
      // A hypernetwork's splines are a linear decoder with one function for each node of x.
      if (primary.kind == Construction::Kind::kSpline) {
        EXPECT_GE(SizeOf(primary).nodal.log10 + 1e-9, std::log10(LeastFunctions(problem).functions)) << what;
      }
    }
  }
  EXPECT_GT(says_something, 500);
}

TEST(MaxNorm, OfTargetsRaisesTheFloorOfAnArchitecture) {
  for (const int r : {1, 2, 3}) {
    const LayerSizes sizes = {3, 16, 16, 1};
    const auto sum = StandardErrorFloor({.smoothness = r, .primary_dim = 1, .condition_dim = 2}, sizes);
    const auto max =
        StandardErrorFloor({.smoothness = r, .primary_dim = 1, .condition_dim = 2, .norm = BallNorm::kMax}, sizes);
    ASSERT_TRUE(sum && max);
    EXPECT_GT(max->error, sum->error);
    EXPECT_LE(max->error, sum->error * Derivatives(3, r));
    EXPECT_EQ(max->grid.norm, BallNorm::kMax);
    EXPECT_TRUE(ProvesHeight(max->grid, max->error * (1 - 1e-12)));
  }
}

}  // namespace
}  // namespace hyperwidth
