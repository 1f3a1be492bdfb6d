// SPDX-License-Identifier: Apache-2.0

#include "theory/grid_search.h"

#include <cmath>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

double Log2Points(const Grid& grid) { return grid.Log2Points(); }

// All grids with the same layout and bump, whose axes of x share t steps and those of I share u.
double BestByEnumeration(const GridProblem& problem, const std::function<double(const Grid&)>& objective) {
  double best = -1;
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    for (const Layout layout : {Layout::kNodes, Layout::kCheckerboard}) {
      if (layout == Layout::kCheckerboard && problem.smoothness > 1) continue;
      for (int t = 0; t < 1 / problem.epsilon; ++t) {
        for (int u = 0; u < 1 / problem.epsilon; ++u) {
          const Grid grid{.layout = layout,
                          .bump = bump,
                          .x = SpreadEvenly(problem.primary_dim, t),
                          .condition = SpreadEvenly(problem.condition_dim, u)};
          if (!grid.IsFinerThan(problem.epsilon)) break;
          best = std::max(best, objective(grid));
        }
      }
    }
  }
  return best;
}

TEST(GridSearch, FindsTheMostPointsThatExhaustiveSearchFinds) {
  for (const int r : {1, 2, 3}) {
    for (const double epsilon : {0.9, 0.2, 0.03, 0.004}) {
      const GridProblem problem{.smoothness = r, .primary_dim = 2, .condition_dim = 3, .epsilon = epsilon};
      const double found = GridSearch(problem).Maximise(Log2Points).objective;
      EXPECT_NEAR(found, BestByEnumeration(problem, Log2Points), 1e-12) << r << " " << epsilon;
    }
  }
}

TEST(MostPoints, AreThoseThatExhaustiveSearchFinds) {
  for (const int r : {1, 2, 3, 5}) {
    for (const double epsilon : {0.9, 0.2, 0.03, 0.004, 1e-4}) {
      for (const int m1 : {1, 2, 4}) {
        const GridProblem problem{.smoothness = r, .primary_dim = m1, .condition_dim = 2, .epsilon = epsilon};
        const Grid grid = MostPoints(problem);
        EXPECT_EQ(grid.x.axes, m1);
        EXPECT_EQ(grid.condition.axes, 2);
        EXPECT_TRUE(grid.IsFinerThan(epsilon));
        if (r > 1 || epsilon > 1e-3) {
          EXPECT_NEAR(grid.Log2Points(), BestByEnumeration(problem, Log2Points), 1e-12) << r << " " << epsilon;
        }
        EXPECT_GE(grid.Log2Points() + 1e-12, GridSearch(problem).Maximise(Log2Points).objective) << r << " " << epsilon;
      }
    }
  }
}

TEST(GridSearch, IsNeverWorseThanTheIsotropicGrid) {
  for (const int r : {1, 2, 3, 4, 7}) {
    for (const int m1 : {1, 2, 5}) {
      for (const int m2 : {1, 3, 8, 50}) {
        for (const double epsilon : {7.5e-11, 1.3e-10, 1.1e-7, 1e-3, 0.04}) {
          const double found = GridSearch({r, m1, m2, epsilon}).Maximise(Log2Points).objective;
          double isotropic = 0;
          for (double n = 1;; ++n) {
            const Grid grid{.bump = AdmissibleBumps(r).front(),
                            .x = {.axes = m1, .cells = n},
                            .condition = {.axes = m2, .cells = n}};
            if (n > 3000 || !grid.IsFinerThan(epsilon)) break;
            isotropic = grid.Log2Points();
          }
          EXPECT_GE(found, isotropic * (1 - 1e-14)) << r << " " << m1 << " " << m2 << " " << epsilon;
        }
      }
    }
  }
}

TEST(GridSearch, FindsAnisotropicOptimaToo) {
  const auto skewed = [](const Grid& grid) { return 3 * grid.Log2PrimaryPoints() + grid.Log2Conditions(); };
  const GridProblem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.003};
  EXPECT_NEAR(GridSearch(problem).Maximise(skewed).objective, BestByEnumeration(problem, skewed), 1e-12);
}

TEST(GridSearch, EveryGridReturnedIsHigherThanEpsilon) {
  for (const int r : {1, 2, 5, 12, 30}) {
    for (const double epsilon : {0.999999, 0.5, 1e-3, 1e-12, 1e-300}) {
      for (const int m : {1, 3, 50}) {
        const Grid grid = GridSearch({r, m, m, epsilon}).Maximise(Log2Points).grid;
        EXPECT_TRUE(grid.IsFinerThan(epsilon)) << r << " " << epsilon << " " << m;
      }
    }
  }
}

TEST(GridSearch, AtCoarseAccuracyOnlyTheConstantRemains) {
  EXPECT_EQ(GridSearch({2, 3, 3, 0.999999}).Maximise(Log2Points).objective, 0);
}

}  // namespace
}  // namespace hyperwidth
