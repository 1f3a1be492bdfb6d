// SPDX-License-Identifier: Apache-2.0

#include "theory/schemes.h"

#include <cmath>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(Schemes, NamesReadBack) {
  for (const Scheme scheme : AllSchemes()) EXPECT_EQ(SchemeNamed(Name(scheme)), scheme);
}

TEST(Schemes, UnknownNameListsTheKnownOnes) {
  try {
    SchemeNamed("flim");
    FAIL();
  } catch (const std::domain_error& error) {
    EXPECT_THAT(error.what(), ::testing::AllOf(::testing::HasSubstr("'flim'"), ::testing::HasSubstr("film, deeponet")));
  }
}

TEST(Schemes, EmbeddingAndHypernetworkAreTheBoundsOfLowerBounds) {
  const LowerBounds bounds(kExample);
  EXPECT_EQ(SchemeBound(bounds, Scheme::kEmbedding, 5).count.value, bounds.Embedding(5).count.value);
  EXPECT_EQ(SchemeBound(bounds, Scheme::kHypernetwork, 5).count.value, bounds.Primary().count.value);
}

TEST(Schemes, EveryBoundFallsWithTheScalars) {
  const LowerBounds bounds(kExample);
  for (const Scheme scheme : AllSchemes()) {
    Count before = SchemeBound(bounds, scheme, 1).count;
    EXPECT_FALSE(bounds.ContinuousSelection().count < before);
    for (double kappa = 2; kappa < 3000; kappa = std::ceil(1.5 * kappa)) {
      const Count here = SchemeBound(bounds, scheme, kappa).count;
      EXPECT_FALSE(before < here) << Name(scheme) << " " << kappa;
      before = here;
    }
  }
}

// With the same scalars, lower degrees and fewer places where they act can only raise the bound.
TEST(Schemes, AreOrderedByWhatTheirScalarsCanDo) {
  const LowerBounds bounds(kExample);
  for (const double kappa : {1.0, 8.0, 20.0}) {
    const auto count = [&](Scheme scheme) { return *SchemeBound(bounds, scheme, kappa).count.value; };
    EXPECT_GE(count(Scheme::kFirstLayerBias), count(Scheme::kEmbedding));
    EXPECT_GE(count(Scheme::kEmbedding), count(Scheme::kFilm));
    EXPECT_EQ(count(Scheme::kFilm), count(Scheme::kLowRank));
    EXPECT_GE(count(Scheme::kDeepOnet), count(Scheme::kEmbedding));
  }
}

TEST(Schemes, CrossoverIsWhereTheBoundNoLongerExceedsTheNetwork) {
  const LowerBounds bounds(kExample);
  const Count size = Count::Exact(3001);
  for (const Scheme scheme : AllSchemes()) {
    if (scheme == Scheme::kHypernetwork) continue;
    const auto crossover = static_cast<double>(*CrossoverScalars(bounds, scheme, size).value);
    ASSERT_GT(crossover, 1) << Name(scheme);
    EXPECT_TRUE(size < SchemeBound(bounds, scheme, crossover - 1).count) << Name(scheme);
    EXPECT_FALSE(size < SchemeBound(bounds, scheme, crossover).count) << Name(scheme);
  }
}

// Beyond 2^52 the crossover is a logarithm: proved a little below it, and no longer a millionth above it.
TEST(Schemes, LargeCrossoversAreConfirmedToo) {
  const LowerBounds bounds({.smoothness = 1, .primary_dim = 3, .condition_dim = 2, .epsilon = 1e-12});
  const Count size = Count::Exact(1'000'000);
  for (const Scheme scheme : {Scheme::kEmbedding, Scheme::kFilm, Scheme::kDeepOnet}) {
    const Count crossover = CrossoverScalars(bounds, scheme, size);
    ASSERT_FALSE(crossover.value.has_value());
    const auto proved_somewhere = [&](double log10_kappa) {
      NetworkClass network_class = ClassOf(scheme, 2, 1);
      network_class.scalars = ConditionScalars::Log2Fixed(log10_kappa / std::log10(2.0));
      const CertifiedBound bound = bounds.ForClass(network_class);
      return size < bound.count;
    };
    EXPECT_TRUE(proved_somewhere(crossover.log10 - 0.01)) << Name(scheme);
    EXPECT_FALSE(proved_somewhere(crossover.log10 + 1e-6)) << Name(scheme);
  }
}

TEST(Schemes, ScalarsAtWidthCountWhatIsGenerated) {
  // x of dimension 2, two hidden layers of 10: (2 + 1) 10 + 11 * 10 + 11 weights.
  EXPECT_EQ(ScalarsAtWidth(Scheme::kHypernetwork, 3, 2, 10, 7), 30 + 110 + 11);
  EXPECT_EQ(ScalarsAtWidth(Scheme::kFilm, 3, 2, 10, 7), 40);
  EXPECT_EQ(ScalarsAtWidth(Scheme::kFirstLayerBias, 3, 2, 10, 7), 10);
  EXPECT_EQ(ScalarsAtWidth(Scheme::kEmbedding, 3, 2, 10, 7), 7);
}

TEST(Schemes, RefuseScalarsOutsideTheirRange) {
  const LowerBounds bounds(kExample);
  EXPECT_THROW(SchemeBound(bounds, Scheme::kFilm, 0), std::domain_error);
  EXPECT_THROW(SchemeBound(bounds, Scheme::kFilm, std::nan("")), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
