// SPDX-License-Identifier: Apache-2.0
#include "theory/rank_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

RankBound Least(int smoothness, int primary_dim, int condition_dim, double epsilon) {
  return LeastFunctions(
      {.smoothness = smoothness, .primary_dim = primary_dim, .condition_dim = condition_dim, .epsilon = epsilon});
}

TEST(LeastFunctions, OfTheFirstExampleAreAThirdOfWhatIsBuilt) {
  const RankBound bound = Least(1, 1, 2, 1e-3);
  EXPECT_EQ(bound.functions, 356);
  EXPECT_LE(bound.functions, 1001) << "a spline with 1001 nodes does it";
  EXPECT_GE(bound.rows, bound.functions);
  EXPECT_GE(bound.order.order(), bound.rows);
}

// p >= rows (1 - (epsilon B)^2) as it is written, from the grid alone.
TEST(LeastFunctions, FollowFromTheGridThatIsReturned) {
  for (const double epsilon : {0.2, 0.03, 1e-3, 1e-5}) {
    for (const int m1 : {1, 2}) {
      for (const int m2 : {1, 2, 3}) {
        const RankBound bound = Least(1, m1, m2, epsilon);
        if (!bound.grid) continue;
        ASSERT_EQ(bound.grid->layout, Layout::kNodes);
        const auto steps = [](const AxisGroup& group) { return group.axes * group.cells + group.finer_axes; };
        const auto points = [](const AxisGroup& group) {
          double product = 1;
          for (int axis = 0; axis < group.axes; ++axis) product *= group.cells + (axis < group.finer_axes ? 2 : 1);
          return product;
        };
        const double x = points(bound.grid->x), condition = points(bound.grid->condition);
        const auto order = static_cast<double>(bound.order.order()), rows = static_cast<double>(bound.rows);
        EXPECT_LE(rows, order);
        EXPECT_LE(bound.order_is_of_condition ? order : rows, condition);
        EXPECT_LE(bound.order_is_of_condition ? rows : order, x);
        const double height = epsilon * (1 + steps(bound.grid->x) + steps(bound.grid->condition));  // hats
        const double expected = rows * (1 - height * height);
        EXPECT_LE(static_cast<double>(bound.functions), std::ceil(expected));
        EXPECT_GE(static_cast<double>(bound.functions), std::ceil(expected) - (expected > 1e6 ? 1 : 0));
      }
    }
  }
}

double PointsOf(const AxisGroup& group) {
  double product = 1;
  for (int axis = 0; axis < group.axes; ++axis) product *= group.cells + (axis < group.finer_axes ? 2 : 1);
  return product;
}

// Over all evenly shared steps and all bumps.
double BestOfAll(const Problem& problem) {
  double best = 1;
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    for (double x = 0;; ++x) {
      Grid grid{.layout = Layout::kNodes, .bump = bump, .x = SpreadEvenly(problem.primary_dim, x)};
      grid.condition = SpreadEvenly(problem.condition_dim, 0);
      if (grid.Norm() * problem.epsilon >= 1) break;
      for (double condition = 0;; ++condition) {
        grid.condition = SpreadEvenly(problem.condition_dim, condition);
        const double height = grid.Norm() * problem.epsilon;
        if (height >= 1) break;
        const auto nx = static_cast<std::int64_t>(PointsOf(grid.x));
        const auto nc = static_cast<std::int64_t>(PointsOf(grid.condition));
        const auto rows = static_cast<double>(
            std::max(std::min(nx, LargestHadamardOrder(nc).order()), std::min(nc, LargestHadamardOrder(nx).order())));
        best = std::max(best, std::ceil(rows * (1 - height * height)));
      }
    }
  }
  return best;
}

TEST(LeastFunctions, AreNearlyTheBestOverAllGrids) {
  int found = 0, best = 0;
  for (const int r : {1, 2, 3}) {
    for (const int m1 : {1, 2}) {
      for (const int m2 : {1, 2}) {
        for (double epsilon = r == 1 ? 0.01 : 1e-4; epsilon < 0.3; epsilon *= 1.7) {
          const Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon};
          const double of_all = BestOfAll(problem);
          const auto of_search = static_cast<double>(LeastFunctions(problem).functions);
          EXPECT_LE(of_search, of_all) << r << " " << m1 << " " << m2 << " " << epsilon;
          EXPECT_GE(of_search, 0.9 * of_all - 1) << r << " " << m1 << " " << m2 << " " << epsilon;
          found += static_cast<int>(of_search);
          best += static_cast<int>(of_all);
        }
      }
    }
  }
  EXPECT_GE(found, 0.99 * best) << found << " of " << best;
}

