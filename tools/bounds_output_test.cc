// SPDX-License-Identifier: Apache-2.0

#include "tools/bounds_output.h"

#include <map>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

BoundsAnswer Answer(const Problem& problem) { return AnswerBounds(problem, "all"); }

const Problem kExample{.smoothness = 1, .primary_dim = 1, .condition_dim = 2, .epsilon = 1e-3};

TEST(BoundsJson, HasTheFieldsThatProgramsRelyOn) {
  const auto json = nlohmann::json::parse(BoundsJson(Answer(kExample)));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["problem"]["epsilon"], 0.001);
  EXPECT_EQ(json["problem"]["embedding_dim"], 2);
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
    if (statement["quantity"] == "kappa" || statement["quantity"] == "p") continue;
    EXPECT_TRUE(statement["value"].is_null()) << statement["id"];
    EXPECT_GT(statement["log10"], 15) << statement["id"];
  }
  EXPECT_TRUE(json["gap"]["value"].is_null());
  EXPECT_GT(json["gap"]["log10"], 300);
}

TEST(BoundsJson, ListsTheSchemesThatWereAskedFor) {
  BoundsAnswer answer = Answer(kExample);
  EXPECT_EQ(nlohmann::json::parse(BoundsJson(answer))["schemes"].size(), 6u);
  answer = AnswerBounds(kExample, "film");
  const auto json = nlohmann::json::parse(BoundsJson(answer));
  ASSERT_EQ(json["schemes"].size(), 1u);
  EXPECT_EQ(json["schemes"][0]["scheme"], "film");
  EXPECT_GT(json["schemes"][0]["value"], 1000);
  answer.schemes.clear();
  EXPECT_FALSE(nlohmann::json::parse(BoundsJson(answer)).contains("schemes"));
}

// Two problems at which a table of numbers would say nothing: in many dimensions the ball holds hardly any bumps.
const Problem kManyDimensions{.smoothness = 2, .primary_dim = 3, .condition_dim = 64, .epsilon = 0.05};
const Problem kSmooth{.smoothness = 4, .primary_dim = 1, .condition_dim = 10, .epsilon = 0.01};

TEST(BoundsTable, NeverShowsAnEmptyStatementAsANumber) {
  for (const Problem& problem : {kManyDimensions, kSmooth}) {
    const std::string table = BoundsTable(Answer(problem), true);
    EXPECT_EQ(table.find(">= 1 "), std::string::npos) << table;
    EXPECT_EQ(table.find(" 0.0002 "), std::string::npos) << table;
    EXPECT_NE(table.find("nothing"), std::string::npos) << table;
    EXPECT_NE(table.find("says something"), std::string::npos) << table;
  }
}

TEST(Conclusion, SaysInWordsThatNothingFollowsAndWhereSomethingBegins) {
  const std::string many = Conclusion(Answer(kManyDimensions));
  EXPECT_THAT(many, HasSubstr("Next to nothing"));
  EXPECT_THAT(many, HasSubstr("at most 4 bumps higher than 0.05"));
  EXPECT_THAT(many, HasSubstr("all 67 inputs makes a network of 70 parameters"));
  EXPECT_THAT(many, HasSubstr("3 of the 10 lower bounds say nothing"));
  EXPECT_THAT(many, HasSubstr("certified.linear_decoder, at eps = 0.0429"));
  EXPECT_THAT(many, HasSubstr("a gap begins to be proved at eps = 6.91e-05"));
  const std::string smooth = Conclusion(Answer(kSmooth));
  EXPECT_THAT(smooth, HasSubstr("no two bumps higher than 0.01"));
  EXPECT_THAT(smooth, HasSubstr("5 of the 10 lower bounds"));
  EXPECT_THAT(smooth, HasSubstr("certified.continuous_selection, at eps = 0.00484"));
}

// At the accuracies that the conclusion names, what it promises is there.
TEST(Conclusion, NamesAccuraciesAtWhichSomethingIsProved) {
  for (Problem problem : {kManyDimensions, kSmooth}) {
    const BoundsAnswer silent = Answer(problem);
    ASSERT_TRUE(silent.gap_onset.has_value());
    problem.epsilon = *silent.gap_onset;
    EXPECT_TRUE(Answer(problem).gap.IsProved());
    EXPECT_FALSE(Answer(problem).gap_onset.has_value());
    for (const Statement& statement : silent.statements) {
      if (!statement.SaysNothing()) continue;
      problem.epsilon = *statement.onset;
      for (const Statement& there : AllStatements(problem)) {
        EXPECT_FALSE(there.id == statement.id && there.SaysNothing()) << there.id << " at " << problem.epsilon;
      }
    }
    for (const SchemeComparison& scheme : silent.schemes) {
      if (scheme.parameters.value != 1) continue;
      ASSERT_TRUE(scheme.onset.has_value());
    }
  }
}

