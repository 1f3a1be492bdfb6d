// SPDX-License-Identifier: Apache-2.0

#include "theory/coarsest_grid.h"

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <random>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using Predicate = std::function<bool(const Grid&)>;

Predicate HasPoints(double points) {
  return [log2_points = std::log2(points)](const Grid& grid) { return grid.Log2Points() >= log2_points - 1e-12; };
}

// Points that lie in the box: at least so many values of I and of x.
Predicate HasBox(double primary, double conditions) {
  return [=](const Grid& grid) {
    return grid.Log2PrimaryPoints() >= std::log2(primary) - 1e-12 &&
           grid.Log2Conditions() >= std::log2(conditions) - 1e-12;
  };
}

// M > parameters + scalars * J: the shape of the inequalities that this search is for.
Predicate Outnumbers(double parameters, double scalars) {
  return [=](const Grid& grid) {
    const double log2_points = grid.Log2Points();
    return 1 > parameters * std::exp2(-log2_points) + scalars * std::exp2(grid.Log2Conditions() - log2_points) + 1e-12;
  };
}

// Every pair of steps up to `limit`; of those that are enough with the same steps in x, the first is the coarsest.
double SmallestNormByEnumeration(const CoarsestGridProblem& problem, int limit, const Predicate& is_enough) {
  double best = std::numeric_limits<double>::infinity();
  for (const Bump& bump : AdmissibleBumps(problem.smoothness)) {
    for (const Layout layout : {Layout::kNodes, Layout::kCheckerboard}) {
      if (layout == Layout::kCheckerboard && problem.smoothness > 1) continue;
      Grid grid{.layout = layout, .bump = bump};
      for (int t = 0; t <= limit; ++t) {
        grid.x = SpreadEvenly(problem.primary_dim, t);
        for (int s = 0; s <= (problem.condition_dim == 0 ? 0 : limit); ++s) {
          grid.condition = SpreadEvenly(problem.condition_dim, s);
          if (!is_enough(grid)) continue;
          best = std::min(best, grid.Norm());
          break;
        }
      }
    }
  }
  return best;
}

void ExpectTheCoarsest(const CoarsestGridProblem& problem, int limit, const Predicate& is_enough) {
  const double expected = SmallestNormByEnumeration(problem, limit, is_enough);
  ASSERT_TRUE(std::isfinite(expected));
  const auto found = FindCoarsestGrid(problem, is_enough);
  ASSERT_TRUE(found);
  EXPECT_TRUE(is_enough(found->grid));
  EXPECT_EQ(found->norm, found->grid.Norm());
  EXPECT_NEAR(found->norm / expected, 1, 1e-12)
      << "r = " << problem.smoothness << ", m1 = " << problem.primary_dim << ", m2 = " << problem.condition_dim << ", "
      << found->grid.Description();
}

TEST(FindCoarsestGrid, IsTheCoarsestThatExhaustiveSearchFinds) {
  std::mt19937 random(1);
  const auto draw = [&](double low, double high) {
    return std::round(low * std::pow(high / low, std::uniform_real_distribution<>(0, 1)(random)));
  };
  for (const int r : {1, 2, 3, 4, 6}) {
    for (const int m1 : {1, 2, 3}) {
      for (const int m2 : {0, 1, 2, 5}) {
        for (int repeat = 0; repeat < 4; ++repeat) {
          const CoarsestGridProblem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2};
          ExpectTheCoarsest(problem, 100, HasPoints(draw(1, 60)));
          ExpectTheCoarsest(problem, 100, Outnumbers(draw(1, 30), m2 == 0 ? 0 : draw(1, 12)));
          if (m2 > 0) ExpectTheCoarsest(problem, 100, HasBox(draw(1, 20), draw(1, 20)));
        }
      }
    }
  }
}

TEST(FindCoarsestGrid, IsTheCoarsestAmongManyResolutions) {
  for (const int r : {1, 2}) {
    const CoarsestGridProblem problem{.smoothness = r, .primary_dim = 1, .condition_dim = 1};
    for (const double points : {1000.0, 30000.0}) ExpectTheCoarsest(problem, 700, HasPoints(points));
    ExpectTheCoarsest(problem, 700, Outnumbers(5000, 40));
    ExpectTheCoarsest(problem, 700, Outnumbers(30, 200));
  }
}

