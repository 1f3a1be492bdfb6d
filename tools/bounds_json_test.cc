// SPDX-License-Identifier: Apache-2.0
//
// `bounds --format=json`, field by field: answers made up of numbers that all differ, and real ones against the
// statements that they show.

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "tools/bounds_output.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

Statement ExampleStatement() {
  Statement statement;
  statement.id = "the id";
  statement.quantity = "N_q";
  statement.tier = Tier::kCertified;
  statement.exponent = 2.5;
  statement.count = Count::Exact(17);
  statement.onset = 0.0625;
  statement.summary = "the summary";
  statement.hypotheses = {"one", "two"};
  statement.source = "the source";
  return statement;
}

// The document of a real answer with this statement in place of the others.
Json JsonOf(const Statement& statement) {
  static const BoundsAnswer real = AnswerBounds({}, "");
  BoundsAnswer answer = real;
  answer.statements.push_back(statement);
  return Json::parse(BoundsJson(answer))["statements"].back();
}

TEST(StatementJson, HasEveryFieldOfALowerBoundUnderItsName) {
  Statement statement = ExampleStatement();
  Grid grid;
  grid.x = {.axes = 5, .cells = 11, .finer_axes = 3};
  grid.condition = {.axes = 7, .cells = 13, .finer_axes = 2};
  statement.grid = grid;
  statement.status = "the status";
  EXPECT_EQ(JsonOf(statement).dump(),
            R"({"id":"the id","quantity":"N_q","bound":"lower","tier":"certified","value":17,"grid":{"n_x":11,)"
            R"("n_I":13,"finer_x":3,"finer_I":2,"layout":"nodes","bump":"perfect spline of degree 1"},)"
            R"("hypotheses":["one","two"],"status":"the status","source":"the source"})");
}

TEST(StatementJson, HasEveryFieldOfAnUpperBoundUnderItsName) {
  Statement statement = ExampleStatement();
  statement.bound = BoundKind::kUpper;
  statement.tier = Tier::kCertifiedContinuousSelection;
  statement.cells = 19;
  statement.depth = 23;
  EXPECT_EQ(JsonOf(statement).dump(),
            R"({"id":"the id","quantity":"N_q","bound":"upper","tier":"certified, continuous selection","value":17,)"
            R"("cells_per_axis":19,"depth":23,"hypotheses":["one","two"],"source":"the source"})");
  statement.count = Count::FromLog10(40.5);
  statement.cells = 1e40;
  EXPECT_TRUE(JsonOf(statement)["value"].is_null());
  EXPECT_EQ(JsonOf(statement)["log10"], 40.5);
  EXPECT_EQ(JsonOf(statement)["cells_per_axis"].dump(), "1e+40");
}

TEST(StatementJson, HasTheExponentOfARate) {
  Statement statement = ExampleStatement();
  statement.tier = Tier::kRate;
  statement.count.reset();
  EXPECT_EQ(JsonOf(statement).dump(),
            R"({"id":"the id","quantity":"N_q","bound":"lower","tier":"rate","exponent":2.5,)"
            R"("hypotheses":["one","two"],"source":"the source"})");
  statement.exponent.reset();
  EXPECT_TRUE(JsonOf(statement).at("exponent").is_null());
}

TEST(StatementJson, SaysWhereABoundOfOneBeginsToSaySomething) {
  Statement statement = ExampleStatement();
  statement.count = Count::Exact(1);
  EXPECT_EQ(JsonOf(statement).at("says_something_from_epsilon"), 0.0625);
  statement.onset.reset();
  EXPECT_TRUE(JsonOf(statement).at("says_something_from_epsilon").is_null());
  statement.count = Count::Exact(2);
  EXPECT_FALSE(JsonOf(statement).contains("says_something_from_epsilon"));
}

TEST(StatementJson, SaysWhetherTheProblemsOwnScalarsAreEnough) {
  Statement statement = ExampleStatement();
  EXPECT_FALSE(JsonOf(statement).contains("error_floor"));
  EXPECT_FALSE(JsonOf(statement).contains("impossible"));
  statement.error_floor = 0.25;
  EXPECT_EQ(JsonOf(statement).at("error_floor"), 0.25);
  EXPECT_EQ(JsonOf(statement).at("impossible"), false);
  statement.impossible = true;
  EXPECT_EQ(JsonOf(statement).at("impossible"), true);
}

BoundsAnswer ExampleAnswer() {
  BoundsAnswer answer = AnswerBounds({.condition_dim = 2, .epsilon = 1e-3, .embedding_dim = 29}, "");
  answer.gap.depth = 31;
  answer.gap.embedding = Count::Exact(37);
  answer.gap.constructed = Count::Exact(41);
  answer.gap_onset = 0.03125;
  answer.schemes = {{.scheme = Scheme::kFilm,
                     .parameters = Count::Exact(43),
                     .scalars = 29,
                     .least_scalars = 3,
                     .impossible = false,
                     .crossover = Count::Exact(47),
                     .onset = 0.5},
                    {.scheme = Scheme::kDeepOnet,
                     .parameters = Count::Exact(1),
                     .scalars = 29,
                     .least_scalars = 71,
                     .impossible = true,
                     .crossover = Count::FromLog10(53.5),
                     .onset = 0.0078125},
                    {.scheme = Scheme::kLowRank,
                     .parameters = Count::Exact(1),
                     .scalars = 29,
                     .least_scalars = 1,
                     .impossible = false,
                     .crossover = Count::Exact(59),
                     .onset = {}},
                    {.scheme = Scheme::kHypernetwork,
                     .parameters = Count::FromLog10(61.5),
                     .least_scalars = 1,
                     .impossible = false,
                     .crossover = Count::Exact(67),
                     .onset = {}}};
  return answer;
}

