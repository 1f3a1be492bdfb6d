// SPDX-License-Identifier: Apache-2.0
//
// Hypernetworks whose generator has a narrow last layer, through all of the calculators.

#include <cmath>
#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certificate.h"
#include "theory/gap.h"
#include "theory/scheme_comparison.h"
#include "theory/schemes.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

Problem WithBottleneck(std::int64_t w) {
  return {.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .bottleneck = w};
}

Statement StatementOf(const Problem& problem, const std::string& id) {
  for (const Statement& statement : AllStatements(problem)) {
    if (statement.id == id) return statement;
  }
  ADD_FAILURE() << "no statement " << id;
  return {};
}

TEST(Bottleneck, IsBoundedAsTheLowRankSchemeWithAsManyScalars) {
  for (const std::int64_t w : {1, 2, 20, 31, 100, 5000}) {
    const LowerBounds bounds(WithBottleneck(w));
    const CertifiedBound head = BottleneckBound(bounds);
    EXPECT_EQ(head.count.Text(), SchemeBound(bounds, Scheme::kLowRank, static_cast<double>(w)).count.Text()) << w;
    EXPECT_EQ(StatementOf(bounds.problem(), "certified.bottleneck").count->Text(), head.count.Text()) << w;
  }
  EXPECT_THROW(BottleneckBound(LowerBounds(Problem{})), std::domain_error);
}

// Of w + 1 parameters for each weight; and never fewer weights than one condition needs.
TEST(Bottleneck, BoundsTheGeneratedWeightsByItsShareOfTheHead) {
  EXPECT_EQ(BottleneckBound(LowerBounds(WithBottleneck(2))).count.value, 2880585);
  EXPECT_THAT(StatementOf(WithBottleneck(2), "certified.bottleneck").summary, HasSubstr("so N_g >= 960,195"));
  EXPECT_EQ(BottleneckBound(LowerBounds(WithBottleneck(20))).count.value, 114991);
  EXPECT_THAT(StatementOf(WithBottleneck(20), "certified.bottleneck").summary, HasSubstr("so N_g >= 5,476"));
  EXPECT_THAT(StatementOf(WithBottleneck(100), "certified.bottleneck").summary, HasSubstr("so N_g >= 2,990"));
  Problem fine = WithBottleneck(9);
  fine.epsilon = 1e-40;
  EXPECT_THAT(StatementOf(fine, "certified.bottleneck").summary, HasSubstr("so N_g >= 10^"));
}

TEST(Bottleneck, IsStatedOnlyWhereThereIsOne) {
  for (const Statement& statement : AllStatements({})) EXPECT_NE(statement.id, "certified.bottleneck");
  EXPECT_THAT(CertifiableStatements(WithBottleneck(3)), ::testing::Contains("certified.bottleneck"));
  EXPECT_THAT(CertifiableStatements(), ::testing::Not(::testing::Contains("certified.bottleneck")));
  EXPECT_THROW(CertificateFor(LowerBounds(Problem{}), "certified.bottleneck"), std::domain_error);
  EXPECT_THROW(Validate(WithBottleneck(0)), std::domain_error);
}

TEST(Bottleneck, OfFewerScalarsThanTheConditionHasIsImpossible) {
  const Statement one = StatementOf(WithBottleneck(1), "certified.bottleneck");
  EXPECT_TRUE(one.impossible);
  EXPECT_EQ(one.error_floor, 0.25);
  EXPECT_THAT(one.status, HasSubstr("the error is at least 1/4"));
  Problem coarse = WithBottleneck(1);
  coarse.epsilon = 0.3;
  EXPECT_FALSE(StatementOf(coarse, "certified.bottleneck").impossible);
  EXPECT_EQ(StatementOf(coarse, "certified.bottleneck").error_floor, 0.25);
  EXPECT_FALSE(StatementOf(WithBottleneck(2), "certified.bottleneck").impossible);
  EXPECT_FALSE(StatementOf(WithBottleneck(2), "certified.bottleneck").error_floor.has_value());
}

