// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/intrinsic_dimension.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numbers>
#include <utility>
#include <vector>

#include "models/random_stream.h"
#include "training/conditioned_data/nearest_neighbours.h"
#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

constexpr double kTwoPi = 2 * std::numbers::pi;

// The torus of `dim` circles in 2 dim coordinates, which is flat and has no ends.
Matrix<double> Torus(Index dim, Index count, std::uint64_t seed) {
  RandomStream random(seed);
  Matrix<double> points(2 * dim, count);
  for (Index i = 0; i < count; ++i) {
    for (Index axis = 0; axis < dim; ++axis) {
      const double angle = kTwoPi * random.Uniform();
      points(2 * axis, i) = std::cos(angle);
      points(2 * axis + 1, i) = std::sin(angle);
    }
  }
  return points;
}

Matrix<double> Sphere(Index count, std::uint64_t seed) {
  RandomStream random(seed);
  Matrix<double> points(3, count);
  for (Index i = 0; i < count; ++i) {
    const double height = random.Uniform(-1, 1), angle = kTwoPi * random.Uniform();  // Archimedes: uniform in height
    points.col(i) << std::sqrt(1 - height * height) * std::cos(angle), std::sqrt(1 - height * height) * std::sin(angle),
        height;
  }
  return points;
}

// A segment of a line in general position.
Matrix<double> Line(Index coordinates, Index count, std::uint64_t seed) {
  RandomStream random(seed);
  Matrix<double> points(coordinates, count);
  Vector<double> direction(coordinates);
  for (double& entry : direction) entry = random.Uniform(-1, 1);
  for (Index i = 0; i < count; ++i) points.col(i) = random.Uniform() * direction;
  return points;
}

// Four standard deviations. Of Levina and Bickel's estimate for k neighbours each point's has variance d^2 / (k - 3),
// and points that share neighbours count as at least n / k independent ones: d sqrt(k / (k - 3) / n), largest for the
// smallest k. Of TwoNN, with r = 0.9 n ratios kept, d / sqrt(r - 2) if they were independent; nearest neighbours come
// in pairs, so that it is at most sqrt(2) times that.
void ExpectDimension(const Matrix<double>& points, double dim) {
  const auto estimate = EstimateIntrinsicDimension(points, /*seed=*/1);
  ASSERT_TRUE(estimate && estimate->levina_bickel && estimate->two_nn);
  const auto n = static_cast<double>(points.cols());
  const double smallest_k = std::clamp(std::floor(n / 25), 10.0, 20.0) / 2;
  EXPECT_NEAR(estimate->levina_bickel->value, dim, 4 * dim * std::sqrt(smallest_k / (smallest_k - 3) / n));
  EXPECT_NEAR(estimate->two_nn->value, dim, 4 * dim * std::sqrt(2 / (0.9 * n - 2)));
  for (const auto& [value, low, high] : {*estimate->levina_bickel, *estimate->two_nn}) {
    EXPECT_LT(low, value);
    EXPECT_GT(high, value);
  }
  EXPECT_EQ(estimate->points, points.cols());
  EXPECT_EQ(estimate->duplicates, 0);
}

TEST(IntrinsicDimension, IsThatOfKnownManifolds) {
  ExpectDimension(Torus(1, 1000, 1), 1);
  ExpectDimension(Torus(2, 1000, 2), 2);
  ExpectDimension(Torus(3, 1000, 3), 3);
  ExpectDimension(Sphere(1000, 4), 2);
  ExpectDimension(Line(100, 1000, 5), 1);
  ExpectDimension(Torus(2, 100, 6), 2);
}

// The formulas of the header, written out; K is most_neighbours.
void ExpectFormulas(Index count, std::size_t most_neighbours) {
  const Matrix<double> torus = Torus(2, count, 14);
  const auto neighbours = NearestNeighbours(torus, static_cast<Index>(most_neighbours));
  const auto n = static_cast<double>(count);
  std::vector<double> at_points, ratios;
  for (const auto& nearest : neighbours) {
    double over_k = 0;
    const std::size_t half = most_neighbours / 2;
    for (std::size_t k = half; k <= most_neighbours; ++k) {
      double sum = 0;
      for (std::size_t j = 1; j < k; ++j) sum += std::log(nearest[k - 1].distance / nearest[j - 1].distance);
      over_k += static_cast<double>(k - 2) / sum / static_cast<double>(most_neighbours - half + 1);
    }
    at_points.push_back(over_k);
    ratios.push_back(std::log(nearest[1].distance / nearest[0].distance));
  }
  double mean = 0, variance = 0;
  for (const double estimate : at_points) mean += estimate / n;
  for (const double estimate : at_points) variance += (estimate - mean) * (estimate - mean) / (n - 1);
  std::sort(ratios.begin(), ratios.end());
  const auto kept = static_cast<std::size_t>(0.9 * n);
  double sum = (n - static_cast<double>(kept)) * ratios[kept - 1];
  for (std::size_t i = 0; i < kept; ++i) sum += ratios[i];
  const double rate = static_cast<double>(kept - 1) / sum, deviation = std::sqrt(2 / static_cast<double>(kept - 2));
  const auto estimate = EstimateIntrinsicDimension(torus, 1);
  EXPECT_NEAR(estimate->levina_bickel->value, mean, 1e-9);
  EXPECT_NEAR(estimate->levina_bickel->high - mean, 1.96 * std::sqrt(variance / n), 1e-9);
  EXPECT_NEAR(mean - estimate->levina_bickel->low, 1.96 * std::sqrt(variance / n), 1e-9);
  EXPECT_NEAR(estimate->two_nn->value, rate, 1e-9);
  EXPECT_NEAR(estimate->two_nn->high, rate * (1 + 1.96 * deviation), 1e-9);
  EXPECT_NEAR(estimate->two_nn->low, rate * (1 - 1.96 * deviation), 1e-9);
}

