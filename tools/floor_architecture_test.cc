// SPDX-License-Identifier: Apache-2.0

#include "tools/floor_architecture.h"

#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

FloorAnswer Answer(const std::string& scheme, const std::string& layers, const std::string& condition_layers = "") {
  return AnswerFloor({.smoothness = 1, .scheme = scheme, .layers = layers, .condition_layers = condition_layers});
}

struct Expected {
  int dim, condition_dim;
  std::int64_t trainable, condition_trainable, scalars;
};

void ExpectAnswer(const FloorAnswer& answer, const Expected& expected, const std::optional<ErrorFloor>& floor) {
  EXPECT_EQ(answer.dim, expected.dim);
  EXPECT_EQ(answer.condition_dim, expected.condition_dim);
  EXPECT_EQ(answer.trainable.value, expected.trainable);
  EXPECT_EQ(answer.condition_trainable.value, expected.condition_trainable);
  EXPECT_EQ(answer.scalars, expected.scalars);
  ASSERT_TRUE(answer.floor);
  EXPECT_EQ(answer.floor->error, floor->error);
}

// {2, 5, 3, 1}: 15 + 18 + 4 = 37 weights and biases. {3, 4, k}: 16 + 5 k.
TEST(AnswerFloor, CountsAndCallsWhatTheSchemeSays) {
  const LayerSizes sizes = {2, 5, 3, 1};
  const SmoothTargets targets{.smoothness = 1, .primary_dim = 2, .condition_dim = 3};
  ExpectAnswer(Answer("standard", "2,5,3,1"), {2, 0, 37, 0, 0}, StandardErrorFloor({1, 2, 0}, sizes));
  ExpectAnswer(Answer("embedding", "2,5,3,1", "3,4,1"), {4, 3, 37, 21, 1}, EmbeddingErrorFloor({1, 1, 3}, sizes, 1));
  ExpectAnswer(
      Answer("conditional-bias", "2,5,3,1", "3,4,5"), {5, 3, 32, 41, 5}, FirstLayerBiasErrorFloor(targets, sizes));
  ExpectAnswer(Answer("film", "2,5,3,1", "3,4,16"), {5, 3, 37, 96, 16}, FilmErrorFloor(targets, sizes));
  ExpectAnswer(Answer("deeponet", "2,5,3", "3,4,3"), {5, 3, 33, 31, 3}, DeepOnetErrorFloor(targets, {2, 5, 3}));
  ExpectAnswer(Answer("low-rank", "2,5,3,1", "3,4,2"), {5, 3, 111, 26, 2}, LowRankErrorFloor(targets, sizes, 2));
  ExpectAnswer(Answer("hypernetwork", "2,5,3,1", "3,4,37"),
               {5, 3, 0, 201, 37},
               HypernetworkErrorFloor(targets, sizes, {3, 4, 37}));
}

TEST(AnswerFloor, FillsInTheLastSizeThatFollows) {
  EXPECT_EQ(Answer("conditional-bias", "2,5,3,1", "3,4,auto").condition_layers.back(), 5);
  EXPECT_EQ(Answer("film", "2,5,3,1", "3,4,auto").condition_layers.back(), 16);
  EXPECT_EQ(Answer("deeponet", "2,5,3", "3,4,auto").condition_layers.back(), 3);
  EXPECT_EQ(Answer("hypernetwork", "2,5,3,1", "3,auto").condition_layers, (LayerSizes{3, 37}));
}

// Any of the words, 20,000 inputs at most.
TEST(AnswerFloor, KnowsAllSchemesAndTheLargestDimensions) {
  EXPECT_EQ(FloorSchemeNames().size(), AllSchemes().size() + 1);
  EXPECT_EQ(Answer("standard", "20000,5,1").dim, 20000);
  EXPECT_EQ(Answer("film", "10000,5,1", "10000,auto").dim, 20000);
  EXPECT_EQ(Answer("embedding", "10003,5,1", "10000,3").dim, 20000);
  EXPECT_EQ(FloorSchemeName(Answer("standard", "2,5,1")), "standard");
  EXPECT_EQ(FloorSchemeName(Answer("film", "2,5,1", "2,auto")), "film");
}

// The narrowest layer counts, wherever it is: m2 = 3 coordinates through two, then one unit.
TEST(AnswerFloor, KnowsWhatPassesThroughTheNarrowestLayer) {
  const auto encoder = [](const std::string& scheme, const std::string& layers, const std::string& condition_layers) {
    return Answer(scheme, layers, condition_layers).encoder_floor;
  };
  EXPECT_EQ(encoder("embedding", "3,5,1", "3,4,2")->inverse_error, 6);
  EXPECT_EQ(encoder("embedding", "3,5,1", "3,1,4,2")->inverse_error, 4);
  EXPECT_FALSE(encoder("embedding", "4,5,1", "3,4,3"));
  EXPECT_FALSE(encoder("film", "1,5,1", "3,4,auto"));
  EXPECT_EQ(encoder("film", "1,5,1", "3,2,auto")->inverse_error, 6);
  EXPECT_EQ(encoder("hypernetwork", "1,5,1", "2,1,auto")->inverse_error, 4);
  EXPECT_EQ(encoder("deeponet", "1,5,1", "2,9,auto")->inverse_error, 4);
  EXPECT_FALSE(AnswerFloor({.smoothness = 1, .layers = "3,5,1"}).encoder_floor);
  EXPECT_TRUE(Answer("embedding", "2,99,1", "2,1").IsByContinuity());
  EXPECT_FALSE(Answer("embedding", "3,99,1", "2,2").IsByContinuity());
}

