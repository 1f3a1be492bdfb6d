// SPDX-License-Identifier: Apache-2.0

#include "theory/known_layers.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using Points = LayerGroup::Points;

TEST(NumParameters, CountsWeightsAndBiases) {
  EXPECT_EQ(NumParameters({3, 64, 64, 1}).value, 64 * 4 + 64 * 65 + 65);
  EXPECT_EQ(NumParameters({1, 1}).value, 2);
  EXPECT_EQ(NumParameters({134'217'727, 67'108'864}).value, kMaxExactCount);
  // 2^53 - 4 is exact, and 2^53 + 2^27 - 2 is given by its logarithm.
  EXPECT_EQ(NumParameters({1, 67'108'864, 134'217'724}).value, kMaxExactCount - 4);
  EXPECT_EQ(NumParameters({1, 67'108'864, 134'217'726}).value, std::nullopt);
  EXPECT_NEAR(NumParameters({1, 67'108'864, 134'217'726}).log10, 53 * std::log10(2), 1e-7);
  EXPECT_NEAR(NumParameters(LayerSizes(20, 1'000'000'000)).log10, 18 + std::log10(19), 1e-8);
}

// By hand, for 2 inputs and 5, 3 hidden units: the layers have 15, 18 and 4 parameters.
TEST(KnownLayers, HaveTheVariablesAndDegreesOfTheirScheme) {
  const LayerSizes sizes = {2, 5, 3, 1};
  EXPECT_THAT(StandardLayers(sizes),
              ElementsAre(KnownLayer{5, Points::kAll, 15, 0, 1},
                          KnownLayer{3, Points::kAll, 33, 0, 2},
                          KnownLayer{1, Points::kAll, 37, 0, 3}));
  EXPECT_THAT(EmbeddingLayers(sizes, 1),
              ElementsAre(KnownLayer{5, Points::kAll, 15, 1, 2},
                          KnownLayer{3, Points::kAll, 33, 1, 3},
                          KnownLayer{1, Points::kAll, 37, 1, 4}));
  // The first layer keeps 5 weights for its one x, and all but those when it has no other input.
  EXPECT_THAT(FirstLayerBiasLayers(sizes, 1),
              ElementsAre(KnownLayer{5, Points::kAll, 5, 5, 1},
                          KnownLayer{3, Points::kAll, 23, 5, 2},
                          KnownLayer{1, Points::kAll, 27, 5, 3}));
  EXPECT_THAT(FirstLayerBiasLayers(sizes),
              ElementsAre(KnownLayer{5, Points::kAll, 10, 5, 1},
                          KnownLayer{3, Points::kAll, 28, 5, 2},
                          KnownLayer{1, Points::kAll, 32, 5, 3}));
  EXPECT_THAT(FilmLayers(sizes),
              ElementsAre(KnownLayer{5, Points::kAll, 15, 10, 2},
                          KnownLayer{3, Points::kAll, 33, 16, 4},
                          KnownLayer{1, Points::kAll, 37, 16, 5}));
  EXPECT_THAT(LowRankLayers(sizes, 2),
              ElementsAre(KnownLayer{5, Points::kAll, 45, 2, 2},
                          KnownLayer{3, Points::kAll, 99, 2, 4},
                          KnownLayer{1, Points::kAll, 111, 2, 6}));
}

TEST(KnownLayers, SeeThePointsOfTheirScheme) {
  EXPECT_THAT(DeepOnetLayers({2, 5, 3}),
              ElementsAre(KnownLayer{5, Points::kPrimary, 15, 0, 1},
                          KnownLayer{3, Points::kPrimary, 33, 0, 2},
                          KnownLayer{1, Points::kAll, 33, 3, 3}));
  // g has 4 + 3 parameters; f has 2 * 3 in its hidden layer and 3 for each of its outputs.
  EXPECT_THAT(HypernetworkLayers({1, 2, 1}, {2, 2, 7}),
              ElementsAre(KnownLayer{2, Points::kConditions, 6, 0, 1},
                          KnownLayer{2, Points::kAll, 6 + 3 * 4, 0, 2},
                          KnownLayer{1, Points::kAll, 6 + 3 * 7, 0, 4}));
  EXPECT_THAT(HypernetworkLayers({1, 1}, {3, 2}), ElementsAre(KnownLayer{1, Points::kAll, 4 * 2, 0, 1}));
}

// 10^9 units with 10^9 inputs each, of which one is x: subtracting from the 10^18 weights would leave nothing exact.
TEST(FirstLayerBiasLayers, AreExactForTheLargestSizes) {
  const auto layers = FirstLayerBiasLayers({1'000'000'000, 1'000'000'000, 1}, 999'999'999);
  EXPECT_EQ(layers.front().parameters, 1e9);
  EXPECT_EQ(layers.back().parameters, 2e9 + 1);
}

std::string Message(const LayerSizes& sizes) {
  try {
    RequireSizesInRange("primary", sizes);
  } catch (const std::domain_error& error) {
    return error.what();
  }
  return "accepted";
}

TEST(RequireSizesInRange, NamesTheSize) {
  EXPECT_EQ(Message({}), "primary has 0 layer sizes: at least two are needed, the inputs first");
  EXPECT_EQ(Message({3}), "primary has 1 layer size: at least two are needed, the inputs first");
  const std::string range = " is outside the admissible range: an integer from 1 to 1000000000";
  EXPECT_EQ(Message({0, 1}), "primary[0] = 0" + range);
  EXPECT_EQ(Message({3, 0, 1}), "primary[1] = 0" + range);
  EXPECT_EQ(Message({3, -4, 1}), "primary[1] = -4" + range);
  EXPECT_EQ(Message({3, 1, 1'000'000'001}), "primary[2] = 1000000001" + range);
  EXPECT_EQ(Message({1'000'000'000, 1}), "accepted");
  EXPECT_EQ(Message({1, 1, 1'000'000'000}), "accepted");
}

TEST(RequireSizesInRange, AcceptsUpToTheLargestDepth) {
  EXPECT_EQ(Message(LayerSizes(kMaxDepth + 1, 1)), "accepted");
  EXPECT_EQ(Message(LayerSizes(kMaxDepth + 2, 1)),
            "the number of weight layers of primary = 1000001 is outside the admissible range: an integer from 1 to "
            "1000000");
}

TEST(NumParameters, RefusesSizesOutOfRange) {
  EXPECT_THROW(NumParameters({3}), std::domain_error);
  EXPECT_THROW(NumParameters({3, 0, 1}), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
