// SPDX-License-Identifier: Apache-2.0

#include "tools/floor_output.h"

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <random>
#include <sstream>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

FloorAnswer Answer(const std::string& scheme, const std::string& layers, const std::string& condition_layers = "") {
  return AnswerFloor({.smoothness = 1, .scheme = scheme, .layers = layers, .condition_layers = condition_layers});
}

// Twice the targets, twice the error; with a narrow encoder too.
TEST(FloorOfABall, ScalesWithItsRadius) {
  for (const std::string condition : {"2,50,auto", "2,1,auto"}) {
    FloorQuestion question{.smoothness = 1, .scheme = "film", .layers = "1,64,64,1", .condition_layers = condition};
    const auto unit = nlohmann::json::parse(FloorJson(AnswerFloor(question)));
    question.radius = 1024;
    const auto doubled = nlohmann::json::parse(FloorJson(AnswerFloor(question)));
    EXPECT_EQ(doubled["targets"]["radius"], 1024);
    const double value = unit["floor"]["value"].get<double>() * 1024;
    EXPECT_LE(doubled["floor"]["value"].get<double>(), value);
    EXPECT_GT(doubled["floor"]["value"].get<double>(), value * (1 - 1e-15));
    EXPECT_EQ(doubled["argument"], unit["argument"]);
    EXPECT_THAT(FloorText(AnswerFloor(question)), HasSubstr("some target in W(1, 3) of radius 1024 is missed by"));
    EXPECT_THAT(FloorText(AnswerFloor(question)), HasSubstr("sup norms that add up to at most 1024"));
    question.norm = BallNorm::kMax;
    const auto largest = nlohmann::json::parse(FloorJson(AnswerFloor(question)));
    EXPECT_GT(largest["floor"]["value"], doubled["floor"]["value"]);
    EXPECT_EQ(largest["targets"]["norm"], "max");
    EXPECT_THAT(FloorText(AnswerFloor(question)), HasSubstr("W(1, 3) of radius 1024 in the max norm is missed by"));
    EXPECT_THAT(FloorText(AnswerFloor(question)), HasSubstr("sup norms that are each at most 1024"));
    EXPECT_THAT(FloorText(AnswerFloor(question)), HasSubstr("at most 1024."));
  }
}

TEST(FourDigitsBelow, RoundsDownAndNeverUp) {
  EXPECT_EQ(FourDigitsBelow(0.012349), "0.01234");
  EXPECT_EQ(FourDigitsBelow(0.012341), "0.01234");
  EXPECT_EQ(FourDigitsBelow(0.0123451), "0.01234");
  EXPECT_EQ(FourDigitsBelow(0.99999), "0.9999");
  EXPECT_EQ(FourDigitsBelow(0.5), "0.4999");
  EXPECT_EQ(FourDigitsBelow(0.09999999), "0.09999");
  EXPECT_EQ(FourDigitsBelow(1), "0.9999");
  EXPECT_EQ(FourDigitsBelow(0.1), "0.09999");
  EXPECT_EQ(FourDigitsBelow(1.2345678e-250), "1.234e-250");
  std::mt19937 random(3);
  for (int repeat = 0; repeat < 1000; ++repeat) {
    const double value = std::pow(10.0, std::uniform_real_distribution<>(-300, 0)(random));
    const double shown = std::strtod(FourDigitsBelow(value).c_str(), nullptr);
    EXPECT_LT(shown, value);
    EXPECT_GT(shown, value * (1 - 1.0001e-3));
  }
}

TEST(FloorText, BeginsWithTheAnswer) {
  const FloorAnswer answer = Answer("standard", "3,64,64,1");
  const std::string text = FloorText(answer);
  EXPECT_EQ(text.find("Whatever the weights, some target in W(1, 3) is missed by at least " +
                      FourDigitsBelow(answer.floor->error) + ";"),
            0u);
  EXPECT_THAT(text, HasSubstr("4,481"));
  EXPECT_THAT(text, HasSubstr("106,171 bumps"));
  EXPECT_THAT(text, HasSubstr("29^2 x 30 half-widths, even nodes, perfect spline of degree 1"));
  EXPECT_THAT(text, HasSubstr("Assumed: "));
  EXPECT_THAT(text, HasSubstr("Not said: "));
}

TEST(FloorText, NamesParametersByRole) {
  const std::string film = FloorText(Answer("film", "1,64,64,1", "2,50,auto"));
  EXPECT_THAT(film, HasSubstr("primary network, trainable           4,353  1, 64, 64, 1"));
  EXPECT_THAT(film, HasSubstr("condition network, trainable        13,206  2, 50, 256"));
  EXPECT_THAT(film, HasSubstr("generated per condition, kappa         256  twice the hidden units"));
  EXPECT_THAT(film, HasSubstr("may depend on I"));
  const std::string hypernetwork = FloorText(Answer("hypernetwork", "1,6,1", "2,50,auto"));
  EXPECT_THAT(hypernetwork, HasSubstr("The generator has such"));
  EXPECT_THAT(FloorText(Answer("deeponet", "1,6,4", "2,50,4")), HasSubstr("trunk network, trainable"));
}