// A linear interpolant in x or in I, whichever has fewer axes, is a linear decoder: 1/n on W(1, d) with n cells an
// axis, 1/(2 n^2) for one axis of W(2, 1) and of every smoother ball in it.
TEST(LeastFunctions, NeverContradictAnInterpolant) {
  for (double epsilon = 0.4; epsilon > 1e-6; epsilon *= 0.61) {
    for (const int r : {1, 2, 3, 7, 20}) {
      for (const int m1 : {1, 2, 3}) {
        for (const int m2 : {1, 2, 5}) {
          const int axes = std::min(m1, m2);
          if (r > 1 && axes > 1) continue;
          const double cells = r == 1 ? std::ceil(1 / epsilon) : std::ceil(std::sqrt(0.5 / epsilon));
          EXPECT_LE(static_cast<double>(Least(r, m1, m2, epsilon).functions), std::pow(cells + 1, axes))
              << r << " " << m1 << " " << m2 << " " << epsilon;
        }
      }
    }
  }
}

TEST(LeastFunctions, GrowAsThePowerOfTheSmallerDimensionOverTheSmoothness) {
  struct Range {
    int smoothness, dim;
    double coarse, fine;
  };
  for (const Range& range : {Range{1, 1, 1e-4, 1e-9}, {2, 1, 1e-7, 1e-13}, {4, 1, 1e-12, 1e-24}, {1, 2, 1e-4, 1e-6}}) {
    const auto log_functions = [&](double epsilon) {
      return std::log(static_cast<double>(Least(range.smoothness, range.dim, range.dim + 1, epsilon).functions));
    };
    const double found =
        (log_functions(range.fine) - log_functions(range.coarse)) / std::log(range.coarse / range.fine);
    EXPECT_NEAR(found, static_cast<double>(range.dim) / range.smoothness, 0.04) << range.smoothness << " " << range.dim;
  }
}

TEST(LeastFunctions, SayNothingWhereNoBumpIsHighEnough) {
  const RankBound bound = Least(3, 4, 4, 0.5);
  EXPECT_EQ(bound.functions, 1);
  EXPECT_FALSE(bound.grid.has_value());
  EXPECT_THROW(Least(0, 1, 1, 0.1), std::domain_error);
}

// What the search finds today: a change of it may find more, and must not find less.
TEST(LeastFunctions, AreFoundWhereverTheHillIs) {
  struct Known {
    int smoothness, primary_dim, condition_dim;
    double epsilon;
    std::int64_t functions;
  };
  for (const Known& known : {Known{1, 1, 1, 1e-3, 193},
                             {1, 1, 1, 1e-5, 19246},
                             {1, 2, 1, 1e-4, 3750},
                             {1, 2, 3, 1e-4, 5156548},
                             {2, 1, 2, 1e-6, 254},
                             {2, 2, 2, 1e-7, 111919},
                             {3, 1, 1, 1e-9, 151},
                             {5, 2, 3, 1e-14, 6744},
                             {10, 1, 4, 1e-20, 11},
                             {1, 3, 64, 1e-3, 6316694},
                             {1, 7, 7, 1e-3, 969072234046}}) {
    EXPECT_GE(Least(known.smoothness, known.primary_dim, known.condition_dim, known.epsilon).functions, known.functions)
        << known.smoothness << " " << known.primary_dim << " " << known.condition_dim << " " << known.epsilon;
  }
}

TEST(LeastFunctions, SayWhereTheyBeginToSaySomething) {
  for (const int r : {1, 2, 5, 12, 30}) {
    for (const int m1 : {1, 2, 7}) {
      for (const int m2 : {1, 3, 50}) {
        const RankBound silent = Least(r, m1, m2, 0.9);
        ASSERT_EQ(silent.functions, 1);
        ASSERT_TRUE(silent.onset.has_value());
        EXPECT_GT(Least(r, m1, m2, *silent.onset).functions, 1) << r << " " << m1 << " " << m2;
        // One more in the last of the three digits.
        const double digit = std::pow(10, std::floor(std::log10(*silent.onset)) - 2);
        EXPECT_EQ(Least(r, m1, m2, *silent.onset + digit).functions, 1) << r << " " << m1 << " " << m2;
        EXPECT_FALSE(Least(r, m1, m2, *silent.onset).onset.has_value());
      }
    }
  }
  EXPECT_FALSE(Least(30, 9999, 9999, 0.5).onset.value_or(1) <= 0);
}

TEST(LeastFunctions, OfManyDimensionsAreFound) {
  EXPECT_GE(Least(1, 100, 10000, 1e-4).functions, 1);
  EXPECT_GT(Least(1, 10000, 1, 1e-300).functions, 1'000'000'000'000);
  EXPECT_GT(Least(1, 1, 10000, 1e-300).functions, 1'000'000'000'000);
  EXPECT_GT(Least(1, 3, 64, 1e-3).functions, 100);
}

}  // namespace
}  // namespace hyperwidth