TEST(BoundsJson, HasEveryFieldOfTheSchemesUnderItsName) {
  const Json json = Json::parse(BoundsJson(ExampleAnswer()));
  ASSERT_EQ(json["schemes"].size(), 4u);
  EXPECT_EQ(json["schemes"][0].dump(),
            R"({"scheme":"film","quantity":"N_q","depth":31,"kappa":29,"least_kappa":3,"impossible":false,)"
            R"("value":43,"crossover_kappa":47})");
  EXPECT_EQ(
      json["schemes"][1].dump(),
      R"({"scheme":"deeponet","quantity":"N_q","depth":31,"kappa":29,"least_kappa":71,"impossible":true,"value":1,)"
      R"("says_something_from_epsilon":0.0078125,"crossover_kappa":null,"crossover_kappa_log10":53.5})");
  EXPECT_TRUE(json["schemes"][2].at("says_something_from_epsilon").is_null());
  EXPECT_EQ(json["schemes"][3].dump(),
            R"({"scheme":"hypernetwork","quantity":"N_g","depth":31,"value":null,"log10":61.5,"crossover_kappa":67})");
}

TEST(BoundsJson, IsOneDocumentOfProblemStatementsGapConclusionAndSchemes) {
  BoundsAnswer answer = ExampleAnswer();
  const std::string text = BoundsJson(answer);
  EXPECT_EQ(text.substr(0, 51), "{\n  \"schema\": 1,\n  \"problem\": {\n    \"smoothness\": 1");
  EXPECT_EQ(text.substr(text.size() - 3), "\n}\n");
  const Json json = Json::parse(text);
  std::vector<std::string> names;
  for (const auto& [name, value] : json.items()) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"schema", "problem", "statements", "gap", "conclusion", "schemes"}));
  EXPECT_EQ(json["problem"]["embedding_dim"], 29);
  EXPECT_EQ(json["statements"].size(), answer.statements.size());
  EXPECT_EQ(json["gap"]["embedding"], 37);
  EXPECT_EQ(json["gap"]["constructed"], 41);
  EXPECT_EQ(json["gap"]["proved_from_epsilon"], 0.03125);
  EXPECT_EQ(json["conclusion"], Conclusion(answer));
  answer.gap_onset.reset();
  EXPECT_TRUE(Json::parse(BoundsJson(answer))["gap"].at("proved_from_epsilon").is_null());
  answer.gap.embedding = Count::Exact(42);
  EXPECT_FALSE(Json::parse(BoundsJson(answer))["gap"].contains("proved_from_epsilon"));
}

// Each field of each statement of a real answer.
TEST(BoundsJson, ShowsTheStatementsThemselves) {
  const Problem problem{.smoothness = 2, .primary_dim = 2, .condition_dim = 3, .epsilon = 1e-6, .depth = 3};
  const BoundsAnswer answer = AnswerBounds(problem, "all");
  const Json json = Json::parse(BoundsJson(answer));
  ASSERT_EQ(json["statements"].size(), answer.statements.size());
  for (std::size_t i = 0; i < answer.statements.size(); ++i) {
    const Statement& statement = answer.statements[i];
    const Json& shown = json["statements"][i];
    EXPECT_EQ(shown["id"], statement.id);
    EXPECT_EQ(shown["quantity"], statement.quantity) << statement.id;
    EXPECT_EQ(shown["hypotheses"], statement.hypotheses) << statement.id;
    EXPECT_EQ(shown["source"], statement.source) << statement.id;
    EXPECT_EQ(shown.contains("status"), !statement.status.empty()) << statement.id;
    EXPECT_EQ(shown.value("status", ""), statement.status) << statement.id;
    if (statement.count && statement.count->value) {
      EXPECT_EQ(shown["value"], *statement.count->value) << statement.id;
    }
    EXPECT_EQ(shown.contains("grid"), statement.grid.has_value()) << statement.id;
    EXPECT_EQ(shown.contains("depth"), statement.depth.has_value()) << statement.id;
    if (statement.depth) {
      EXPECT_EQ(shown["depth"], *statement.depth) << statement.id;
      EXPECT_EQ(shown["cells_per_axis"], *statement.cells) << statement.id;
    }
  }
  EXPECT_EQ(json["gap"]["embedding"], *answer.gap.embedding.value);
  EXPECT_EQ(json["gap"]["constructed"], *answer.gap.constructed.value);
  EXPECT_EQ(json["gap"]["crossover_embedding_dim"], *answer.gap.crossover_embedding_dim.value);
  EXPECT_EQ(json["gap"]["depth"], answer.gap.depth);
  EXPECT_EQ(json["gap"]["log10"], answer.gap.log10);
  EXPECT_EQ(json["gap"]["value"], answer.gap.Ratio());
}

}  // namespace
}  // namespace hyperwidth
