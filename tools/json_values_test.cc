// SPDX-License-Identifier: Apache-2.0

#include "tools/json_values.h"

#include <cmath>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "gtest/gtest.h"
#include "tools/floor_output.h"

namespace hyperwidth {
namespace {

using Json = nlohmann::ordered_json;

TEST(IntegerJson, IsAnIntegerUpToTwoToThe53) {
  EXPECT_EQ(IntegerJson(0).dump(), "0");
  EXPECT_EQ(IntegerJson(333).dump(), "333");
  EXPECT_EQ(IntegerJson(-333).dump(), "-333");
  const double limit = std::ldexp(1.0, 53);
  EXPECT_EQ(IntegerJson(limit).dump(), "9007199254740992");
  EXPECT_EQ(IntegerJson(-limit).dump(), "-9007199254740992");
  EXPECT_EQ(IntegerJson(limit + 2).dump(), "9.007199254740994e+15");
  EXPECT_EQ(IntegerJson(-limit - 2).dump(), "-9.007199254740994e+15");
  EXPECT_EQ(IntegerJson(1e40).dump(), "1e+40");
}

TEST(OptionalJson, IsTheNumberOrNull) {
  EXPECT_EQ(OptionalJson(0.0239).dump(), "0.0239");
  EXPECT_EQ(OptionalJson(0.0).dump(), "0.0");
  EXPECT_EQ(OptionalJson(std::nullopt).dump(), "null");
}

TEST(AddCount, GivesTheLogarithmBesideANull) {
  Json json;
  AddCount(json, "value", Count::Exact(42));
  AddCount(json, "kappa", Count::Exact(kMaxExactCount));
  EXPECT_EQ(json.dump(), R"({"value":42,"kappa":9007199254740992})");
  json.clear();
  AddCount(json, "value", Count::FromLog10(17.25));
  AddCount(json, "kappa", Count::FromLog10(123.5));
  EXPECT_EQ(json.dump(), R"({"value":null,"log10":17.25,"kappa":null,"kappa_log10":123.5})");
}

Grid ExampleGrid() {
  Grid grid;
  grid.layout = Layout::kNodes;
  grid.bump = {.family = Bump::Family::kCosinePower, .order = 4, .seminorms = {1, 2}};
  grid.x = {.axes = 5, .cells = 11, .finer_axes = 3};
  grid.condition = {.axes = 7, .cells = 13, .finer_axes = 2};
  return grid;
}

TEST(GridJson, TellsTheTwoGroupsOfAxesApart) {
  Grid grid = ExampleGrid();
  const std::string bump = grid.bump.Name();
  EXPECT_EQ(GridJson(grid).dump(),
            R"({"n_x":11,"n_I":13,"finer_x":3,"finer_I":2,"layout":"nodes","bump":")" + bump + R"("})");
  grid.layout = Layout::kCells;
  EXPECT_EQ(GridJson(grid)["layout"], "cells");
  grid.layout = Layout::kCheckerboard;
  EXPECT_EQ(GridJson(grid)["layout"], "checkerboard");
  grid.x.cells = 1e40;
  EXPECT_EQ(GridJson(grid)["n_x"].dump(), "1e+40");
}

TEST(GridJson, HasNoConditionsWithoutTheirAxes) {
  Grid grid = ExampleGrid();
  grid.condition = {.axes = 0, .cells = 0, .finer_axes = 0};
  const Json json = GridJson(grid);
  EXPECT_TRUE(json["n_I"].is_null());
  EXPECT_EQ(json["n_x"], 11);
  grid.condition.axes = 1;
  EXPECT_EQ(GridJson(grid)["n_I"], 0);
}

TEST(ProblemJson, HasEveryFieldUnderItsName) {
  const Problem problem{.smoothness = 2,
                        .primary_dim = 3,
                        .condition_dim = 5,
                        .epsilon = 0.25,
                        .depth = 7,
                        .generator_depth = 11,
                        .embedding_dim = 13,
                        .bottleneck = 19,
                        .outputs = 29,
                        .rank = 17,
                        .weight_bound = 19.5,
                        .width = 23,
                        .depth_growth = 0.75};
  EXPECT_EQ(
      ProblemJson(problem).dump(),
      R"({"smoothness":2,"primary_dim":3,"condition_dim":5,"epsilon":0.25,"radius":1.0,"norm":"sum","depth":7,"embedding_dim":13,)"
      R"("generator_depth":11,"bottleneck":19,"outputs":29,"rank":17,"weight_bound":19.5,"width":23,"depth_growth":0.75})");
}

ModularityGap ExampleGap() {
  ModularityGap gap;
  gap.depth = 9;
  gap.embedding = Count::Exact(600);
  gap.constructed = Count::Exact(400);
  gap.passed_on = Count::Exact(77);
  gap.network.smoothness = 4;
  gap.network.kind = Construction::Kind::kLocalTaylor;
  gap.log10 = 0.125;
  gap.crossover_embedding_dim = Count::Exact(31);
  gap.least_continuous_dim = 5;
  return gap;
}

TEST(GapJson, HasEveryFieldUnderItsName) {
  ModularityGap gap = ExampleGap();
  EXPECT_EQ(
      GapJson(gap).dump(),
      R"({"value":1.5,"log10":0.125,"proved":true,"numerator":"certified.embedding",)"
      R"("denominator":"constructed.hypernetwork",)"
      R"("construction":"local Taylor polynomials of degree 3, products of saw-teeth","depth":9,"fits_bottleneck":true,"passed_on":77,)"
      R"("embedding":600,"constructed":400,"crossover_embedding_dim":31,"least_continuous_dim":5})");
  gap.embedding = Count::Exact(400);
  EXPECT_EQ(GapJson(gap)["proved"], false);
}

// Beyond 2^53 the counts are null with their logarithms, and so is a ratio that no double holds.
TEST(GapJson, GivesLogarithmsWhereCountsLeaveTheIntegers) {
  ModularityGap gap = ExampleGap();
  gap.embedding = Count::FromLog10(421.5);
  gap.constructed = Count::FromLog10(21.25);
  gap.crossover_embedding_dim = Count::FromLog10(18.75);
  gap.log10 = 400.25;
  const Json json = GapJson(gap);
  EXPECT_TRUE(json["value"].is_null());
  EXPECT_EQ(json["log10"], 400.25);
  EXPECT_TRUE(json["embedding"].is_null());
  EXPECT_EQ(json["embedding_log10"], 421.5);
  EXPECT_TRUE(json["constructed"].is_null());
  EXPECT_EQ(json["constructed_log10"], 21.25);
  EXPECT_TRUE(json["crossover_embedding_dim"].is_null());
  EXPECT_EQ(json["crossover_embedding_dim_log10"], 18.75);
  gap.log10 = -400.25;  // a ratio of 0 would not be one
  EXPECT_TRUE(GapJson(gap)["value"].is_null());
  gap.log10 = -300;
  EXPECT_DOUBLE_EQ(GapJson(gap)["value"].get<double>(), 1e-300);
}

// The same values in the document of `floor`, where most numbers differ.
TEST(FloorJson, HasTheGridAndTheCountsOfItsAnswer) {
  const FloorAnswer answer =
      AnswerFloor({.smoothness = 2, .scheme = "film", .layers = "2,64,48,1", .condition_layers = "3,50,auto"});
  const Json json = Json::parse(FloorJson(answer));
  ASSERT_TRUE(answer.floor.has_value());
  const Grid& grid = answer.floor->grid;
  EXPECT_EQ(json["grid"]["n_x"], grid.x.cells);
  EXPECT_EQ(json["grid"]["n_I"], grid.condition.cells);
  EXPECT_EQ(json["grid"]["finer_x"], grid.x.finer_axes);
  EXPECT_EQ(json["grid"]["finer_I"], grid.condition.finer_axes);
  EXPECT_EQ(json["grid"]["bump"], grid.bump.Name());
  EXPECT_EQ(json["grid"]["layout"], grid.layout == Layout::kNodes ? "nodes" : "checkerboard");
  EXPECT_EQ(json["targets"]["smoothness"], 2);
  EXPECT_EQ(json["targets"]["primary_dim"], 2);
  EXPECT_EQ(json["targets"]["condition_dim"], 3);
  EXPECT_EQ(json["targets"]["dim"], 5);
  EXPECT_EQ(json["architecture"]["layers"].dump(), "[2,64,48,1]");
  EXPECT_EQ(json["architecture"]["condition_layers"].dump(), "[3,50,224]");
  EXPECT_EQ(json["counts"]["primary_trainable"], 2 * 64 + 64 + 64 * 48 + 48 + 48 + 1);
  EXPECT_EQ(json["counts"]["condition_trainable"], 3 * 50 + 50 + 50 * 224 + 224);
  EXPECT_EQ(json["counts"]["kappa"], 2 * (64 + 48));
  EXPECT_EQ(json["floor"]["value"], answer.floor->error);
}

}  // namespace
}  // namespace hyperwidth
