// SPDX-License-Identifier: Apache-2.0
//
// Balls of another radius through all of the calculators: only epsilon / radius matters, except with bounded weights.

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/bounded_weights.h"
#include "theory/continuous_encoder.h"
#include "theory/gap_series.h"
#include "theory/rank_bound.h"
#include "theory/scheme_comparison.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

using ::testing::Contains;
using ::testing::HasSubstr;

Problem Scaled(Problem problem, double factor) {
  problem.epsilon *= factor;
  problem.radius *= factor;
  return problem;
}

std::vector<Problem> Problems() {
  return {{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3},
          {.smoothness = 1, .primary_dim = 3, .condition_dim = 3, .epsilon = 0.15, .embedding_dim = 2},
          {.smoothness = 2, .primary_dim = 1, .condition_dim = 66, .epsilon = 0.05},
          {.smoothness = 4, .primary_dim = 2, .condition_dim = 3, .epsilon = 0.003, .radius = 3, .embedding_dim = 1},
          {.smoothness = 10, .primary_dim = 1, .condition_dim = 5, .epsilon = 1e-6, .depth = 4},
          {.smoothness = 1, .primary_dim = 2, .condition_dim = 5, .epsilon = 0.9},
          {.smoothness = 3, .primary_dim = 9, .condition_dim = 9, .epsilon = 0.3},
          {.smoothness = 1, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.97, .norm = BallNorm::kMax},
          {.smoothness = 3, .primary_dim = 2, .condition_dim = 5, .epsilon = 0.3, .norm = BallNorm::kMax}};
}

// Each is rounded down to three digits.
void ExpectScaledOnset(const std::optional<double>& onset,
                       const std::optional<double>& scaled,
                       double factor,
                       const std::string& what) {
  ASSERT_EQ(onset.has_value(), scaled.has_value()) << what;
  if (!onset) return;
  EXPECT_NEAR(*scaled / (*onset * factor), 1, 0.011) << what;
}

TEST(Radius, OfEveryCountScalesWithEpsilon) {
  int silent = 0;
  for (const Problem& problem : Problems()) {
    const std::vector<Statement> statements = AllStatements(problem);
    for (const double factor : {2.0, 0.25, 1024.0, 3.0}) {
      const std::vector<Statement> scaled = AllStatements(Scaled(problem, factor));
      ASSERT_EQ(statements.size(), scaled.size());
      for (std::size_t i = 0; i < statements.size(); ++i) {
        if (statements[i].id == "certified.bounded_weights") continue;
        const std::string what = statements[i].id + " times " + std::to_string(factor);
        ASSERT_EQ(statements[i].count.has_value(), scaled[i].count.has_value()) << what;
        if (statements[i].count) {
          EXPECT_EQ(statements[i].count->value, scaled[i].count->value) << what;
          EXPECT_NEAR(statements[i].count->log10, scaled[i].count->log10, 1e-9) << what;
        }
        EXPECT_EQ(statements[i].exponent, scaled[i].exponent) << what;
        EXPECT_EQ(statements[i].cells, scaled[i].cells) << what;
        EXPECT_EQ(statements[i].impossible, scaled[i].impossible) << what;
        ExpectScaledOnset(statements[i].onset, scaled[i].onset, factor, what);
        silent += statements[i].onset.has_value();
        if (statements[i].error_floor) {
          EXPECT_NEAR(*scaled[i].error_floor / (factor * *statements[i].error_floor), 1, 1e-14) << what;
        }
      }
    }
  }
  EXPECT_GT(silent, 20);
}

// An onset is one in the user's epsilon: there the bound says something, a hundredth above it not.
TEST(Radius, OfABoundThatSaysNothingScalesItsOnset) {
  int looked_at = 0;
  for (const double radius : {0.004, 1.0, 17.0}) {
    for (const Problem& unit : Problems()) {
      Problem problem = Scaled(unit, radius);
      for (const Statement& statement : AllStatements(problem)) {
        if (!statement.onset) continue;
        const auto says_something_at = [&](double epsilon) {
          Problem at = problem;
          at.epsilon = epsilon;
          for (const Statement& there : AllStatements(at)) {
            if (there.id == statement.id) return !there.SaysNothing();
          }
          return false;
        };
        EXPECT_TRUE(says_something_at(*statement.onset)) << statement.id << " " << *statement.onset;
        const double above = *statement.onset * 1.011;
        if (above < problem.radius * kMaxEpsilon) {
          EXPECT_FALSE(says_something_at(above)) << statement.id << " " << above;
        }
        ++looked_at;
      }
    }
  }
  EXPECT_GT(looked_at, 20);
}

