// SPDX-License-Identifier: Apache-2.0

#include "theory/sign_patterns.h"

#include <cmath>
#include <limits>
#include <numbers>
#include <random>
#include <set>
#include <vector>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

// Warren's lemma multiplied out, 2 (2 e p D / V)^V, and the trivial 2^p.
TEST(Log2SignPatterns, IsTheLogarithmOfWarrensBoundOrOfTheTrivialOne) {
  constexpr double kE = std::numbers::e;
  EXPECT_NEAR(Log2SignPatterns(100, 1, 1), std::log2(2 * (2 * kE * 100)), 1e-13);
  EXPECT_NEAR(Log2SignPatterns(100, 3, 2), std::log2(2 * std::pow(2 * kE * 100 * 2 / 3, 3)), 1e-12);
  EXPECT_NEAR(Log2SignPatterns(100, 0.5, 7), std::log2(2 * std::sqrt(2 * kE * 100 * 7 / 0.5)), 1e-13);
  EXPECT_EQ(Log2SignPatterns(20, 7, 2), 20);    // Warren's bound is 32 bits
  EXPECT_EQ(Log2SignPatterns(20, 20, 1), 20);   // as many variables as polynomials
  EXPECT_EQ(Log2SignPatterns(20, 200, 1), 20);  // more of them; Warren's formula would fall below 0
  EXPECT_EQ(Log2SignPatterns(5, 0, 1), 0);      // one pattern
}

TEST(Log2SignPatterns, NeverExceedsTheNumberOfPolynomials) {
  for (const double p : {1.0, 5.0, 100.0, 1e9}) {
    for (const double v : {0.0, 1.0, 7.0, 200.0, 1e10}) {
      for (const double d : {1.0, 2.0, 50.0}) EXPECT_LE(Log2SignPatterns(p, v, d), p);
    }
  }
}

TEST(Log2SignPatterns, IncreasesInEveryArgument) {
  for (double p = 1; p < 1e6; p *= 3) {
    for (double v = 1; v < 1e6; v *= 3) {
      for (double d = 1; d < 100; d *= 3) {
        const double here = Log2SignPatterns(p, v, d);
        EXPECT_LE(here, Log2SignPatterns(p * 1.01, v, d));
        EXPECT_LE(here, Log2SignPatterns(p, v * 1.01, d));
        EXPECT_LE(here, Log2SignPatterns(p, v, d * 1.01));
      }
    }
  }
}

// Lines w x + b through p points in general position on an axis: 2 p sign patterns, exactly.
TEST(Log2SignPatterns, CoversTheExactCountOfAnAffineUnitInOneDimension) {
  for (int p = 2; p < 200; ++p) EXPECT_GE(Log2SignPatterns(p, 2, 1), std::log2(2.0 * p));
}

// Cover's count: affine functions of d variables give 2 sum over j <= d of C(p - 1, j) patterns on p general points.
TEST(Log2SignPatterns, CoversCoversCountOfAnAffineUnit) {
  for (int d = 1; d <= 6; ++d) {
    for (int p = d + 1; p < 60; ++p) {
      double sum = 0;
      double binomial = 1;
      for (int j = 0; j <= d; ++j) {
        sum += binomial;
        binomial *= (p - 1.0 - j) / (j + 1);
      }
      EXPECT_GE(Log2SignPatterns(p, d + 1, 1), std::log2(2 * sum)) << d << " " << p;
    }
  }
}