TEST(IntrinsicDimension, IsThatOfItsFormulas) {
  ExpectFormulas(299, 11);
  ExpectFormulas(336, 13);  // the 24th part would be 14, the 26th 12
}

TEST(IntrinsicDimension, DoesNotDependOnScale) {
  const Matrix<double> torus = Torus(2, 200, 7);
  const double value = EstimateIntrinsicDimension(torus, 1)->two_nn->value;
  for (const double scale : {1e-200, 1e200}) {
    EXPECT_NEAR(EstimateIntrinsicDimension(scale * torus, 1)->two_nn->value, value, 1e-9);
  }
}

struct Coverage {
  int covered = 0;
  double sum = 0, squares = 0, width = 0;

  void Add(const DimensionEstimate& estimate, double truth) {
    covered += estimate.low <= truth && truth <= estimate.high ? 1 : 0;
    sum += estimate.value;
    squares += estimate.value * estimate.value;
    width += estimate.high - estimate.low;
  }
};

// How often an interval has the truth in it: of 200, with 95 % each, more than 175 in all but one of 10^4 cases. That
// it is not too wide either: half of it is two deviations of the estimate, measured to 5 %, but for the factors of 0.8
// and sqrt(2) / 1.2 that the header concedes.
TEST(IntrinsicDimension, IntervalsCoverTheTruthAndAreNotWide) {
  Coverage levina_bickel, two_nn;
  constexpr int kTrials = 200;
  for (int trial = 0; trial < kTrials; ++trial) {
    const auto estimate = EstimateIntrinsicDimension(Torus(2, 200, 100 + static_cast<std::uint64_t>(trial)), 1);
    levina_bickel.Add(*estimate->levina_bickel, 2);
    two_nn.Add(*estimate->two_nn, 2);
  }
  for (const Coverage& coverage : {levina_bickel, two_nn}) {
    EXPECT_GT(coverage.covered, 175);
    const double mean = coverage.sum / kTrials;
    const double deviation = std::sqrt(coverage.squares / kTrials - mean * mean);
    const double halves = coverage.width / kTrials / 2 / deviation;
    EXPECT_GT(halves, 1.96 / 1.1 / 1.15);
    EXPECT_LT(halves, 1.96 / 0.8 * 1.15);
  }
}

TEST(IntrinsicDimension, DuplicatesChangeNothing) {
  const Matrix<double> torus = Torus(2, 200, 8);
  Matrix<double> repeated(torus.rows(), 500);
  repeated << torus, torus, torus.leftCols(100);
  const auto once = EstimateIntrinsicDimension(torus, 1), often = EstimateIntrinsicDimension(repeated, 1);
  EXPECT_EQ(often->points, 200);
  EXPECT_EQ(often->duplicates, 300);
  EXPECT_EQ(often->two_nn->value, once->two_nn->value);
  EXPECT_EQ(often->levina_bickel->high, once->levina_bickel->high);
  // So near that the square of their distance is 0.
  Matrix<double> near(1, 200);
  RandomStream random(9);
  for (Index i = 0; i < 100; ++i) near(0, 2 * i) = near(0, 2 * i + 1) = i == 0 ? 0 : random.Uniform();
  near(0, 1) = 1e-200;
  EXPECT_EQ(EstimateIntrinsicDimension(near, 1)->points, 100);
  EXPECT_EQ(EstimateIntrinsicDimension(near, 1)->duplicates, 100);
  near.conservativeResize(1, 201);
  near(0, 200) = 2e-200;
  const auto three = EstimateIntrinsicDimension(near, 1);
  EXPECT_EQ(three->points, 100);
  EXPECT_EQ(three->duplicates, 101);
  EXPECT_TRUE(std::isfinite(three->two_nn->value) && std::isfinite(three->levina_bickel->value));
}

TEST(IntrinsicDimension, ManyPointsAreThinnedOut) {
  const auto estimate = EstimateIntrinsicDimension(Torus(1, 2500, 10), 1);
  EXPECT_EQ(estimate->points, 2000);
  EXPECT_EQ(estimate->duplicates, 0);
  EXPECT_NEAR(estimate->two_nn->value, 1, 4 * std::sqrt(2 / 1798.0));
  const Matrix<double> torus = Torus(1, 2500, 10);
  EXPECT_EQ(EstimateIntrinsicDimension(torus, 1)->two_nn->value, estimate->two_nn->value);
  EXPECT_NE(EstimateIntrinsicDimension(torus, 2)->two_nn->value, estimate->two_nn->value);
}

