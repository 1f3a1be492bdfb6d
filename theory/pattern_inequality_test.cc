// SPDX-License-Identifier: Apache-2.0
//
// The inequality (*) of sign_patterns.h at its edges, and the root that Log2SmallestSufficient finds.

#include <cmath>
#include <limits>
#include <numbers>
#include <vector>

#include "gtest/gtest.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {
namespace {

const PointCounts kPoints{.log2_all = 27, .log2_conditions = 18, .log2_primary = 9};

// One layer: 1 + V log2(2 e p D / V).
double Bits(double polynomials, double variables, double degree) {
  return 1 + variables * std::log2(2 * std::numbers::e * polynomials * degree / variables);
}

double Patterns(const NetworkClass& network_class, const PointCounts& points, double parameters) {
  return std::exp2(Log2PatternsPerPoint(network_class, points, std::log2(parameters)) + points.log2_all);
}

TEST(Log2PatternsPerPoint, CountsAFewPointsExactly) {
  const PointCounts points{.log2_all = 10, .log2_conditions = 6, .log2_primary = 4};
  EXPECT_NEAR(Patterns(StandardClass(2), points, 1), Bits(1024, 1, 1) + Bits(1024, 1, 2), 1e-10);
  EXPECT_NEAR(Patterns(StandardClass(2), points, 3), Bits(3 * 1024, 3, 1) + Bits(1024, 3, 2), 1e-10);
  EXPECT_NEAR(Patterns(EmbeddingClass(2, 2), points, 3), Bits(3 * 1024, 131, 2) + Bits(1024, 131, 3), 1e-9);
  EXPECT_NEAR(Patterns(HypernetworkTotalClass(2, 3), points, 3),
              Bits(3 * 64, 3, 1) + Bits(3 * 64, 3, 2) + Bits(3 * 1024, 3, 3) + Bits(1024, 3, 6),
              1e-9);
}

// Scalars that do not exist are no variables: what remains is a plain network with degrees one higher.
TEST(Log2PatternsPerPoint, WithoutScalarsOnlyTheParametersCount) {
  const PointCounts points{.log2_all = 10, .log2_conditions = 6, .log2_primary = 4};
  EXPECT_NEAR(Patterns(EmbeddingClass(2, 0), points, 3), Bits(3 * 1024, 3, 2) + Bits(1024, 3, 3), 1e-10);
}

TEST(Log2PatternsPerPoint, SeesThePointsThatItsLayersSee) {
  const PointCounts points{.log2_all = 10, .log2_conditions = 6, .log2_primary = 5};
  const auto patterns = [&](LayerGroup::Points seen) {
    return Patterns({.groups = {{.meaning = "hidden layer", .points = seen}}}, points, 3);
  };
  EXPECT_NEAR(patterns(LayerGroup::Points::kAll), Bits(3 * 1024, 3, 1), 1e-10);
  EXPECT_NEAR(patterns(LayerGroup::Points::kConditions), Bits(3 * 64, 3, 1), 1e-10);
  EXPECT_NEAR(patterns(LayerGroup::Points::kPrimary), Bits(3 * 32, 3, 1), 1e-10);
}

// A group without layers adds nothing, whatever its scalars.
TEST(Log2PatternsPerPoint, IgnoresAGroupWithoutLayers) {
  const LayerGroup empty{.meaning = "none", .layers = 0, .sees_condition = true};
  for (const int depth : {2, 3}) {
    NetworkClass with_empty = StandardClass(depth);
    with_empty.groups.insert(with_empty.groups.begin(), empty);
    with_empty.groups.push_back(empty);
    for (const double kappa : {1.0, 1e6}) {  // the latter more than there are points
      with_empty.scalars = ConditionScalars::Fixed(kappa);
      EXPECT_EQ(Log2PatternsPerPoint(with_empty, kPoints, 9), Log2PatternsPerPoint(StandardClass(depth), kPoints, 9));
    }
  }
}

// With as many variables as points Warren's lemma still counts, with one more it is silent.
TEST(Log2PatternsPerPoint, IsInfiniteFromMoreVariablesThanPointsOn) {
  const double m = std::exp2(27);
  const double at_equality = Bits(m * m, m, 1) + Bits(m, m, 2);
  EXPECT_NEAR(Log2PatternsPerPoint(StandardClass(2), kPoints, 27), std::log2(at_equality / m), 1e-12);
  EXPECT_EQ(Log2PatternsPerPoint(StandardClass(2), kPoints, std::log2(m + 1)), std::numeric_limits<double>::infinity());
  // 511 scalars for each of 2^18 conditions leave 2^18 parameters; 512 leave none.
  EXPECT_TRUE(std::isfinite(Log2PatternsPerPoint(EmbeddingClass(2, 511), kPoints, 18)));
  EXPECT_TRUE(std::isinf(Log2PatternsPerPoint(EmbeddingClass(2, 511), kPoints, 18.001)));
  EXPECT_TRUE(std::isinf(Log2PatternsPerPoint(EmbeddingClass(2, 512), kPoints, 0)));
}

TEST(Log2PatternsPerPoint, IncreasesInParameters) {
  for (const NetworkClass& network_class : {StandardClass(2),
                                            StandardClass(50),
                                            EmbeddingClass(2, 7),
                                            DenseEmbeddingClass(4),
                                            HypernetworkTotalClass(3, 5)}) {
    double before = -1e9;
    for (double log2_n = 0; log2_n <= 27; log2_n += 0.25) {
      const double here = Log2PatternsPerPoint(network_class, kPoints, log2_n);
      EXPECT_GE(here, before);
      before = here;
    }
  }
}

TEST(Log2SmallestSufficient, IsWhereTheInequalityBecomesAnEquality) {
  for (const NetworkClass& network_class :
       {StandardClass(2), StandardClass(9), EmbeddingClass(2, 7), HypernetworkTotalClass(3, 5)}) {
    const double log2_n = Log2SmallestSufficient(network_class, kPoints);
    ASSERT_GT(log2_n, 1);
    EXPECT_LT(Log2PatternsPerPoint(network_class, kPoints, log2_n - 1e-9), 0);
    EXPECT_GT(Log2PatternsPerPoint(network_class, kPoints, log2_n + 1e-9), 0);
  }
}

TEST(Log2SmallestSufficient, WorksFarBeyondTheRangeOfDoubles) {
  const PointCounts huge{.log2_all = 1e7, .log2_conditions = 5e6, .log2_primary = 5e6};
  const double log2_n = Log2SmallestSufficient(StandardClass(2), huge);
  EXPECT_LT(log2_n, 1e7 - 20);  // divided by the logarithms
  EXPECT_GT(log2_n, 1e7 - 30);
}

TEST(Log2SmallestSufficient, IsZeroWhereTheConditionScalarsAloneSuffice) {
  EXPECT_EQ(Log2SmallestSufficient(EmbeddingClass(2, 600), kPoints), 0);
  // One parameter is enough, but not by much: the patterns are between one and two times the points.
  const NetworkClass just_enough = EmbeddingClass(2, 40);
  const double excess = Log2PatternsPerPoint(just_enough, kPoints, 0);
  ASSERT_GT(excess, 0);
  ASSERT_LT(excess, 1);
  EXPECT_EQ(Log2SmallestSufficient(just_enough, kPoints), 0);
}

TEST(Log2SmallestSufficient, LiesBetweenOneAndTwoWhereOneIsTooFewAndTwoAreEnough) {
  const PointCounts few{.log2_all = std::log2(23.0), .log2_conditions = 1, .log2_primary = 4};
  ASSERT_LT(Patterns(StandardClass(2), few, 1), 23);
  ASSERT_GT(Patterns(StandardClass(2), few, 2), 23);
  const double log2_n = Log2SmallestSufficient(StandardClass(2), few);
  EXPECT_GT(log2_n, 0);
  EXPECT_LT(log2_n, 1);
  EXPECT_NEAR(Patterns(StandardClass(2), few, std::exp2(log2_n)), 23, 1e-9);
}

}  // namespace
}  // namespace hyperwidth
