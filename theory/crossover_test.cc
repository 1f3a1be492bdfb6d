// SPDX-License-Identifier: Apache-2.0
//
// How many scalars per condition make up for a network of a given size: CrossoverScalars.

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "gtest/gtest.h"
#include "theory/rigorous.h"
#include "theory/schemes.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(Crossover, IsWhereTheBoundNoLongerExceedsTheNetwork) {
  for (const int depth : {2, 4}) {
    Problem problem = kExample;
    problem.depth = depth;
    const LowerBounds bounds(problem);
    for (const Count& size : {Count::Exact(2990), Count::Exact(3001)}) {
      for (const Scheme scheme : AllSchemes()) {
        if (scheme == Scheme::kHypernetwork) continue;
        const auto crossover = static_cast<double>(*CrossoverScalars(bounds, scheme, size).value);
        ASSERT_GT(crossover, 2) << Name(scheme);
        EXPECT_TRUE(size < SchemeBound(bounds, scheme, crossover - 1).count) << Name(scheme);
        EXPECT_FALSE(size < SchemeBound(bounds, scheme, crossover).count) << Name(scheme);
      }
    }
  }
}

TEST(Crossover, OfTheHypernetworkIsItsOwnSize) {
  const LowerBounds bounds(kExample);
  EXPECT_EQ(CrossoverScalars(bounds, Scheme::kHypernetwork, Count::Exact(7)).value, bounds.Primary().count.value);
}

// With one scalar the bound is already no larger than such a network.
TEST(Crossover, IsOneForLargeNetworks) {
  const LowerBounds bounds(kExample);
  const Count large = SchemeBound(bounds, Scheme::kFilm, 1).count;
  EXPECT_EQ(CrossoverScalars(bounds, Scheme::kFilm, large).value, 1);
  EXPECT_EQ(CrossoverScalars(bounds, Scheme::kFilm, Count::Exact(*large.value * 99 / 100)).value, 2);
  EXPECT_EQ(CrossoverScalars(bounds, Scheme::kFilm, Count::FromLog10(20)).value, 1);
}

// Networks so large that their size is a logarithm.
TEST(Crossover, TakesASizeByItsLogarithm) {
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 2, .condition_dim = 2, .epsilon = 1e-6});
  const double exact =
      CrossoverScalars(bounds, Scheme::kFilm, Count::Exact(std::int64_t{10'000'000'000'000'000})).log10;
  EXPECT_NEAR(CrossoverScalars(bounds, Scheme::kFilm, Count::FromLog10(16)).log10, exact, 1e-9);
  EXPECT_GT(exact, 3);
}

// Whether more than `size` parameters are proved at the grid on which the class has the fewest patterns.
bool IsProved(const LowerBounds& bounds, Scheme scheme, const ConditionScalars& scalars, const Count& size) {
  NetworkClass network_class = ClassOf(scheme, bounds.problem().depth, 1);
  network_class.scalars = scalars;
  const auto fewest = [&](const Grid& at) {
    return -std::min(Log2PatternsPerPoint(network_class, PointsOf(at), size.log10 / std::log10(2.0)), 8.0);
  };
  return ProvesMoreThan(network_class, bounds.BestGrid(fewest).grid, size);
}

TEST(Crossover, IsExactUpToTwoToThe52) {
  const auto crossover_at = [](double epsilon) {
    const LowerBounds bounds({.smoothness = 1, .primary_dim = 2, .condition_dim = 1, .epsilon = epsilon});
    return CrossoverScalars(bounds, Scheme::kFilm, Count::Exact(100));
  };
  const Count exact = crossover_at(2.567e-9);
  ASSERT_TRUE(exact.value.has_value());
  EXPECT_GT(*exact.value, std::int64_t{1} << 51);
  EXPECT_LT(*exact.value, std::int64_t{1} << 52);
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 2, .condition_dim = 1, .epsilon = 2.567e-9});
  const auto value = static_cast<double>(*exact.value);
  EXPECT_TRUE(IsProved(bounds, Scheme::kFilm, ConditionScalars::Fixed(value - 1), Count::Exact(100)));
  EXPECT_FALSE(IsProved(bounds, Scheme::kFilm, ConditionScalars::Fixed(value), Count::Exact(100)));
  const Count beyond = crossover_at(1.82e-9);
  EXPECT_FALSE(beyond.value.has_value());
  EXPECT_GT(beyond.log10, 52 * std::log10(2.0));
  EXPECT_LT(beyond.log10, 53 * std::log10(2.0));
}

// Beyond 2^52 the crossover is a logarithm: proved at it, and no longer 10^-8 above it.
TEST(Crossover, IsALogarithmBeyond) {
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 3, .condition_dim = 2, .epsilon = 1e-12});
  const Count size = Count::Exact(1'000'000);
  for (const Scheme scheme : {Scheme::kEmbedding, Scheme::kConditionalBias, Scheme::kFilm, Scheme::kDeepOnet}) {
    const Count crossover = CrossoverScalars(bounds, scheme, size);
    ASSERT_FALSE(crossover.value.has_value());
    const auto proved_somewhere = [&](double log10_kappa) {
      return IsProved(bounds, scheme, ConditionScalars::Log2Fixed(log10_kappa / std::log10(2.0)), size);
    };
    EXPECT_TRUE(proved_somewhere(crossover.log10)) << Name(scheme);
    EXPECT_FALSE(proved_somewhere(crossover.log10 + 1e-8)) << Name(scheme);
  }
}

}  // namespace
}  // namespace hyperwidth
