// SPDX-License-Identifier: Apache-2.0
//
// Targets with several coordinates, through all of the calculators.

#include "theory/outputs.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/certified_statements.h"
#include "theory/construction.h"
#include "theory/continuous_encoder.h"
#include "theory/gap.h"
#include "theory/hadamard_order.h"
#include "theory/rank_bound.h"
#include "theory/scheme_comparison.h"
#include "theory/schemes.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

Problem WithSeveral(std::int64_t outputs) {
  return {.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3, .outputs = outputs};
}

std::map<std::string, Statement> StatementsOf(const Problem& problem) {
  std::map<std::string, Statement> statements;
  for (const Statement& statement : AllStatements(problem)) statements.emplace(statement.id, statement);
  return statements;
}

std::vector<Problem> RandomProblems(int count) {
  std::mt19937_64 random(7);
  const auto integer = [&](int low, int high) { return std::uniform_int_distribution<int>(low, high)(random); };
  std::vector<Problem> problems;
  for (int i = 0; i < count; ++i) {
    problems.push_back({.smoothness = integer(1, 4),
                        .primary_dim = integer(1, 3),
                        .condition_dim = integer(1, 4),
                        .epsilon = std::pow(10.0, -0.5 * integer(1, 9)),
                        .norm = i % 3 == 0 ? BallNorm::kMax : BallNorm::kSum,
                        .depth = integer(2, 4),
                        .generator_depth = integer(2, 3),
                        .embedding_dim = integer(1, 9),
                        .outputs = integer(2, 60)});
    if (i % 4 == 0) problems.back().bottleneck = integer(1, 30);
  }
  return problems;
}

TEST(Outputs, AreNamedInTheHypothesesOfEveryStatementThatHasANumber) {
  for (const auto& [id, statement] : StatementsOf(WithSeveral(3))) {
    if (!statement.count) continue;
    EXPECT_THAT(statement.hypotheses, ::testing::Contains(HasSubstr("y has K = 3 coordinates, each in the ball")))
        << id;
    EXPECT_THAT(statement.hypotheses, ::testing::Not(::testing::Contains(HasSubstr("scalar output")))) << id;
  }
  EXPECT_THAT(StatementsOf(WithSeveral(3)).at("certified.standard").hypotheses,
              ::testing::Contains(HasSubstr("hidden layers are shared by all outputs")));
  for (const auto& [id, statement] : StatementsOf(WithSeveral(1))) {
    EXPECT_THAT(statement.hypotheses, ::testing::Not(::testing::Contains(HasSubstr("coordinates, each")))) << id;
    EXPECT_FALSE(statement.of_one_output.has_value()) << id;
  }
}

TEST(Outputs, AreRefusedBelowOne) { EXPECT_THROW(AllStatements(WithSeveral(0)), std::domain_error); }

TEST(Outputs, HaveTheCountsOfOneOutputBesideTheirs) {
  const auto one = StatementsOf(WithSeveral(1));
  for (const auto& [id, statement] : StatementsOf(WithSeveral(5))) {
    if (!statement.count) continue;
    ASSERT_TRUE(statement.of_one_output.has_value()) << id;
    EXPECT_EQ(statement.of_one_output->Text(), one.at(id).count->Text()) << id;
  }
}

// As many bumps for each output; what is built shares the inner network.
TEST(Outputs, MultiplyWhatCountsBumpsAndTheOutputLayer) {
  auto several = StatementsOf(WithSeveral(4));
  const auto one = StatementsOf(WithSeveral(1));
  for (const std::string id : {"certified.bits", "certified.continuous_selection"}) {
    EXPECT_EQ(several.at(id).count->value, 4 * *one.at(id).count->value) << id;
  }
  // (K + 2) (P - 1) - 1 for P = 998 pieces, and 2 n + K (n + 1) for n = 1,000 cells.
  EXPECT_EQ(several.at("certified.primary").count->value, 6 * 997 - 1);
  EXPECT_EQ(several.at("constructed.hypernetwork").count->value, 2 * 1000 + 4 * 1001);
  // Two functions share one scalar where one output has both; each of two outputs can have one of its own.
  EXPECT_EQ(several.at("certified.continuous_encoder").count->value, 2);
}

