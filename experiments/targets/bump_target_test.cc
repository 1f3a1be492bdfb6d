// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/bump_target.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "models/random_stream.h"
#include "theory/bump.h"
#include "theory/grid.h"

namespace hyperwidth {
namespace {

constexpr double kRounding = 1e-13;  // relative; HeightBelow gives away some 1e-14

using Cells = std::vector<int>;

Vector<double> Point(std::initializer_list<double> coordinates) {
  Vector<double> point(static_cast<Index>(coordinates.size()));
  std::copy(coordinates.begin(), coordinates.end(), point.begin());
  return point;
}

TEST(BumpTarget, HeightsAreTheClosedFormsOfTheTheory) {
  for (const int n : {1, 4, 100}) {
    for (const int d : {1, 2, 3, 4}) {
      const Cells cells(static_cast<std::size_t>(d), n);
      const double first = 1.0 / (1 + d * n), second = 1.0 / (1 + 2 * d * n + 2.0 * d * (d + 1) * n * n);
      EXPECT_NEAR(BumpTarget(1, cells, 1).height(), first, kRounding * first);
      EXPECT_NEAR(BumpTarget(2, cells, 1).height(), second, kRounding * second);
    }
  }
  EXPECT_NEAR(BumpTarget(1, {3, 5}, 1).height(), 1.0 / (1 + 3 + 5), kRounding);
  // 1, first derivatives 2 n_i, second 4 n_i^2 and the mixed one 2 n_1 2 n_2.
  EXPECT_NEAR(BumpTarget(2, {3, 5}, 1).height(), 1.0 / (1 + 2 * (3 + 5) + 4 * (9 + 25 + 15)), kRounding);
}

TEST(BumpTarget, HeightIsAtMostOneOverTheNormOfTheTheorysGrid) {
  for (const int r : {1, 2}) {
    for (const int n_x : {1, 7, 64}) {
      for (const int n_condition : {0, 1, 30}) {
        Grid grid = IsotropicGrid({.family = Bump::Family::kPerfectSpline, .order = r, .seminorms = {1, double(r)}},
                                  /*primary_dim=*/2,
                                  /*condition_dim=*/3,
                                  n_x);
        if (r == 2) grid.bump.seminorms.push_back(4);
        grid.condition.cells = n_condition;
        const double height = BumpTarget(r, CellsPerAxis(2, n_x, 3, n_condition), 1).height();
        EXPECT_LE(height, 1 / grid.Norm());
        EXPECT_GE(height, (1 - kRounding) / grid.Norm());
      }
    }
  }
}

TEST(BumpTarget, HasABumpOfRandomSignInEveryCell) {
  const BumpTarget target(2, {16, 9}, 5);
  ASSERT_EQ(target.bump_count(), 144);
  const std::vector<double> signs = target.signs();
  for (Index bump = 0; bump < target.bump_count(); ++bump) {
    const Vector<double> centre = target.Centre(bump);
    EXPECT_NEAR(target(centre), signs[static_cast<std::size_t>(bump)] * target.height(), kRounding);
    EXPECT_NEAR(target(centre + Point({1.0 / 16, 0})), 0, kRounding);
    EXPECT_NEAR(target(centre + Point({0, 1.0 / 9})), 0, kRounding);
  }
  // 144 fair coins: 5.5 standard deviations of 6 from a half.
  EXPECT_NEAR(std::count(signs.begin(), signs.end(), 1.0), 72, 33);
}

TEST(BumpTarget, FollowsTheBumpOfTheTheoryAlongEachAxis) {
  for (const int r : {1, 2}) {
    const PerfectSpline bump(r);
    const BumpTarget target(r, {5, 2}, 7);
    const Vector<double> centre = target.Centre(8);  // cell (3, 1)
    for (double t = -1; t <= 1; t += 1.0 / 64) {
      for (const double u : {-0.3, 0.0, 0.8}) {
        const double expected = target.Sign(8) * target.height() * bump.Derivative(0, t) * bump.Derivative(0, u);
        EXPECT_NEAR(target(centre + Point({t / 5, u / 2})), expected, kRounding);
      }
    }
  }
}

// Sup norms of all derivatives up to order r over a lattice that misses the knots: differences of polynomials of degree
// at most r in each variable are exact but for rounding, 1e-16 / kStep^2.
double SampledNorm(const BumpTarget& target) {
  constexpr double kStep = 1e-4;
  constexpr int kSteps = 401;
  std::vector<double> sup(6, 0);
  for (int i = 0; i < kSteps; ++i) {
    for (int j = 0; j < kSteps; ++j) {
      const double x = -1 + kStep + (2 - 2 * kStep) * i / kSteps, y = -1 + kStep + (2 - 2 * kStep) * j / kSteps;
      const auto at = [&](int a, int b) { return target(Point({x + a * kStep, y + b * kStep})); };
      const double derivatives[6] = {at(0, 0),
                                     (at(1, 0) - at(-1, 0)) / (2 * kStep),
                                     (at(0, 1) - at(0, -1)) / (2 * kStep),
                                     (at(1, 0) - 2 * at(0, 0) + at(-1, 0)) / (kStep * kStep),
                                     (at(0, 1) - 2 * at(0, 0) + at(0, -1)) / (kStep * kStep),
                                     (at(1, 1) - at(1, -1) - at(-1, 1) + at(-1, -1)) / (4 * kStep * kStep)};
      for (std::size_t k = 0; k < 6; ++k) sup[k] = std::max(sup[k], std::abs(derivatives[k]));
    }
  }
  double norm = 0;
  for (std::size_t k = 0; k < (target.smoothness() == 1 ? 3u : 6u); ++k) norm += sup[k];
  return norm;
}

TEST(BumpTarget, LiesInTheSobolevBallAndUsesAllOfIt) {
  for (const int r : {1, 2}) {
    for (const Cells& cells : {Cells{2, 2}, Cells{3, 1}, Cells{0, 4}, Cells{1, 5}}) {
      const double norm = SampledNorm(BumpTarget(r, cells, 3));
      EXPECT_LE(norm, 1 + 1e-6) << r << " " << cells[0] << " " << cells[1];
      // The lattice comes within 1/400 of the points at which the sup norms are reached, where bumps 1/n wide have lost
      // at most a share of n / 400.
      EXPECT_GE(norm, 0.97) << r << " " << cells[0] << " " << cells[1];
    }
  }
}

TEST(BumpTarget, IsContinuousWithSlopesOfAtMostOne) {
  const BumpTarget target(1, {3, 4, 2}, 9);
  RandomStream random(4);
  for (int i = 0; i < 20'000; ++i) {
    Vector<double> p(3), q(3);
    for (Index axis = 0; axis < 3; ++axis) {
      p[axis] = random.Uniform(-1, 1);
      q[axis] = std::clamp(p[axis] + random.Uniform(-0.01, 0.01), -1.0, 1.0);
    }
    // The sum of the partial derivatives' norms is at most 1.
    ASSERT_LE(std::abs(target(p) - target(q)), (p - q).cwiseAbs().maxCoeff() + kRounding);
  }
}

TEST(BumpTarget, IsAPolynomialBetweenItsBreakpoints) {
  for (const int r : {1, 2}) {
    const BumpTarget target(r, {3, 2}, 2);
    const std::vector<double> points = target.Breakpoints(0);
    ASSERT_EQ(points.size(), static_cast<std::size_t>(3 * (r + 1) + 1));
    EXPECT_TRUE(std::is_sorted(points.begin(), points.end()));
    EXPECT_EQ(points.front(), -1);
    EXPECT_EQ(points.back(), 1);
    for (std::size_t i = 0; i + 1 < points.size(); ++i) {
      const auto at = [&](double share) {
        return target(Point({points[i] + share * (points[i + 1] - points[i]), 0.4}));
      };
      // Differences of order r + 1 vanish.
      const double difference =
          r == 1 ? at(0.1) - 2 * at(0.5) + at(0.9) : at(0.1) - 3 * at(0.35) + 3 * at(0.6) - at(0.85);
      EXPECT_NEAR(difference, 0, 1e-14);
    }
  }
}

TEST(BumpTarget, DoesNotDependOnAnAxisWithoutCells) {
  const BumpTarget flat(2, {4, 0}, 6);
  const BumpTarget line(2, {4}, 6);
  EXPECT_EQ(flat.height(), BumpTarget(2, {0, 4}, 6).height());
  EXPECT_EQ(flat.Breakpoints(1), (std::vector<double>{-1, 1}));
  for (const double x : {-0.9, -0.1, 0.3}) {
    EXPECT_EQ(flat(Point({x, -1})), flat(Point({x, 0.7})));
    EXPECT_NEAR(flat(Point({x, 0})), line(Point({x})), kRounding);
  }
  EXPECT_NEAR(std::abs(BumpTarget(1, {0, 0}, 1)(Point({0.2, 0.5}))), 1, kRounding);
}

TEST(BumpTarget, ManyPointsAtOnceAreThePointsOneByOne) {
  const BumpTarget target(2, {3, 8, 5}, 4);
  const Matrix<double> points = Matrix<double>::Random(3, 50);
  const Vector<double> values = target.Values(points);
  for (Index i = 0; i < 50; ++i) EXPECT_EQ(values[i], target(points.col(i)));
}

TEST(BumpTarget, SignsDependOnTheSeedAlone) {
  EXPECT_EQ(BumpTarget(1, {8, 8}, 3).signs(), BumpTarget(1, {8, 8}, 3).signs());
  EXPECT_NE(BumpTarget(1, {8, 8}, 3).signs(), BumpTarget(1, {8, 8}, 4).signs());
}

TEST(BumpTarget, HoldsGridsOfAnySize) {
  const BumpTarget target(1, {1000, 1000, 1000, 1000}, 1);
  const Index last = target.bump_count() - 1;
  EXPECT_EQ(target(target.Centre(last)) > 0, target.Sign(last) > 0);
  EXPECT_EQ(target(Point({0, 0, 0, 1.5})), 0);
}

TEST(BumpTarget, BadArgumentsAreRefused) {
  EXPECT_THROW(BumpTarget(3, {4}, 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(0, {4}, 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(1, {}, 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(1, {4, -1}, 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(1, Cells(8, 1000), 1), std::invalid_argument);
  EXPECT_THROW(BumpTarget(1, {4, 4}, 1).Values(Matrix<double>::Zero(3, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
