// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/published_models.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <vector>

namespace hyperwidth {
namespace {

constexpr auto kHypernetwork = PublishedModel::kHypernetwork;
constexpr auto kEmbedding = PublishedModel::kEmbedding;

// 42 -> 10 -> 3 and 492 -> 10 -> 3 for 32 x 32 grey images, f and e 1024 -> 100 -> 450.
PublishedPair Colours() {
  return {.x_size = 42,
          .condition_size = 1024,
          .outputs = 3,
          .f_hidden = {100},
          .e_hidden = {100},
          .embedding_dim = 450,
          .q_has_bias = false};
}

PublishedSizes Sizes(PublishedModel model, const PublishedPair& pair) {
  return SizesOf(MakePublishedModel(model, pair));
}

TEST(PublishedModels, HaveTheParametersOfTheirLayers) {
  const PublishedSizes hypernetwork = Sizes(kHypernetwork, Colours()), embedding = Sizes(kEmbedding, Colours());
  const Index condition_network = 1024 * 100 + 100 + 100 * 450 + 450;
  EXPECT_EQ(hypernetwork.primary_parameters, 450);
  EXPECT_EQ(hypernetwork.total_parameters, condition_network);
  EXPECT_EQ(embedding.primary_parameters, 4950);
  EXPECT_EQ(embedding.total_parameters, condition_network + 4950);
}

// The condition reaches x through the narrowest of the hidden layers and the outputs of f or e.
TEST(PublishedModels, HaveTheKappaOfTheNarrowestLayer) {
  EXPECT_EQ(Sizes(kHypernetwork, Colours()).kappa, 100);
  EXPECT_EQ(Sizes(kEmbedding, Colours()).kappa, 100);
  PublishedPair narrow = Colours();
  narrow.embedding_dim = 7;
  narrow.f_hidden = {100, 30};
  EXPECT_EQ(Sizes(kEmbedding, narrow).kappa, 7);
  EXPECT_EQ(Sizes(kHypernetwork, narrow).kappa, 30);
}

TEST(PublishedModels, HaveABiasInQIfItIsAsked) {
  PublishedPair pair = Colours();
  pair.q_has_bias = true;
  EXPECT_EQ(Sizes(kEmbedding, pair).primary_parameters, 4950 + 10 + 3);
  EXPECT_EQ(EmbeddingPrimaryParameters(pair), 4963);
  EXPECT_EQ(Sizes(kHypernetwork, pair).primary_parameters, 450);
}

TEST(PublishedModels, RefuseLayersWithoutUnits) {
  PublishedPair pair = Colours();
  pair.f_hidden = {0};
  EXPECT_THROW(MakePublishedModel(kHypernetwork, pair), std::invalid_argument);
  pair.q_hidden = 0;
  EXPECT_THROW(MakePublishedModel(kEmbedding, pair), std::invalid_argument);
}

TEST(Matched, LeavesThePublishedPairAsItIs) {
  const PublishedPair pair = Matched(Colours(), SizeMatch::kPublished);
  EXPECT_EQ(pair.q_hidden, 10);
  EXPECT_EQ(pair.e_hidden, std::vector<Index>{100});
}

TEST(Matched, BringsTheParametersOfQNearestToThoseOfG) {
  for (const bool has_bias : {false, true}) {
    for (const Index dim : {5, 45, 450}) {
      PublishedPair pair = Colours();
      pair.embedding_dim = dim;
      pair.q_has_bias = has_bias;
      const PublishedPair matched = Matched(pair, SizeMatch::kPrimary);
      const auto distance = [&](Index units) {
        PublishedPair other = matched;
        other.q_hidden = units;
        return std::abs(EmbeddingPrimaryParameters(other) - 450);
      };
      EXPECT_LE(distance(matched.q_hidden), distance(matched.q_hidden + 1)) << dim;
      if (matched.q_hidden > 1) {
        EXPECT_LE(distance(matched.q_hidden), distance(matched.q_hidden - 1)) << dim;
      }
      EXPECT_EQ(matched.e_hidden, pair.e_hidden);
    }
  }
  EXPECT_EQ(Matched(Colours(), SizeMatch::kPrimary).q_hidden, 1);
}

TEST(Matched, BringsTheSumOfAllParametersWithinTwoPercent) {
  for (std::size_t hidden = 1; hidden <= 8; ++hidden) {
    PublishedPair pair = Colours();
    pair.f_hidden.assign(hidden, 100);
    pair.e_hidden.assign(hidden, 100);
    const PublishedPair matched = Matched(pair, SizeMatch::kTotal);
    const Index wanted = Sizes(kHypernetwork, pair).total_parameters;
    const Index found = Sizes(kEmbedding, matched).total_parameters;
    EXPECT_LE(std::abs(found - wanted), wanted / 50) << hidden;
    // No other width is nearer.
    for (const Index step : {-1, 1}) {
      PublishedPair other = matched;
      for (Index& width : other.e_hidden) width += step;
      EXPECT_LE(std::abs(found - wanted), std::abs(Sizes(kEmbedding, other).total_parameters - wanted)) << hidden;
    }
    EXPECT_EQ(matched.q_hidden, 10);
    EXPECT_EQ(matched.f_hidden, pair.f_hidden);
  }
}

// Where e is a single layer there is no width to choose.
TEST(Matched, LeavesAnEmbeddingNetworkWithoutHiddenLayers) {
  PublishedPair pair = Colours();
  pair.e_hidden = {};
  EXPECT_EQ(Sizes(kEmbedding, Matched(pair, SizeMatch::kTotal)).total_parameters, 1025 * 450 + 4950);
}

TEST(PublishedModels, AreCalledAsInResults) {
  EXPECT_EQ(PublishedModelName(kHypernetwork), "hypernetwork");
  EXPECT_EQ(PublishedModelName(kEmbedding), "embedding");
  EXPECT_EQ(SizeMatchName(SizeMatch::kPublished), "published");
  EXPECT_EQ(SizeMatchName(SizeMatch::kPrimary), "primary");
  EXPECT_EQ(SizeMatchName(SizeMatch::kTotal), "total");
}

}  // namespace
}  // namespace hyperwidth