TEST(Conclusion, GivesTheGapWhereThereIsOne) {
  const std::string text = Conclusion(Answer(kExample));
  EXPECT_THAT(text, HasSubstr("needs at least 2,919,744 parameters"));
  EXPECT_THAT(text, HasSubstr("can be built with 3,001 generated ones"));
  EXPECT_THAT(text, HasSubstr("certified modularity gap of 972.9, proved for embedding dimensions below k* = 32"));
  EXPECT_EQ(text.find("nothing"), std::string::npos) << text;
}

TEST(Conclusion, SaysWhatContinuityAdds) {
  EXPECT_THAT(Conclusion(Answer(kExample)),
              HasSubstr("With fewer than 2 scalars a continuous embedding, as every network is, keeps an error of at "
                        "least 1/4 whatever its size"));
  Problem small = kExample;
  small.embedding_dim = 1;
  const std::string impossible = Conclusion(Answer(small));
  EXPECT_THAT(impossible, HasSubstr("no size suffices: k = 1 keeps an error of at least 1/4"));
  EXPECT_THAT(impossible, HasSubstr("k has to be at least 2"));
  EXPECT_EQ(impossible.find("With fewer than"), std::string::npos);
  small.epsilon = 0.3;
  EXPECT_THAT(Conclusion(Answer(small)), HasSubstr("k = 1 < m2 = 2 keeps an error of at least 1/4, below this eps"));
}

TEST(BoundsTable, SaysWhichSchemesAreImpossibleAndWhatTheyNeed) {
  const std::string table = BoundsTable(Answer(kExample), false);
  EXPECT_THAT(table, ::testing::ContainsRegex("deeponet +2 +>= 356 +impossible +356"));
  EXPECT_THAT(table, ::testing::ContainsRegex("film +2 +>= 2 +>= [0-9,]+ +32"));
  Problem wide = kExample;
  wide.embedding_dim = 356;
  EXPECT_THAT(BoundsTable(Answer(wide), false), ::testing::ContainsRegex("deeponet +356 +>= 356 +(>= |nothing)"));
}

TEST(BoundsTable, SaysThatNoSizeSuffices) {
  Problem small = kExample;
  small.embedding_dim = 1;
  EXPECT_THAT(BoundsTable(Answer(small), false), HasSubstr("no size suffices"));
  EXPECT_EQ(BoundsTable(Answer(kExample), false).find("no size suffices"), std::string::npos);
}

TEST(Conclusion, SaysForWhichEmbeddingsAGapIsProvedAllTheSame) {
  Problem wide = kExample;
  wide.embedding_dim = 1000;
  EXPECT_THAT(Conclusion(Answer(wide)), HasSubstr("at this eps, for embedding dimensions below k* = 32"));
}

TEST(BoundsJson, MarksStatementsThatSayNothing) {
  const auto json = nlohmann::json::parse(BoundsJson(Answer(kManyDimensions)));
  EXPECT_EQ(json["gap"]["proved"], false);
  EXPECT_EQ(json["gap"]["proved_from_epsilon"], 6.91e-05);
  EXPECT_EQ(json["conclusion"], Conclusion(Answer(kManyDimensions)));
  for (const auto& statement : json["statements"]) {
    const bool says_nothing = statement["bound"] == "lower" && statement.contains("value") && statement["value"] == 1;
    EXPECT_EQ(statement.contains("says_something_from_epsilon"), says_nothing) << statement["id"];
    if (statement["id"] == "certified.hypernetwork_total") {
      EXPECT_EQ(statement["says_something_from_epsilon"], 0.0171);
    }
  }
  for (const auto& scheme : json["schemes"]) {
    if (scheme["value"] != 1) continue;
    EXPECT_GT(scheme["says_something_from_epsilon"], 0) << scheme;
  }
  const auto example = nlohmann::json::parse(BoundsJson(Answer(kExample)));
  EXPECT_EQ(example["gap"]["proved"], true);
  EXPECT_FALSE(example["gap"].contains("proved_from_epsilon"));
}

TEST(BoundsTable, FitsIntoOneHundredAndTwentyColumns) {
  for (const bool details : {false, true}) {
    for (const Problem& problem :
         {kExample,
          kManyDimensions,
          kSmooth,
          Problem{.smoothness = 1, .primary_dim = 50, .condition_dim = 50, .epsilon = 1e-12}}) {
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