TEST(Radius, OfTheGapAndTheSchemesScalesWithEpsilon) {
  for (const Problem& problem : Problems()) {
    const ModularityGap gap = CertifiedGap(problem);
    for (const double factor : {2.0, 0.25, 3.0}) {
      const Problem scaled = Scaled(problem, factor);
      const ModularityGap there = CertifiedGap(scaled);
      EXPECT_EQ(there.embedding.value, gap.embedding.value);
      EXPECT_EQ(there.constructed.value, gap.constructed.value);
      EXPECT_EQ(there.crossover_embedding_dim.value, gap.crossover_embedding_dim.value);
      EXPECT_EQ(there.least_continuous_dim, gap.least_continuous_dim);
      ExpectScaledOnset(OnsetOfGap(problem), OnsetOfGap(scaled), factor, "gap");
      const auto schemes = CompareSchemes(problem, gap, AllSchemes());
      const auto schemes_there = CompareSchemes(scaled, there, AllSchemes());
      for (std::size_t i = 0; i < schemes.size(); ++i) {
        EXPECT_EQ(schemes[i].parameters.value, schemes_there[i].parameters.value) << i;
        EXPECT_EQ(schemes[i].least_scalars, schemes_there[i].least_scalars) << i;
        EXPECT_EQ(schemes[i].crossover.value, schemes_there[i].crossover.value) << i;
      }
    }
  }
}

// Bumps twice as high leave twice the room for rounded weights, which have a bit less each.
TEST(Radius, OfTargetsForBoundedWeightsRaisesTheBound) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};
  std::int64_t before = 0;
  for (const double radius : {0.001, 1.0, 1000.0}) {
    const std::int64_t count = *BoundedWeightsBound(Scaled(problem, radius)).count.value;
    EXPECT_GT(count, before * 1.05) << radius;
    before = count;
  }
}

TEST(Radius, OfAnEncodersTargetsScalesItsError) {
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1).Text(), "1/4");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 2).Text(), "1/2");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 3).Text(), "3/4");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 4).Text(), "1");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 6).Text(), "3/2");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 0.5).Text(), "1/8");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 0.1).Text(), "0.02499");  // a tenth is no double
  const EncoderFloor floor = ContinuousEncoderFloor(1, 1, 1, 0.1);
  EXPECT_TRUE(ProvesError(floor, 0.024999999999));
  EXPECT_FALSE(ProvesError(floor, 0.025));
  EXPECT_LE(floor.Error(), 0.025);
  EXPECT_THROW(ContinuousEncoderFloor(1, 1, 1, 0), std::domain_error);
}

TEST(Radius, IsNamedInTheHypotheses) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.3, .radius = 300};
  for (const Statement& statement : AllStatements(problem)) {
    if (statement.tier == Tier::kRate) continue;
    EXPECT_THAT(statement.hypotheses, Contains(HasSubstr("W(r, m) is the ball of radius 300"))) << statement.id;
    if (statement.id != "constructed.structured_total") continue;
    EXPECT_THAT(statement.hypotheses, Contains(HasSubstr("sum |lambda_l| <= 300:")));
  }
}

TEST(Radius, OfAGapSeriesAllowsEpsilonsAboveOne) {
  const Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.02, .radius = 20};
  const auto series = GapOverEpsilon(problem, 10, 4);
  EXPECT_EQ(series.front().epsilon, 10);
  EXPECT_EQ(series.back().epsilon, 0.02);
  EXPECT_EQ(series.back().gap.embedding.value, 2919744);
  EXPECT_EQ(series.back().gap.constructed.value, 3001);
  // To two digits this is 20, which is no accuracy.
  EXPECT_LT(GapOverEpsilon(problem, 19.99, 2).front().epsilon, 20);
  EXPECT_THROW(GapOverEpsilon(problem, 20, 4), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