std::string Refusal(const std::string& scheme, const std::string& layers, const std::string& condition_layers = "") {
  try {
    Answer(scheme, layers, condition_layers);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(AnswerFloor, RefusesListsThatAreNotLayerSizes) {
  for (const std::string word :
       {"", "x", "0", "-4", "5.5", "1e3", " 5", "1000000001", "99999999999999999999", "auto"}) {
    const std::string list = "3," + word + ",1";
    EXPECT_THAT(Refusal("standard", list), HasSubstr("--layers = '" + list + "': '" + word + "' is not a layer size"));
  }
  EXPECT_THAT(Refusal("standard", ""), HasSubstr("'' is not a layer size; accepted: integers from 1 to 1000000000"));
  EXPECT_THAT(Refusal("standard", "3"), HasSubstr("at least two"));
  EXPECT_THAT(Refusal("standard", "3,auto"), HasSubstr("'auto' is not a layer size"));
  EXPECT_THAT(Refusal("film", "3,5,1", "auto"), HasSubstr("at least two"));
  EXPECT_THAT(Refusal("film", "3,5,1", "2,auto,10"), HasSubstr("'auto' is not a layer size"));
  EXPECT_THAT(Refusal("embedding", "3,5,1", "2,5,auto"), HasSubstr("'auto' is not a layer size"));
  EXPECT_THAT(Refusal("low-rank", "3,5,1", "2,5,auto"), HasSubstr("'auto' is not a layer size"));
}

TEST(AnswerFloor, RefusesSizesThatDoNotFit) {
  EXPECT_THAT(Refusal("standard", "3,5,2"), HasSubstr("--layers ends in 2"));
  EXPECT_THAT(Refusal("standard", "1,5,1"),
              HasSubstr("= 1 is outside the admissible range: an integer from 2 to 20000"));
  EXPECT_THAT(Refusal("standard", "20001,1"), HasSubstr("--layers[0]"));
  EXPECT_THAT(Refusal("standard", "3,1", "2,2"), HasSubstr("name the scheme with --scheme"));
  EXPECT_THAT(Refusal("film", "10001,5,1", "2,auto"), HasSubstr("--layers[0], the inputs x, = 10001"));
  EXPECT_THAT(Refusal("film", "3,5,1", "10001,auto"), HasSubstr("--condition-layers[0], the inputs I, = 10001"));
  EXPECT_THAT(Refusal("film", "3,1", "2,auto"), HasSubstr("no hidden layer"));
  EXPECT_THAT(Refusal("film", "3,5,1"), HasSubstr("--condition-layers is missing"));
  EXPECT_THAT(Refusal("film", "3,5,1"), HasSubstr("to 10 (twice the 5 hidden units) or auto"));
  EXPECT_THAT(Refusal("film", "3,5,1", "2,9"), HasSubstr("ends in 9: with the scheme film it must end in 10"));
  EXPECT_THAT(Refusal("film", "3,5,1", "2,11"), HasSubstr("must end in 10 (twice the 5 hidden units)"));
  EXPECT_THAT(Refusal("conditional-bias", "3,5,6,1", "2,6"),
              HasSubstr("must end in 5 (the 5 units of the first layer)"));
  EXPECT_THAT(Refusal("deeponet", "3,5,6", "2,5"), HasSubstr("must end in 6 (p, the 6 outputs of the trunk"));
  EXPECT_THAT(Refusal("hypernetwork", "3,5,1", "2,25"), HasSubstr("must end in 26 (all 26 weights and biases"));
  EXPECT_THAT(Refusal("hypernetwork", "3,1000000000,1", "2,auto"), HasSubstr("more than the 1000000000"));
  EXPECT_THAT(Refusal("embedding", "3,5,1", "2,3"), HasSubstr("from 4 to 10003 with k = 3"));
  EXPECT_THAT(Refusal("embedding", "10004,5,1", "2,3"), HasSubstr("from 4 to 10003 with k = 3"));
  EXPECT_EQ(Refusal("embedding", "4,5,1", "2,3"), "accepted");
  EXPECT_THAT(Refusal("flim", "3,5,1", "2,3"), HasSubstr("embedding, conditional-bias, film"));
}

}  // namespace
}  // namespace hyperwidth