// No worse than one output, and no worse than a network for each of them: its hidden layers add up, and (*) is met by
// K N and at most one parameter for each output, which make up for the ones in (*). Not so with a fixed number of
// scalars, which all outputs have to share.
TEST(Outputs, NeverLowerABoundNorRaiseItByMoreThanTheirNumber) {
  int grown = 0;
  for (const Problem& problem : RandomProblems(80)) {
    const auto log10_outputs = std::log10(static_cast<double>(problem.outputs));
    for (const auto& [id, statement] : StatementsOf(problem)) {
      if (!statement.of_one_output) continue;
      const double growth = statement.count->log10 - statement.of_one_output->log10;
      EXPECT_GE(growth, -1e-12) << id;
      grown += growth > 0;
      if (!std::set<std::string>{"certified.standard",
                                 "certified.primary",
                                 "certified.hypernetwork_total",
                                 "certified.continuous_selection",
                                 "certified.bits",
                                 "certified.bounded_weights",
                                 "constructed.standard",
                                 "constructed.hypernetwork"}
               .contains(id)) {
        continue;
      }
      const double most = log10_outputs + std::log10(1 + std::pow(10, -statement.of_one_output->log10)) + 1e-9;
      EXPECT_LE(growth, most) << id << " " << statement.count->Text() << " " << statement.of_one_output->Text();
    }
  }
  EXPECT_GT(grown, 500);
}

TEST(Outputs, IncreaseEveryLowerBound) {
  for (Problem problem : RandomProblems(15)) {
    std::map<std::string, Count> before;
    for (const std::int64_t outputs : {1, 2, 3, 8, 50, 1000}) {
      problem.outputs = outputs;
      for (const Statement& statement : CertifiedStatements(problem)) {
        if (before.contains(statement.id)) {
          EXPECT_GE(statement.count->log10, before.at(statement.id).log10 - 1e-12)
              << statement.id << " " << outputs << " r " << problem.smoothness << " m1 " << problem.primary_dim
              << " m2 " << problem.condition_dim << " epsilon " << problem.epsilon << " " << NameOf(problem.norm);
        }
        before[statement.id] = *statement.count;
      }
    }
  }
}

// At the depth of the network that is built no lower bound exceeds it.
TEST(Outputs, NeverContradictWhatIsBuilt) {
  for (Problem problem : RandomProblems(60)) {
    const auto built = StatementsOf(problem);
    for (const auto& [id, bounds] : std::map<std::string, std::vector<std::string>>{
             {"constructed.standard", {"certified.standard", "certified.continuous_selection"}},
             {"constructed.hypernetwork", {"certified.primary"}}}) {
      const Statement& network = built.at(id);
      problem.depth = std::max(2, std::min(*network.depth, kMaxDepth));
      const auto certified = StatementsOf(problem);
      for (const std::string& name : bounds) {
        EXPECT_FALSE(*network.count < *certified.at(name).count) << name << " " << problem.outputs;
      }
    }
  }
}

// As a DeepONet the network that is built has a coefficient for each node and output.
TEST(Outputs, OfALinearDecoderNeedNoMoreFunctionsThanNodesOfEachOutput) {
  int grown = 0;
  for (Problem problem : RandomProblems(60)) {
    const Construction spline =
        Constructions(problem.smoothness, problem.primary_dim, problem.epsilon, {}, problem.norm).front();
    const NetworkSize size = WithOutputs(SizeOf(spline), problem.outputs);
    const RankBound several = LeastFunctions(problem);
    EXPECT_FALSE(size.nodal < Count::Exact(several.functions));
    problem.outputs = 1;
    const RankBound one = LeastFunctions(problem);
    EXPECT_GE(several.functions, one.functions);
    grown += several.functions > one.functions;
  }
  EXPECT_GT(grown, 20);
}

// For so many outputs a matrix of x and outputs has as many rows as I has points, whatever x is.
TEST(Outputs, OfALinearDecoderAreRowsOfTheMatrix) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.01};
  const std::int64_t one = LeastFunctions(problem).functions;
  problem.outputs = 1000;
  const RankBound many = LeastFunctions(problem);
  EXPECT_EQ(many.grid->x.cells, 0);  // one point of x
  // 1 + n steps in I alone: the largest of (n + 1) (1 - (0.01 (n + 1))^2), at orders of Hadamard matrices.
  std::int64_t largest = 1;
  for (std::int64_t n = 2; n < 100; ++n) {
    if (LargestHadamardOrder(n).order() != n) continue;
    largest = std::max(largest, static_cast<std::int64_t>(std::ceil(n * (1 - 1e-4 * n * n) - 1e-9)));
  }
  EXPECT_GE(many.functions, largest);
  EXPECT_GT(many.functions, 5 * one / 4);
}

TEST(Outputs, OfALinearDecoderThatSaysNothingBeginWhereTwoFunctionsAreProved) {
  for (const BallNorm norm : {BallNorm::kSum, BallNorm::kMax}) {
    for (const int r : {1, 2, 4}) {
      for (const int m1 : {1, 3}) {
        for (const int m2 : {1, 2, 5}) {
          Problem problem{.smoothness = r, .primary_dim = m1, .condition_dim = m2, .epsilon = 0.99, .norm = norm};
          problem.outputs = 3;
          const RankBound silent = LeastFunctions(problem);
          if (silent.functions > 1) continue;
          ASSERT_TRUE(silent.onset.has_value());
          problem.epsilon = *silent.onset;
          EXPECT_GT(LeastFunctions(problem).functions, 1) << r << m1 << m2 << NameOf(norm);
          problem.epsilon *= 1.02;
          EXPECT_EQ(LeastFunctions(problem).functions, 1) << r << m1 << m2 << NameOf(norm);
        }
      }
    }
  }
}

