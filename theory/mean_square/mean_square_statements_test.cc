// SPDX-License-Identifier: Apache-2.0

#include "theory/mean_square/mean_square_statements.h"

#include <map>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/mean_square/mean_square_bounds.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

std::map<std::string, Statement> ById(const std::vector<Statement>& statements) {
  std::map<std::string, Statement> by_id;
  for (const Statement& statement : statements) by_id.emplace(statement.id, statement);
  return by_id;
}

TEST(MeanSquareStatements, HaveTheCountsOfTheBoundsAndNeverMoreThanTheLargestError) {
  const auto mean = ById(MeanSquareStatements(kExample));
  const MeanSquareBounds bounds(kExample);
  EXPECT_EQ(mean.at("certified.standard").count->value, bounds.Standard().count.value);
  EXPECT_EQ(mean.at("certified.primary").count->value, bounds.Primary().count.value);
  EXPECT_EQ(mean.at("certified.embedding").count->value, bounds.Embedding().count.value);
  EXPECT_EQ(mean.at("certified.embedding_any_dimension").count->value, bounds.DenseEmbedding().count.value);
  EXPECT_EQ(mean.at("certified.hypernetwork_total").count->value, bounds.HypernetworkTotal().count.value);
  EXPECT_EQ(mean.at("certified.bits").count->value, bounds.Bits().count.value);
  EXPECT_EQ(mean.at("certified.linear_decoder").count->value, LeastFunctionsInMeanSquare(kExample).functions);
  int compared = 0;
  for (const auto& [id, statement] : ById(AllStatements(kExample))) {
    if (!mean.contains(id) || !mean.at(id).count) continue;
    EXPECT_LT(mean.at(id).count->log10, statement.count->log10) << id;
    EXPECT_THAT(mean.at(id).hypotheses.front(), HasSubstr("root mean square")) << id;
    ++compared;
  }
  EXPECT_EQ(compared, 7);
}

TEST(MeanSquareStatements, SayWhichProofsAreAboutTheLargestErrorAlone) {
  Problem problem = kExample;
  problem.bottleneck = 4;
  int silent = 0;
  for (const Statement& statement : MeanSquareStatements(problem)) {
    if (statement.count) continue;
    ++silent;
    EXPECT_THAT(statement.status, HasSubstr("about the largest error"));
    EXPECT_FALSE(statement.impossible);
  }
  EXPECT_EQ(silent, 4);
}

TEST(MeanSquareStatements, SayNothingWithoutNamingAnOnset) {
  Problem coarse = kExample;
  coarse.epsilon = 0.9;
  for (const Statement& statement : MeanSquareStatements(coarse)) {
    if (!statement.count) continue;
    EXPECT_TRUE(statement.SaysNothing()) << statement.id;
    EXPECT_FALSE(statement.onset.has_value());
    EXPECT_THAT(statement.status, HasSubstr("says nothing here in the root mean square"));
  }
}

}  // namespace
}  // namespace hyperwidth
