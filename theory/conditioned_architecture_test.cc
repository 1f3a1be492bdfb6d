// SPDX-License-Identifier: Apache-2.0

#include "theory/conditioned_architecture.h"

#include <functional>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

// {2, 5, 3, 1}: 15 + 18 + 4 = 37 weights and biases.
const LayerSizes kPrimary = {2, 5, 3, 1};

TEST(GeneratedScalars, FollowFromThePrimaryNetworkUnlessTheyAreFree) {
  EXPECT_FALSE(GeneratedScalars(Scheme::kEmbedding, kPrimary));
  EXPECT_FALSE(GeneratedScalars(Scheme::kLowRank, kPrimary));
  EXPECT_EQ(GeneratedScalars(Scheme::kConditionalBias, kPrimary)->value, 5);
  EXPECT_EQ(GeneratedScalars(Scheme::kFilm, kPrimary)->value, 16);
  EXPECT_EQ(GeneratedScalars(Scheme::kDeepOnet, {2, 5, 3})->value, 3);
  EXPECT_EQ(GeneratedScalars(Scheme::kHypernetwork, kPrimary)->value, 37);
  // 1 -> 10^9 -> 10^9 -> 1 has 10^18 + 4 * 10^9 + 1 weights and biases.
  const std::optional<Count> many = GeneratedScalars(Scheme::kHypernetwork, {1, 1'000'000'000, 1'000'000'000, 1});
  EXPECT_FALSE(many->value);
  EXPECT_NEAR(many->log10, 18, 1e-8);
}

struct Case {
  ConditionedArchitecture architecture;
  std::int64_t primary_dim, trainable;
  std::optional<ErrorFloor> floor;
};

TEST(ConditionedArchitecture, HasTheSizesAndTheFloorOfItsScheme) {
  constexpr int kSmoothness = 2;
  const SmoothTargets targets{.smoothness = kSmoothness, .primary_dim = 2, .condition_dim = 3};
  const SmoothTargets embedded{.smoothness = kSmoothness, .primary_dim = 1, .condition_dim = 3};
  // Low rank, k = 2: theta_0 and P are three times the network.
  const Case cases[] = {
      {{Scheme::kEmbedding, kPrimary, {3, 4, 1}}, 1, 37, EmbeddingErrorFloor(embedded, kPrimary, 1)},
      {{Scheme::kConditionalBias, kPrimary, {3, 4, 5}}, 2, 32, FirstLayerBiasErrorFloor(targets, kPrimary)},
      {{Scheme::kFilm, kPrimary, {3, 4, 16}}, 2, 37, FilmErrorFloor(targets, kPrimary)},
      {{Scheme::kDeepOnet, {2, 5, 3}, {3, 4, 3}}, 2, 33, DeepOnetErrorFloor(targets, {2, 5, 3})},
      {{Scheme::kLowRank, kPrimary, {3, 4, 2}}, 2, 111, LowRankErrorFloor(targets, kPrimary, 2)},
      {{Scheme::kHypernetwork, kPrimary, {3, 4, 37}}, 2, 0, HypernetworkErrorFloor(targets, kPrimary, {3, 4, 37})}};
  for (const Case& expected : cases) {
    SCOPED_TRACE(Name(expected.architecture.scheme));
    EXPECT_EQ(PrimaryDim(expected.architecture), expected.primary_dim);
    EXPECT_EQ(TrainablePrimaryParameters(expected.architecture).value, expected.trainable);
    const std::optional<ErrorFloor> floor = ErrorFloorOf(kSmoothness, expected.architecture);
    ASSERT_TRUE(floor);
    EXPECT_EQ(floor->error, expected.floor->error);
    EXPECT_EQ(floor->argument, expected.floor->argument);
  }
}

TEST(TrainablePrimaryParameters, AreALogarithmBeyondTwoToThe53) {
  const ConditionedArchitecture wide{Scheme::kLowRank, {1, 1'000'000, 1'000'000, 1}, {1, 99'999}};
  const Count count = TrainablePrimaryParameters(wide);  // 10^5 times 10^12 + 4 * 10^6 + 1
  EXPECT_FALSE(count.value);
  EXPECT_NEAR(count.log10, 17, 1e-5);
}

std::string Refusal(const std::function<void()>& function) {
  try {
    function();
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(ConditionedArchitecture, RefusesSizesThatDoNotFit) {
  const auto floor = [](Scheme scheme, const LayerSizes& primary, const LayerSizes& condition) {
    return Refusal([&] { ErrorFloorOf(1, {scheme, primary, condition}); });
  };
  EXPECT_THAT(Refusal([] { GeneratedScalars(Scheme::kFilm, {2}); }), HasSubstr("primary has 1 layer size"));
  EXPECT_THAT(floor(Scheme::kFilm, {2, 0, 1}, {1, 2}), HasSubstr("primary[1] = 0"));
  EXPECT_THAT(floor(Scheme::kFilm, {2, 5, 1}, {1}), HasSubstr("condition has 1 layer size"));
  EXPECT_THAT(floor(Scheme::kFilm, {2, 5, 1}, {10001, 10}), HasSubstr("condition_dim = 10001"));
  EXPECT_THAT(floor(Scheme::kFilm, {10001, 5, 1}, {1, 10}), HasSubstr("primary_dim = 10001"));
  EXPECT_THAT(floor(Scheme::kFilm, {2, 5, 1}, {1, 9}),
              HasSubstr("the last size of condition = 9: the scheme film generates 10 scalars"));
  EXPECT_THAT(floor(Scheme::kEmbedding, {3, 5, 1}, {1, 3}), HasSubstr("= 3 is outside the admissible range"));
  EXPECT_THAT(floor(Scheme::kEmbedding, {10004, 5, 1}, {1, 3}), HasSubstr("an integer from 4 to 10003"));
  EXPECT_EQ(floor(Scheme::kEmbedding, {4, 5, 1}, {1, 3}), "accepted");
  EXPECT_THAT(floor(Scheme::kHypernetwork, {1, 1'000'000'000, 1'000'000'000, 1}, {1, 7}), HasSubstr("generates 10^18"));
}

}  // namespace
}  // namespace hyperwidth
