// SPDX-License-Identifier: Apache-2.0

#include "tools/bounds_output.h"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

BoundsAnswer Answer(const Problem& problem) {
  return {problem, AllStatements(problem), CertifiedGap(problem), CompareSchemes(problem, "all")};
}

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(BoundsJson, HasTheFieldsThatProgramsRelyOn) {
  const auto json = nlohmann::json::parse(BoundsJson(Answer(kExample)));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["problem"]["epsilon"], 0.001);
  EXPECT_EQ(json["problem"]["embedding_dim"], 1);
  std::map<std::string, nlohmann::json> by_id;
  for (const auto& statement : json["statements"]) by_id[statement["id"]] = statement;
  EXPECT_EQ(by_id["GW20.Thm2"]["tier"], "rate");
  EXPECT_EQ(by_id["GW20.Thm2"]["exponent"], 3.0);
  EXPECT_FALSE(by_id["GW20.Thm2"].contains("value"));
  EXPECT_EQ(by_id["certified.embedding"]["quantity"], "N_q");
  EXPECT_EQ(by_id["certified.embedding"]["bound"], "lower");
  EXPECT_EQ(by_id["certified.embedding"]["tier"], "certified");
  EXPECT_GE(by_id["certified.embedding"]["value"], 529815);
  EXPECT_TRUE(by_id["certified.embedding"]["grid"]["n_x"].is_number_integer());
  EXPECT_TRUE(by_id["certified.embedding"]["grid"]["n_I"].is_number_integer());
  EXPECT_GE(by_id["certified.continuous_selection"]["value"], 36594368);
  EXPECT_EQ(by_id["constructed.hypernetwork"]["value"], 3001);
  EXPECT_EQ(by_id["constructed.hypernetwork"]["bound"], "upper");
  EXPECT_EQ(json["gap"]["numerator"], "certified.embedding");
  EXPECT_EQ(json["gap"]["denominator"], "constructed.hypernetwork");
  EXPECT_GT(json["gap"]["value"], 150);
  EXPECT_GT(json["gap"]["crossover_embedding_dim"], 16);
}

TEST(BoundsJson, GivesLogarithmsWhereCountsLeaveTwoToThe53) {
  const auto json = nlohmann::json::parse(
      BoundsJson(Answer({.smoothness = 1, .primary_dim = 50, .condition_dim = 50, .epsilon = 1e-12})));
  for (const auto& statement : json["statements"]) {
    if (statement["tier"] == "rate") continue;
    EXPECT_TRUE(statement["value"].is_null()) << statement["id"];
    EXPECT_GT(statement["log10"], 15) << statement["id"];
  }
  EXPECT_TRUE(json["gap"]["value"].is_null());
  EXPECT_GT(json["gap"]["log10"], 300);
}

TEST(BoundsJson, ListsTheSchemesThatWereAskedFor) {
  BoundsAnswer answer = Answer(kExample);
  EXPECT_EQ(nlohmann::json::parse(BoundsJson(answer))["schemes"].size(), 6u);
  answer.schemes = CompareSchemes(kExample, "film");
  const auto json = nlohmann::json::parse(BoundsJson(answer));
  ASSERT_EQ(json["schemes"].size(), 1u);
  EXPECT_EQ(json["schemes"][0]["scheme"], "film");
  EXPECT_GT(json["schemes"][0]["value"], 1000);
  answer.schemes.clear();
  EXPECT_FALSE(nlohmann::json::parse(BoundsJson(answer)).contains("schemes"));
}

TEST(BoundsTable, FitsIntoOneHundredAndTwentyColumns) {
  for (const bool details : {false, true}) {
    for (const Problem& problem :
         {kExample, Problem{.smoothness = 1, .primary_dim = 50, .condition_dim = 50, .epsilon = 1e-12}}) {
      std::istringstream lines(BoundsTable(Answer(problem), details));
      for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 120u) << line;
    }
  }
}

TEST(BoundsTable, NamesEveryStatementWithItsNumber) {
  const std::string table = BoundsTable(Answer(kExample), false);
  for (const Statement& statement : Answer(kExample).statements) {
    EXPECT_NE(table.find(statement.id), std::string::npos) << statement.id;
    if (statement.count) {
      EXPECT_NE(table.find(statement.count->Text()), std::string::npos) << statement.id;
    }
  }
}

}  // namespace
}  // namespace hyperwidth