TEST(FloorText, SaysThatThereIsNoFloor) {
  const FloorAnswer answer = AnswerFloor({.smoothness = 30, .layers = "2,1000000000,1000000000,1"});
  ASSERT_FALSE(answer.floor);
  EXPECT_EQ(FloorText(answer).find("No floor of at least 1e-300 is proved"), 0u);
  const auto json = nlohmann::json::parse(FloorJson(answer));
  EXPECT_TRUE(json["floor"].is_null());
  EXPECT_TRUE(json["grid"].is_null());
  EXPECT_TRUE(json["argument"].is_null());
  EXPECT_TRUE(json["counts"]["primary_trainable"].is_null());
  EXPECT_NEAR(json["counts"]["primary_trainable_log10"], 18, 1e-6);
}

TEST(FloorText, FitsIntoOneHundredAndTwentyColumns) {
  std::string many = "2";
  for (int layer = 0; layer < 40; ++layer) many += ",1000";
  for (const FloorAnswer& answer : {Answer("standard", many + ",1"),
                                    Answer("film", many + ",1", "2,50,auto"),
                                    Answer("embedding", "4,64,64,1", "2,50,2"),
                                    Answer("hypernetwork", "1,6,1", "2,50,auto")}) {
    std::istringstream lines(FloorText(answer));
    for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 120u) << line;
  }
}

TEST(FloorJson, HasTheFieldsThatProgramsRelyOn) {
  const FloorAnswer answer = Answer("embedding", "4,64,64,1", "2,50,2");
  const auto json = nlohmann::json::parse(FloorJson(answer));
  EXPECT_EQ(json["schema"], 1);
  EXPECT_EQ(json["targets"]["smoothness"], 1);
  EXPECT_EQ(json["targets"]["dim"], 4);
  EXPECT_EQ(json["targets"]["primary_dim"], 2);
  EXPECT_EQ(json["targets"]["condition_dim"], 2);
  EXPECT_EQ(json["architecture"]["scheme"], "embedding");
  EXPECT_EQ(json["architecture"]["layers"], (std::vector<int>{4, 64, 64, 1}));
  EXPECT_EQ(json["architecture"]["condition_layers"], (std::vector<int>{2, 50, 2}));
  EXPECT_EQ(json["counts"]["primary_trainable"], 4545);
  EXPECT_EQ(json["counts"]["condition_trainable"], 252);
  EXPECT_EQ(json["counts"]["kappa"], 2);
  EXPECT_EQ(json["floor"]["value"], answer.floor->error);  // to the last digit
  EXPECT_NEAR(json["floor"]["log10"], std::log10(answer.floor->error), 1e-12);
  EXPECT_EQ(json["grid"]["n_x"], answer.floor->grid.x.cells);
  EXPECT_EQ(json["grid"]["n_I"], answer.floor->grid.condition.cells);
  EXPECT_EQ(json["grid"]["layout"], "checkerboard");
  EXPECT_EQ(json["argument"], "all_conditions");
}

TEST(FloorText, SaysThatAContinuousNetworkCannotTellConditionsApart) {
  const FloorAnswer answer = Answer("embedding", "3,64,64,1", "2,50,1");
  const std::string text = FloorText(answer);
  EXPECT_EQ(text.find("Whatever the weights, some target in W(1, 4) is missed by at least 1/4;"), 0u) << text;
  EXPECT_THAT(text, HasSubstr("Proved by continuity"));
  EXPECT_THAT(text, HasSubstr("By counting signs"));
  const auto json = nlohmann::json::parse(FloorJson(answer));
  EXPECT_EQ(json["floor"]["value"], 0.25);
  EXPECT_EQ(json["argument"], "continuous_encoder");
  EXPECT_TRUE(json["grid"].is_null());
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) EXPECT_LE(line.size(), 120u) << line;
}

TEST(FloorJson, LeavesOpenWhatStandardDoesNotDivide) {
  const auto json = nlohmann::json::parse(FloorJson(Answer("standard", "3,64,64,1")));
  EXPECT_TRUE(json["targets"]["primary_dim"].is_null());
  EXPECT_TRUE(json["targets"]["condition_dim"].is_null());
  EXPECT_TRUE(json["architecture"]["condition_layers"].is_null());
  EXPECT_TRUE(json["grid"]["n_I"].is_null());
  EXPECT_EQ(json["counts"]["kappa"], 0);
}

TEST(FloorJson, NamesTheArgument) {
  const auto argument = [](const FloorAnswer& answer) -> std::string {
    return nlohmann::json::parse(FloorJson(answer))["argument"];
  };
  EXPECT_EQ(argument(Answer("embedding", "9,3,1", "2,8")), "first_layer_biases");
  EXPECT_EQ(argument(Answer("hypernetwork", "1,3,1", "2,1000000,auto")), "single_condition");
}

}  // namespace
}  // namespace hyperwidth