// n half-widths per half axis for n + 1 nodes, or for the even half of (2n + 1)^2 points.
TEST(FindCoarsestGrid, HasTheNormOfTheFormula) {
  const auto norm = [](int r, int m1, int m2, const Predicate& is_enough) {
    return FindCoarsestGrid({r, m1, m2}, is_enough)->norm;
  };
  EXPECT_EQ(norm(1, 1, 0, HasPoints(1)), 1);      // the constant 1 alone
  EXPECT_EQ(norm(1, 1, 0, HasPoints(2)), 1 + 1);  // two nodes, the ends of the axis
  EXPECT_EQ(norm(1, 1, 0, HasPoints(100)), 1 + 99);
  EXPECT_EQ(norm(1, 1, 1, HasPoints(5)), 1 + 2);  // the even points of 3 x 3: the corners and the centre
  EXPECT_EQ(norm(1, 1, 1, HasPoints(6)), 1 + 3);
  EXPECT_EQ(norm(2, 1, 0, HasPoints(11)), 1 + 2 * 10 + 4 * 100);
}

TEST(FindCoarsestGrid, AnswersAtTheExtremes) {
  for (const int r : {1, 2, 3, 10, 29, 30}) {
    for (const int m1 : {1, 2, 30, 10000}) {
      for (const int m2 : {0, 1, 2, 30, 10000}) {
        double before = 1;
        for (const double points : {2.0, 20.0, 1e6, 1e18}) {
          const auto found = FindCoarsestGrid({r, m1, m2}, HasPoints(points));
          // In one dimension and smoothness 30, 10^18 bumps have a height below 10^-308.
          if (r >= 10 && m1 + m2 < 5 && points == 1e18 && !found) continue;
          ASSERT_TRUE(found) << r << " " << m1 << " " << m2 << " " << points;
          EXPECT_TRUE(HasPoints(points)(found->grid));
          EXPECT_TRUE(std::isfinite(found->norm));
          EXPECT_GT(found->norm, before);
          before = found->norm;
        }
        EXPECT_FALSE(FindCoarsestGrid({r, m1, m2}, [](const Grid&) { return false; }));
      }
    }
  }
}

TEST(FindCoarsestGrid, GivesUpSoon) {
  for (const int r : {1, 2, 30}) {
    int questions = 0;
    EXPECT_FALSE(FindCoarsestGrid({r, 1, 1}, [&](const Grid&) {
      ++questions;
      return false;
    }));
    EXPECT_LT(questions, 2000);
  }
}

// 10^18 nodes on one axis: the last digits are beyond a double.
TEST(FindCoarsestGrid, IsRightToTheLastDigitsWhereStepsAreNoLongerExact) {
  EXPECT_NEAR(FindCoarsestGrid({1, 1, 0}, HasPoints(1e18))->norm / 1e18, 1, 1e-10);
  // The even half of (2n + 1)^2 points: n = 10^9 / sqrt 2 along both axes is best, and B = 1 + 2 n / 2 the mean.
  EXPECT_NEAR(FindCoarsestGrid({1, 1, 1}, HasPoints(1e18))->norm / (std::sqrt(2) * 1e9), 1, 1e-6);
}

TEST(FindCoarsestGrid, IsNothingOnlyWhereNoHeightFitsADouble) {
  // B = 1 + n is below 1.8 10^308 for 10^300 nodes, and 1 + 2 n + 4 n^2 is not.
  EXPECT_TRUE(FindCoarsestGrid({1, 1, 0}, HasPoints(1e300)));
  EXPECT_TRUE(FindCoarsestGrid({2, 1, 0}, HasPoints(1e150)));
  EXPECT_FALSE(FindCoarsestGrid({2, 1, 0}, HasPoints(1e160)));
  EXPECT_FALSE(FindCoarsestGrid({2, 1, 1}, HasBox(1e160, 1)));
  EXPECT_FALSE(FindCoarsestGrid({2, 1, 1}, HasBox(1, 1e160)));
}

