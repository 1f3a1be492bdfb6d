// SPDX-License-Identifier: Apache-2.0

#include "theory/statement.h"

#include <cmath>
#include <map>
#include <optional>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/construction.h"
#include "theory/lower_bounds.h"

namespace hyperwidth {
namespace {

std::map<std::string, Statement> ById(const Problem& problem) {
  std::map<std::string, Statement> statements;
  for (const Statement& statement : AllStatements(problem)) statements[statement.id] = statement;
  return statements;
}

TEST(AllStatements, HasEveryIdOnce) {
  std::vector<std::string> ids;
  for (const Statement& statement : AllStatements({})) ids.push_back(statement.id);
  EXPECT_THAT(ids,
              ::testing::UnorderedElementsAre("DHM89",
                                              "Mhaskar96",
                                              "Yarotsky17",
                                              "Yarotsky18",
                                              "phases",
                                              "GW20.Thm1",
                                              "GW20.Thm2",
                                              "GW20.Thm3",
                                              "GW20.Thm4",
                                              "GW20.Thm5",
                                              "certified.continuous_selection",
                                              "certified.standard",
                                              "certified.primary",
                                              "certified.embedding",
                                              "certified.embedding_any_dimension",
                                              "certified.hypernetwork_total",
                                              "certified.bits",
                                              "certified.bounded_weights",
                                              "certified.continuous_encoder",
                                              "certified.linear_decoder",
                                              "constructed.standard",
                                              "constructed.hypernetwork",
                                              "constructed.structured_total"));
}

TEST(AllStatements, EveryOneHasSummaryHypothesesAndSource) {
  for (const Statement& statement : AllStatements({.smoothness = 2, .primary_dim = 2})) {
    EXPECT_FALSE(statement.summary.empty()) << statement.id;
    EXPECT_FALSE(statement.hypotheses.empty()) << statement.id;
    EXPECT_FALSE(statement.source.empty()) << statement.id;
  }
}

TEST(AllStatements, ARateIsNeverACountAndACountNeverARate) {
  for (const Statement& statement : AllStatements({})) {
    EXPECT_EQ(statement.count.has_value(), statement.tier != Tier::kRate) << statement.id;
    if (statement.count) {
      EXPECT_FALSE(statement.exponent.has_value()) << statement.id;
    }
  }
}

TEST(AllStatements, ExponentsAreThePublishedOnes) {
  const auto rough = ById({.smoothness = 1, .primary_dim = 1, .condition_dim = 3, .epsilon = 0.01});
  EXPECT_EQ(rough.at("DHM89").exponent, 4);
  EXPECT_EQ(rough.at("Mhaskar96").exponent, 4);
  EXPECT_EQ(rough.at("Yarotsky17").exponent, 4);
  EXPECT_EQ(rough.at("Yarotsky18").exponent, 2);
  EXPECT_EQ(rough.at("phases").exponent, 2);
  EXPECT_EQ(rough.at("GW20.Thm1").exponent, 4);
  EXPECT_EQ(rough.at("GW20.Thm2").exponent, 4);
  EXPECT_EQ(rough.at("GW20.Thm3").exponent, 2);
  EXPECT_EQ(rough.at("GW20.Thm4").exponent, 1);
  EXPECT_EQ(rough.at("GW20.Thm5").exponent, 3);
  const auto smooth = ById({.smoothness = 4, .primary_dim = 2, .condition_dim = 6, .epsilon = 0.01});
  EXPECT_EQ(smooth.at("DHM89").exponent, 2);
  EXPECT_EQ(smooth.at("GW20.Thm4").exponent, 0.5);
  EXPECT_EQ(smooth.at("GW20.Thm5").exponent, 1.5);
}

TEST(AllStatements, BoundedWeightsSayWhenNoNetworkOfTheWidthIsLargeEnough) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .width = 100};
  EXPECT_THAT(ById(problem).at("certified.bounded_weights").status, ::testing::HasSubstr("none reaches epsilon"));
  problem.width = 100'000'000;
  EXPECT_THAT(ById(problem).at("certified.bounded_weights").status,
              ::testing::Not(::testing::HasSubstr("none reaches epsilon")));
}