TEST(IntrinsicDimension, ALatticeHasNoneByTwoNeighbours) {
  Matrix<double> lattice(2, 400);
  for (Index i = 0; i < 400; ++i) lattice.col(i) << static_cast<double>(i % 20), static_cast<double>(i / 20);
  const auto estimate = EstimateIntrinsicDimension(lattice, 1);
  ASSERT_TRUE(estimate.has_value());
  EXPECT_FALSE(estimate->two_nn.has_value());
  Matrix<double> line(1, 100);  // T_1 = T_2, but T_3 is another
  for (Index i = 0; i < 100; ++i) line(0, i) = static_cast<double>(i);
  EXPECT_FALSE(EstimateIntrinsicDimension(line, 1)->two_nn.has_value());
  // Corners of a cube: all neighbours are equally far.
  Matrix<double> corners(10, 1024);
  for (Index i = 0; i < 1024; ++i) {
    for (Index axis = 0; axis < 10; ++axis) corners(axis, i) = static_cast<double>((i >> axis) & 1);
  }
  EXPECT_FALSE(EstimateIntrinsicDimension(corners, 1)->levina_bickel.has_value());
}

TEST(IntrinsicDimension, NeedsFiftyFinitePoints) {
  EXPECT_TRUE(EstimateIntrinsicDimension(Torus(1, 50, 11), 1).has_value());
  EXPECT_FALSE(EstimateIntrinsicDimension(Torus(1, 49, 11), 1).has_value());
  EXPECT_FALSE(EstimateIntrinsicDimension(Matrix<double>::Zero(3, 100), 1).has_value());
  EXPECT_FALSE(EstimateIntrinsicDimension(Matrix<double>(0, 0), 1).has_value());
  Matrix<double> bad = Torus(1, 100, 11);
  bad(1, 7) = std::numeric_limits<double>::infinity();
  EXPECT_FALSE(EstimateIntrinsicDimension(bad, 1).has_value());
}

// Conditions on a torus of three circles, functions that depend on two of them.
TEST(IntrinsicDimension, OfFunctionsIsThatOfWhatTheyDependOn) {
  constexpr Index kPoints = 30, kConditions = 500;
  const Matrix<double> torus = Torus(3, kConditions, 12);
  std::vector<double> x, y;
  for (Index i = 0; i < kPoints; ++i) x.push_back(static_cast<double>(i) / kPoints);
  for (Index g = 0; g < kConditions; ++g) {
    for (const double at : x) {
      y.push_back(torus(0, g) * std::cos(kTwoPi * at) + torus(1, g) * std::sin(kTwoPi * at) +
                  torus(2, g) * std::cos(2 * kTwoPi * at) + torus(3, g) * std::sin(2 * kTwoPi * at));
    }
  }
  const std::vector<double> condition(torus.data(), torus.data() + torus.size());
  const ConditionedData data =
      TestData({.x = TableOf(1, x), .condition = TableOf(6, condition), .y = TableOf(kPoints, y)});
  const Matrix<double> conditions = ConditionPoints(data, 1);
  const Matrix<double> functions = FunctionPoints(data, *FindCommonGrid(data), 1);
  EXPECT_EQ(conditions, torus);
  ASSERT_EQ(functions.rows(), kPoints);
  EXPECT_DOUBLE_EQ(functions(2, 1), y[kPoints + 2] / std::sqrt(kPoints));
  ExpectDimension(conditions, 3);
  ExpectDimension(functions, 2);
}

TEST(FunctionPoints, HaveAllOutputsOfAllPoints) {
  const auto entries = std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8};
  NamedArrays arrays;
  arrays.emplace("x", TableOf(1, {0, 1}));
  arrays.emplace("I", TableOf(1, {0, 1}));
  arrays.emplace("y", NumericArray::Of<double>({2, 2, 2}, entries));
  const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), "data");
  const Matrix<double> points = FunctionPoints(data, *FindCommonGrid(data), 1);
  Matrix<double> expected(4, 2);
  expected << 1, 5, 2, 6, 3, 7, 4, 8;
  EXPECT_TRUE(points.isApprox(expected / std::sqrt(2)));
}

TEST(NearestNeighbours, AreThoseOfAllDistancesInOrder) {
  Matrix<double> points(1, 5);
  points << 0, 1, 3, -1, 10;
  const auto neighbours = NearestNeighbours(points, 3);
  ASSERT_EQ(neighbours.size(), 5u);
  ASSERT_EQ(neighbours[0].size(), 3u);
  EXPECT_EQ(neighbours[0][0].point, 1);  // at the same distance as 3
  EXPECT_EQ(neighbours[0][1].point, 3);
  EXPECT_EQ(neighbours[0][2].point, 2);
  EXPECT_EQ(neighbours[0][2].distance, 3);
  EXPECT_EQ(neighbours[4][0].point, 2);
  EXPECT_EQ(neighbours[4][2].distance, 10);
}

}  // namespace
}  // namespace hyperwidth