// The finest grid whose B fits a double is found, and no grid is asked for that is much finer.
TEST(FindCoarsestGrid, LooksAsFarAsHeightsFitADouble) {
  for (const int r : {1, 2, 3, 5, 12, 30}) {
    for (const int m1 : {1, 3}) {
      double cells = 1;
      const auto norm = [&](const Bump& bump, double n) {
        return Grid{.bump = bump, .x = {.axes = m1, .cells = n}, .condition = {.axes = 0}}.Norm();
      };
      const auto fits = [&](double n) {
        return n * m1 <= 0x1p1000 && std::any_of(AdmissibleBumps(r).begin(),
                                                 AdmissibleBumps(r).end(),
                                                 [&](const Bump& bump) { return std::isfinite(norm(bump, n)); });
      };
      while (fits(2 * cells)) cells *= 2;
      for (double step = cells / 2; step >= 1e-12 * cells; step /= 2)
        cells += fits(std::floor(cells + step)) ? step : 0;
      cells = std::floor(cells);
      double most = 0;
      const auto is_fine = [&](const Grid& grid) {
        most = std::max(most, grid.x.cells);
        return grid.x.cells >= cells;
      };
      const auto found = FindCoarsestGrid({r, m1, 0}, is_fine);
      ASSERT_TRUE(found) << r << " " << m1;
      EXPECT_EQ(found->grid.x.cells, cells);
      EXPECT_LE(most, 8 * cells) << r << " " << m1;
      EXPECT_FALSE(FindCoarsestGrid({r, m1, 0}, [&](const Grid& grid) { return grid.x.cells >= 2 * cells; }));
    }
  }
}

// 8 steps in x and one in I, B = 10, are enough, and so are 8 in I alone, B = 9.
TEST(FindCoarsestGrid, FindsGridsThatAreFineInIAlone) {
  const Predicate is_enough = [](const Grid& grid) {
    return grid.condition.cells >= 8 || (grid.condition.cells >= 1 && grid.x.cells >= 8);
  };
  const auto found = FindCoarsestGrid({1, 1, 1}, is_enough);
  EXPECT_EQ(found->norm, 9);
  EXPECT_EQ(found->grid.x.cells, 0);
}

TEST(FindCoarsestGrid, ReturnsOnlyWhatIsEnoughEvenIfThatIsNotMonotone) {
  std::mt19937 random(7);
  for (int repeat = 0; repeat < 50; ++repeat) {
    const double parity = static_cast<double>(std::uniform_int_distribution<>(2, 7)(random));
    const Predicate odd = [=](const Grid& grid) {
      return grid.Log2Points() > 6 && std::fmod(grid.x.cells + grid.condition.cells, parity) == 1;
    };
    const auto found = FindCoarsestGrid({1, 1, 1}, odd);
    if (found) {
      EXPECT_TRUE(odd(found->grid));
    }
  }
}

// Counted, not timed: what a call costs does not depend on the machine.
TEST(FindCoarsestGrid, AsksFewQuestions) {
  for (const int r : {1, 2, 7, 30}) {
    for (const int m1 : {1, 3, 10000}) {
      for (const int m2 : {0, 1, 3, 10000}) {
        for (const double points : {20.0, 1e6, 1e15}) {
          int questions = 0;
          const Predicate is_enough = HasPoints(points);
          FindCoarsestGrid({r, m1, m2}, [&](const Grid& grid) {
            ++questions;
            return is_enough(grid);
          });
          EXPECT_LT(questions, 6000) << r << " " << m1 << " " << m2 << " " << points;
        }
      }
    }
  }
}