// kappa: 1/4 and 1/6 are the floors of one and of two scalars at r = 1, m1 = 1.
TEST(AllStatements, AContinuousEncoderIsImpossibleEnoughOrOutOfReachOfTheProof) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 3, .epsilon = 0.2, .embedding_dim = 1};
  const auto statement = [&] { return ById(problem).at("certified.continuous_encoder"); };
  EXPECT_EQ(statement().count->value, 2);
  EXPECT_EQ(statement().quantity, "kappa");
  EXPECT_TRUE(statement().impossible);
  EXPECT_EQ(statement().error_floor, 0.25);
  EXPECT_THAT(statement().summary, ::testing::HasSubstr("k = 1: no size suffices, error >= 1/4"));
  EXPECT_THAT(statement().status, ::testing::HasSubstr("no size suffices"));
  problem.embedding_dim = 2;
  EXPECT_FALSE(statement().impossible);
  EXPECT_EQ(statement().error_floor, std::nextafter(1.0 / 6, 0.0) * 6 > 1 ? std::nextafter(1.0 / 6, 0.0) : 1.0 / 6);
  EXPECT_THAT(statement().summary, ::testing::HasSubstr("k = 2 keep an error of at least 1/6"));
  problem.embedding_dim = std::nullopt;
  EXPECT_FALSE(statement().impossible);
  EXPECT_FALSE(statement().error_floor.has_value());
  EXPECT_THAT(statement().summary, ::testing::HasSubstr("k = 3 are enough"));
  problem.epsilon = 0.25;
  EXPECT_TRUE(statement().SaysNothing());
  EXPECT_EQ(statement().onset, 0.249);
  problem = {.condition_dim = 1};
  EXPECT_TRUE(statement().SaysNothing());
  EXPECT_FALSE(statement().onset.has_value());
  EXPECT_THAT(statement().status, ::testing::HasSubstr("m2 = 1"));
}

TEST(AllStatements, HypothesesAreThoseOfTheArgumentThatWins) {
  const auto rough = ById({.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3});
  EXPECT_EQ(rough.at("certified.primary").count->value, 2990);
  EXPECT_THAT(rough.at("certified.primary").source, ::testing::HasSubstr("alternating"));
  EXPECT_THAT(rough.at("certified.primary").hypotheses,
              ::testing::Contains(::testing::HasSubstr("no weight is shared")));
  EXPECT_TRUE(rough.at("certified.primary").grid.has_value());
  EXPECT_THAT(rough.at("certified.embedding").source, ::testing::HasSubstr("Warren"));
  EXPECT_THAT(rough.at("certified.embedding").hypotheses,
              ::testing::Contains(::testing::HasSubstr("fixed before the target")));
  const auto smooth = ById({.smoothness = 10, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-6});
  EXPECT_EQ(smooth.at("certified.embedding").count->value, 998);
  EXPECT_THAT(smooth.at("certified.embedding").source, ::testing::HasSubstr("parabola"));
  EXPECT_FALSE(smooth.at("certified.embedding").grid.has_value());
}

TEST(AllStatements, PhasesFollowTheGrowthOfTheDepth) {
  for (const double a : {0.0, 0.25, 1.0}) {
    const auto statements = ById({.smoothness = 3, .primary_dim = 2, .condition_dim = 4, .depth_growth = a});
    EXPECT_EQ(statements.at("Yarotsky18").exponent, 2 / (1 + a));
    EXPECT_EQ(statements.at("phases").exponent, 2 / (1 + a));
    EXPECT_EQ(statements.at("phases").bound, BoundKind::kLower);
    EXPECT_EQ(statements.at("Yarotsky18").summary.find("discontinuous") != std::string::npos, a > 0);
  }
}