// Tiny networks with two inputs: patterns found by sampling are real, so the bound must cover them.
TEST(SignPatterns, SampledPatternsNeverExceedTheBound) {
  for (const int units : {1, 2, 3}) {
    for (const int p : {6, 10, 14}) {
      std::mt19937_64 random(100 * units + p);
      std::normal_distribution<double> normal;
      std::vector<std::pair<double, double>> points;
      for (int i = 0; i < p; ++i) points.emplace_back(normal(random), normal(random));
      std::set<std::vector<bool>> patterns;
      for (int draw = 0; draw < 30000; ++draw) {
        std::vector<double> theta(4 * units + 1);
        for (double& parameter : theta) parameter = normal(random);
        std::vector<bool> pattern;
        for (const auto& [x, y] : points) {
          double output = theta[4 * units];
          for (int u = 0; u < units; ++u) {
            output += theta[4 * u + 3] * std::max(0.0, theta[4 * u] * x + theta[4 * u + 1] * y + theta[4 * u + 2]);
          }
          pattern.push_back(output > 0);
        }
        patterns.insert(pattern);
      }
      const double bound = Log2SignPatterns(units * p, 3 * units, 1) + Log2SignPatterns(p, 4 * units + 1, 2);
      EXPECT_LE(std::log2(static_cast<double>(patterns.size())), bound) << units << " " << p;
    }
  }
}

double Log2ProductOfDegrees(const LayerGroup& group) {
  double sum = 0;
  for (int i = 0; i < group.layers; ++i) {
    sum += std::log2(static_cast<double>(group.degree_factor) * (group.first_degree + i));
  }
  return sum;
}

TEST(LayerGroup, DegreesAreTheMultiplesFromTheFirstOn) {
  for (const int layers : {0, 1, 2, 7, 1000}) {
    for (const int first : {1, 2, 5, 400}) {
      for (const int factor : {1, 2, 30}) {
        const LayerGroup group{.meaning = "", .layers = layers, .first_degree = first, .degree_factor = factor};
        EXPECT_NEAR(group.Log2Degrees(), Log2ProductOfDegrees(group), 1e-12 * (1 + Log2ProductOfDegrees(group)))
            << layers << " " << first << " " << factor;
      }
    }
  }
}

TEST(ConditionScalars, HoldTheNumberAndItsLogarithm) {
  EXPECT_EQ(ConditionScalars::Fixed(8).fixed, 8);
  EXPECT_EQ(ConditionScalars::Fixed(8).log2_fixed, 3);
  EXPECT_EQ(ConditionScalars::Log2Fixed(3).fixed, 8);
  EXPECT_EQ(ConditionScalars::Log2Fixed(3).log2_fixed, 3);
  EXPECT_TRUE(std::isinf(ConditionScalars::Log2Fixed(2000).fixed));
  EXPECT_EQ(ConditionScalars::Log2Fixed(2000).log2_fixed, 2000);
  for (const auto& scalars : {ConditionScalars{}, ConditionScalars::Fixed(8), ConditionScalars::Log2Fixed(3)}) {
    EXPECT_FALSE(scalars.root);
  }
}

const PointCounts kPoints{.log2_all = 27, .log2_conditions = 18, .log2_primary = 9};

// The inequality written out from the documentation, in plain doubles.
TEST(Log2PatternsPerPoint, IsTheInequalityOfTheDocumentation) {
  constexpr double kTwoE = 2 * 2.718281828459045;
  const double m = std::exp2(27), j = std::exp2(18), n = 50000, k = 3;
  const auto term = [&](double units, double points, double variables, double degree) {
    return 1 + variables * std::log2(kTwoE * units * points * degree / variables);
  };
  const auto check = [&](const NetworkClass& network_class, double expected) {
    EXPECT_NEAR(Log2PatternsPerPoint(network_class, kPoints, std::log2(n)), std::log2(expected / m), 1e-12);
  };
  check(StandardClass(3), term(n, m, n, 1) + term(n, m, n, 2) + term(1, m, n, 3));
  const double v = n + k * j;
  check(EmbeddingClass(3, k), term(n, m, v, 2) + term(n, m, v, 3) + term(1, m, v, 4));
  const double dense = n + std::sqrt(n) * j;
  check(DenseEmbeddingClass(2), term(n, m, dense, 2) + term(1, m, dense, 3));
  check(
      HypernetworkTotalClass(3, 4),
      term(n, j, n, 1) + term(n, j, n, 2) + term(n, j, n, 3) + term(n, m, n, 4) + term(n, m, n, 8) + term(1, m, n, 12));
}

}  // namespace
}  // namespace hyperwidth