// The constructed network interpolates at 1,001 nodes.
TEST(Bottleneck, LeavesAGapOnlyIfItPassesOnWhatTheConstructedNetworkIsMadeOf) {
  const ModularityGap without = CertifiedGap(WithBottleneck(1001));
  EXPECT_EQ(without.passed_on.value, 1001);
  EXPECT_TRUE(without.fits_bottleneck);
  EXPECT_TRUE(without.IsProved());
  const ModularityGap with = CertifiedGap(WithBottleneck(1000));
  EXPECT_FALSE(with.fits_bottleneck);
  EXPECT_FALSE(with.IsProved());
  EXPECT_EQ(with.constructed.value, without.constructed.value);
}

// A smaller one that passes on more is not taken if another one fits.
TEST(Bottleneck, IsMetByAnotherConstructionIfThereIsOne) {
  Problem problem{.smoothness = 6, .primary_dim = 1, .condition_dim = 3, .epsilon = 1e-9};
  const ModularityGap free = CertifiedGap(problem);
  std::int64_t fewest = *free.passed_on.value, most = fewest;
  for (const Construction& construction : Constructions(6, 1, 1e-9)) {
    fewest = std::min(fewest, *SizeOf(construction).nodal.value);
    most = std::max(most, *SizeOf(construction).nodal.value);
  }
  ASSERT_LT(fewest, most);
  problem.bottleneck = fewest;
  EXPECT_TRUE(CertifiedGap(problem).fits_bottleneck);
  EXPECT_EQ(CertifiedGap(problem).passed_on.value, fewest);
  problem.bottleneck = fewest - 1;
  EXPECT_FALSE(CertifiedGap(problem).fits_bottleneck);
}

TEST(Bottleneck, HasAnOnsetOfTheGapOnlyAboveTheNodesItPassesOn) {
  const std::optional<double> onset = OnsetOfGap(WithBottleneck(1000));
  ASSERT_TRUE(onset.has_value());
  Problem there = WithBottleneck(1000);
  there.epsilon = *onset;
  EXPECT_TRUE(CertifiedGap(there).IsProved());
  EXPECT_EQ(onset, OnsetOfGap({.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3}));
  EXPECT_FALSE(OnsetOfGap(WithBottleneck(20)).has_value());
}

TEST(Bottleneck, OfTheHypernetworkIsItsKappaAmongTheSchemes) {
  for (const std::int64_t w : {1, 2, 40}) {
    const Problem problem = WithBottleneck(w);
    const auto compared = CompareSchemes(problem, CertifiedGap(problem), {Scheme::kHypernetwork, Scheme::kFilm});
    EXPECT_EQ(compared[0].scalars, w);
    EXPECT_EQ(compared[0].parameters.value, BottleneckBound(LowerBounds(problem)).count.value);
    EXPECT_EQ(compared[0].least_scalars, 2);
    EXPECT_EQ(compared[0].impossible, w < 2);
    EXPECT_EQ(compared[0].crossover.value, 32);
    EXPECT_EQ(compared[1].scalars, 2);
  }
  Problem open = WithBottleneck(2);
  open.bottleneck.reset();
  EXPECT_FALSE(CompareSchemes(open, CertifiedGap(open), {Scheme::kHypernetwork})[0].scalars.has_value());
}

// The nodal weights of interpolation are all the scalars there are; a head makes each of them from one of its own.
TEST(Bottleneck, OfAllNodesNeverContradictsTheNetworkThatIsBuilt) {
  for (const int r : {1, 2}) {
    for (const int m1 : {1, 2}) {
      for (double epsilon = 0.9; epsilon > 1e-6; epsilon *= 0.4) {
        Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = 2, .epsilon = epsilon};
        const NetworkSize size = SizeOf(Constructions(r, m1, epsilon).front());
        problem.bottleneck = *size.nodal.value;
        problem.depth = size.depth;
        EXPECT_FALSE(size.total < BottleneckBound(LowerBounds(problem)).count) << r << m1 << " " << epsilon;
      }
    }
  }
}

}  // namespace
}  // namespace hyperwidth