TEST(AllStatements, TheoremsForSmoothnessOneSaySoElsewhere) {
  const auto smooth = ById({.smoothness = 2});
  for (const char* id : {"GW20.Thm2", "GW20.Thm3"}) {
    EXPECT_FALSE(smooth.at(id).exponent.has_value());
    EXPECT_THAT(smooth.at(id).status, ::testing::HasSubstr("not stated for r > 1"));
  }
}

TEST(AllStatements, TheoremOneCarriesItsStatus) {
  EXPECT_THAT(ById({}).at("GW20.Thm1").status, ::testing::HasSubstr("conditional"));
}

TEST(AllStatements, ConstructedNetworksNeverContradictLowerBoundsOfTheirClass) {
  for (const int r : {1, 2, 3, 4, 6, 12}) {
    for (const int m1 : {1, 2, 4}) {
      for (const int m2 : {1, 2, 7}) {
        for (const double epsilon : {0.9, 0.3, 0.1, 1e-2, 1e-4, 1e-6, 1e-8, 1e-12}) {
          Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon};
          const auto constructed = ById(problem);
          const Statement& standard = constructed.at("constructed.standard");
          const Statement& primary = constructed.at("constructed.hypernetwork");
          // A lower bound holds up to its depth, so compare at the depth of what was built. The weights of all
          // constructions depend linearly, hence continuously, on the target.
          problem.depth = *standard.depth;
          const LowerBounds at_standard_depth(problem);
          EXPECT_FALSE(*standard.count < at_standard_depth.Standard().count) << r << m1 << m2 << " " << epsilon;
          EXPECT_FALSE(*standard.count < at_standard_depth.ContinuousSelection().count)
              << r << m1 << m2 << " " << epsilon;
          problem.depth = *primary.depth;
          EXPECT_FALSE(*primary.count < LowerBounds(problem).Primary().count) << r << m1 << m2 << " " << epsilon;
        }
      }
    }
  }
}

// Interpolation chooses its nodal weights linearly, hence continuously, and all else is fixed: the sharpest test of the
// bound under continuous selection. For d = 1 and r = 1 only the rounding of 1/epsilon lies between the two.
TEST(AllStatements, NodalWeightsNeverContradictContinuousSelection) {
  for (const int r : {1, 2, 3, 7}) {
    for (const int m1 : {1, 2, 3}) {
      for (const int m2 : {1, 2, 5}) {
        for (double epsilon = 0.97; epsilon > 1e-9; epsilon *= 0.77) {
          const Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = epsilon};
          const Count fewest = LowerBounds(problem).ContinuousSelection().count;
          for (const Construction& construction : Constructions(r, m1 + m2, epsilon)) {
            EXPECT_FALSE(SizeOf(construction).nodal < fewest) << r << m1 << m2 << " " << epsilon;
          }
        }
      }
    }
  }
}

TEST(AllStatements, ConstructedNetworksUseTheDerivativesThatPay) {
  const auto smooth = ById({.smoothness = 4, .primary_dim = 1, .condition_dim = 1, .epsilon = 1e-8});
  for (const char* id : {"constructed.standard", "constructed.hypernetwork"}) {
    EXPECT_THAT(smooth.at(id).source, ::testing::HasSubstr("Yarotsky")) << id;
    EXPECT_EQ(smooth.at(id).status, "") << id;
  }
  EXPECT_THAT(smooth.at("constructed.standard").hypotheses,
              ::testing::Contains(::testing::HasSubstr("partial derivatives of y of orders 0 to 3")));
  EXPECT_THAT(smooth.at("constructed.hypernetwork").hypotheses,
              ::testing::Contains(::testing::HasSubstr("values of y at 4 points in each cell")));
  const auto coarse = ById({.smoothness = 4, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.1});
  EXPECT_THAT(coarse.at("constructed.hypernetwork").status, ::testing::HasSubstr("uses 2 of 4 derivatives"));
}

TEST(AllStatements, RefusesInvalidProblems) { EXPECT_THROW(AllStatements({.condition_dim = 0}), std::domain_error); }

}  // namespace
}  // namespace hyperwidth