// From 1 and 8 half-widths in I the search goes on with 2, close to their geometric mean; between 2 and 8 with 5. For
// 40 nodes 1 half-width in I needs 19 in x, and 8 need 4: for 2 the 15 between them are bisected.
TEST(FindCoarsestGrid, SplitsAtTheGeometricMeanAndInTheMiddle) {
  const Predicate is_enough = HasPoints(40);
  std::vector<double> resolutions;
  std::vector<double> steps_at_two;
  FindCoarsestGrid({1, 1, 1}, [&](const Grid& grid) {
    const double cells = grid.condition.cells;
    if (grid.layout == Layout::kNodes && cells > 1 && cells < 8) resolutions.push_back(cells);
    if (grid.layout == Layout::kNodes && cells == 2) steps_at_two.push_back(grid.x.cells);
    return is_enough(grid);
  });
  resolutions.erase(std::unique(resolutions.begin(), resolutions.end()), resolutions.end());
  EXPECT_THAT(resolutions, ::testing::ElementsAre(2, 5));
  EXPECT_THAT(steps_at_two, ::testing::ElementsAre(4, 19, 11, 15, 13, 12));
}

// One half-width in I and 7 in x have B = 9, and so would have 8 in I alone.
TEST(FindCoarsestGrid, LooksNoFurtherInIThanTheBestHeight) {
  double most = 0;
  FindCoarsestGrid({1, 1, 1}, [&](const Grid& grid) {
    most = std::max(most, grid.condition.cells);
    return grid.condition.cells >= 1 && grid.x.cells >= 7;
  });
  EXPECT_LT(most, 8);
}

// Resolutions in I besides 0 and the powers of 8, from which the search begins.
TEST(FindCoarsestGrid, SplitsAtMost250Times) {
  const Predicate is_enough = HasPoints(1e15);
  std::set<std::pair<Layout, double>> resolutions;
  FindCoarsestGrid({1, 1, 1}, [&](const Grid& grid) {
    if (std::fmod(std::log2(grid.condition.cells), 3) != 0 && grid.condition.cells > 0) {
      resolutions.emplace(grid.layout, grid.condition.cells);
    }
    return is_enough(grid);
  });
  EXPECT_EQ(resolutions.size(), 250);
}

// Of the grids with 10^6 points and more, B of the smallest is known where all axes are alike: r = 1, and the even half
// of (2n + 1)^d points with n the same on all axes.
TEST(FindCoarsestGrid, IsCloseToTheCoarsestAmongVeryManyResolutions) {
  for (const int m1 : {1, 2, 3}) {
    for (const int m2 : {1, 2, 3}) {
      const int dim = m1 + m2;
      for (const double cells : {200.0, 12345.0, 3e6}) {
        const double points = (std::pow(2 * cells + 1, dim) + 1) / 2;
        const Predicate is_enough = [=](const Grid& grid) {
          return grid.Log2Points() >= std::log2(points) * (1 - 1e-14);
        };
        EXPECT_NEAR(FindCoarsestGrid({1, m1, m2}, is_enough)->norm / (1 + dim * cells), 1, 5e-5)
            << m1 << " " << m2 << " " << cells;
      }
    }
  }
}

TEST(FindCoarsestGrid, NamesWhatIsOutsideItsDomain) {
  const auto message = [](const CoarsestGridProblem& problem) -> std::string {
    try {
      FindCoarsestGrid(problem, [](const Grid&) { return true; });
    } catch (const std::domain_error& error) {
      return error.what();
    }
    return "accepted";
  };
  using ::testing::HasSubstr;
  EXPECT_THAT(message({0, 1, 1}), HasSubstr("smoothness = 0"));
  EXPECT_THAT(message({31, 1, 1}), HasSubstr("smoothness = 31"));
  EXPECT_THAT(message({1, 0, 1}), HasSubstr("primary_dim = 0"));
  EXPECT_THAT(message({1, 10001, 1}), HasSubstr("primary_dim = 10001"));
  EXPECT_THAT(message({1, 1, -1}), HasSubstr("condition_dim = -1"));
  EXPECT_THAT(message({1, 1, 10001}), HasSubstr("condition_dim = 10001"));
  EXPECT_EQ(message({30, 10000, 10000}), "accepted");
}

}  // namespace
}  // namespace hyperwidth