// One function in each output has the norm 1 + 1: no derivative but that in I.
TEST(Outputs, AsManyAsFunctionsLeaveEachOutputOneCoordinateOfTheCondition) {
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1).Text(), "1/4");
  EXPECT_EQ(ContinuousEncoderFloor(1, 1, 1, 1, BallNorm::kSum, 2).Text(), "1/2");
  EXPECT_EQ(ContinuousEncoderFloor(3, 2, 4, 1, BallNorm::kSum, 5).Text(), "1/2");
  EXPECT_EQ(ContinuousEncoderFloor(3, 2, 4, 1, BallNorm::kMax, 5).Text(), "1");
  for (const std::int64_t outputs : {1, 2, 3, 4, 7}) {
    for (const std::int64_t scalars : {1, 2, 3, 8, 11}) {
      const std::int64_t share = (scalars + outputs) / outputs;  // of scalars + 1, rounded up
      const EncoderFloor floor = ContinuousEncoderFloor(2, 2, scalars, 1, BallNorm::kSum, outputs);
      EXPECT_EQ(floor.Functions(), share);
      EXPECT_EQ(floor.inverse_error, ContinuousEncoderFloor(2, 2, share - 1).inverse_error) << outputs << scalars;
    }
  }
}

// m2 scalars are enough, whatever the outputs are.
TEST(Outputs, NeverForceMoreScalarsThanTheConditionHas) {
  for (const std::int64_t outputs : {1, 5, 1000000}) {
    Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 3, .epsilon = 1e-6, .outputs = outputs};
    EXPECT_EQ(LeastContinuousScalars(problem).scalars, 3);
  }
  Problem coarse{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 0.4};
  EXPECT_EQ(LeastContinuousScalars(coarse).scalars, 1);
  coarse.outputs = 2;
  EXPECT_EQ(LeastContinuousScalars(coarse).scalars, 2);
}

TEST(Outputs, AreOnBothSidesOfTheGap) {
  for (const std::int64_t outputs : {2, 10, 100}) {
    const ModularityGap gap = CertifiedGap(WithSeveral(outputs));
    EXPECT_EQ(gap.constructed.value, 2 * 1000 + outputs * 1001);
    EXPECT_EQ(gap.passed_on.value, outputs * 1001);
    EXPECT_EQ(gap.embedding.value, LowerBounds(WithSeveral(outputs)).Embedding().count.value);
    EXPECT_EQ(gap.crossover_embedding_dim.value,
              CrossoverScalars(LowerBounds(WithSeveral(outputs)), Scheme::kEmbedding, gap.constructed).value);
    // The first k at which no more than what is built is proved.
    const std::int64_t crossover = *gap.crossover_embedding_dim.value;
    const LowerBounds bounds(WithSeveral(outputs));
    EXPECT_TRUE(gap.constructed < bounds.ForClass(EmbeddingClass(2, crossover - 1.0)).count);
  }
}

TEST(Outputs, AreBehindABottleneckToo) {
  Problem problem = WithSeveral(3);
  problem.bottleneck = 1001;
  EXPECT_FALSE(CertifiedGap(problem).fits_bottleneck);
  problem.bottleneck = 3003;
  EXPECT_TRUE(CertifiedGap(problem).fits_bottleneck);
}

TEST(Outputs, AreCountedByEveryScheme) {
  const auto compare = [](std::int64_t outputs) {
    const Problem problem = WithSeveral(outputs);
    return CompareSchemes(problem, CertifiedGap(problem), AllSchemes());
  };
  const auto one = compare(1), several = compare(6);
  for (std::size_t i = 0; i < one.size(); ++i) {
    EXPECT_TRUE(one[i].parameters < several[i].parameters) << Name(one[i].scheme);
    EXPECT_TRUE(one[i].crossover < several[i].crossover) << Name(one[i].scheme);
  }
}

// y -> (y, .., y): the structured class with shared a_l needs no other f.
TEST(Outputs, OfStructuredTargetsShareTheirConditionNetwork) {
  Problem problem{.smoothness = 1, .primary_dim = 1, .condition_dim = 1, .epsilon = 0.1, .rank = 2};
  std::vector<Count> totals;
  for (const std::int64_t outputs : {1, 2, 3, 11}) {
    problem.outputs = outputs;
    totals.push_back(*StatementsOf(problem).at("constructed.structured_total").count);
  }
  EXPECT_LT(*totals[3].value, 11 * *totals[0].value);
  EXPECT_LT(*totals[1].value - *totals[0].value, *totals[0].value);
  EXPECT_GT(*totals[1].value, *totals[0].value);
}

}  // namespace
}  // namespace hyperwidth
