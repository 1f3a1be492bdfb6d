// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_match.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

constexpr RotationModel kModels[] = {RotationModel::kHypernetwork, RotationModel::kEmbedding};
constexpr RotationMatch kMatches[] = {RotationMatch::kPublished,
                                      RotationMatch::kHiddenUnits,
                                      RotationMatch::kPrimary,
                                      RotationMatch::kTotal,
                                      RotationMatch::kKappa};

RotationArchitecture Matched(RotationMatch match, RotationModel model, Index depth = 2, Index embedding_dim = 0) {
  return MatchedArchitecture(match, model, {.depth = depth, .embedding_dim = embedding_dim});
}

Index Primary(RotationMatch match, RotationModel model, Index embedding_dim = 0) {
  return PrimaryParametersOf(model, Matched(match, model, 2, embedding_dim));
}

Index Trainable(RotationMatch match, RotationModel model, Index depth, Index embedding_dim = 0) {
  return TrainableParametersOf(model, Matched(match, model, depth, embedding_dim));
}

// The published text says how f, e, g and q are made: 784 -> 100 x (depth + 1) -> outputs, and 10 hidden units. Its
// "10 d + 10" generated weights are 10 d + 120 with twelve classes, and 10 d + 10 are the outputs of e.
TEST(RotationMatch, CountsAreThoseOfThePublishedText) {
  for (const Index d : {784, 3072}) {
    const RotationArchitecture published{.image_size = d};
    EXPECT_EQ(PrimaryParametersOf(RotationModel::kHypernetwork, published), 10 * d + 120);
    EXPECT_EQ(published.EmbeddingDim(), 10 * d + 10);
    EXPECT_EQ(PrimaryParametersOf(RotationModel::kEmbedding, published), (d + 10 * d + 10) * 10 + 10 + 10 * 12 + 12);
    EXPECT_EQ(KappaOf(RotationModel::kHypernetwork, published), 100);
    EXPECT_EQ(KappaOf(RotationModel::kEmbedding, published), 100);
  }
  EXPECT_EQ(Primary(RotationMatch::kPublished, RotationModel::kHypernetwork), 7'960);
  EXPECT_EQ(Primary(RotationMatch::kPublished, RotationModel::kEmbedding), 86'482);
  EXPECT_EQ(Trainable(RotationMatch::kPublished, RotationModel::kHypernetwork, 2), 902'660);
  EXPECT_EQ(Trainable(RotationMatch::kPublished, RotationModel::kEmbedding, 2), 978'032);
  // The sweep over embeddings: 784 -> 100 -> 10^4 i.
  EXPECT_EQ(Trainable(RotationMatch::kPublished, RotationModel::kEmbedding, 0, 30'000),
            785 * 100 + 101 * 30'000 + (784 + 30'000 + 1) * 10 + 132);
  EXPECT_EQ(Trainable(RotationMatch::kPublished, RotationModel::kHypernetwork, 0, 30'000), 785 * 100 + 101 * 7'960);
}

// The published code of the sweep over embeddings: f 784 -> 100 -> 100 -> N_g beside e 784 -> 100 -> E.
TEST(RotationMatch, ExtraLayersAreThoseOfTheHypernetworkAlone) {
  const RotationArchitecture published{.depth = 0};
  const auto matched = [&](RotationMatch match, RotationModel model) {
    return MatchedArchitecture(match, model, published, /*extra_layers=*/1);
  };
  for (const RotationMatch match : kMatches) {
    EXPECT_EQ(matched(match, RotationModel::kEmbedding).depth, 0);
    EXPECT_EQ(matched(match, RotationModel::kHypernetwork).depth, 1);
  }
  EXPECT_EQ(TrainableParametersOf(RotationModel::kHypernetwork,
                                  matched(RotationMatch::kPublished, RotationModel::kHypernetwork)),
            785 * 100 + 101 * 100 + 101 * 7'960);
  // The width of f makes up for its depth.
  const Index wanted = TrainableParametersOf(RotationModel::kEmbedding, published);
  RotationArchitecture total = matched(RotationMatch::kTotal, RotationModel::kHypernetwork);
  const Index found = TrainableParametersOf(RotationModel::kHypernetwork, total);
  for (const Index step : {-1, 1}) {
    total.width += step;
    EXPECT_LE(std::abs(found - wanted), std::abs(TrainableParametersOf(RotationModel::kHypernetwork, total) - wanted));
    total.width -= step;
  }
  EXPECT_THROW(MatchedArchitecture(RotationMatch::kPublished, RotationModel::kEmbedding, published, -1),
               std::invalid_argument);
}

TEST(RotationMatch, FormulasCountWhatTheModelsHave) {
  for (const RotationMatch match : kMatches) {
    for (const RotationModel model : kModels) {
      for (const Index depth : {0, 3}) {
        for (const Index embedding_dim : {2, 150}) {
          const RotationArchitecture architecture = MatchedArchitecture(
              match, model, {.image_size = 20, .depth = depth, .width = 30, .embedding_dim = embedding_dim});
          const RotationCost cost = CostOfRotation(MakeRotationModel({.model = model, .architecture = architecture}));
          const std::string which =
              RotationMatchName(match) + " " + RotationModelName(model, depth) + " " + std::to_string(embedding_dim);
          EXPECT_EQ(PrimaryParametersOf(model, architecture), cost.primary_parameters) << which;
          EXPECT_EQ(TrainableParametersOf(model, architecture), cost.trainable_parameters) << which;
        }
      }
    }
  }
}

TEST(RotationMatch, TheEmbeddingIsNeverChanged) {
  for (const RotationMatch match : kMatches) {
    EXPECT_EQ(Trainable(match, RotationModel::kEmbedding, 4),
              Trainable(RotationMatch::kPublished, RotationModel::kEmbedding, 4));
  }
}

TEST(RotationMatch, HiddenUnitsAreTenInBothAndBothHaveBiases) {
  const RotationArchitecture g = Matched(RotationMatch::kHiddenUnits, RotationModel::kHypernetwork);
  EXPECT_EQ(g.primary_width, 10);
  EXPECT_TRUE(g.generated_has_bias);
  EXPECT_EQ(PrimaryParametersOf(RotationModel::kHypernetwork, g), 7'960 + 10 + 12);
}

// One hidden unit more or less is 797 parameters, half of which is the most that may be missing; a width more is
// thousands.
TEST(RotationMatch, PrimaryAndTotalAreAsNearAsWholeNumbersAllow) {
  for (const Index embedding_dim : {2, 100, 0, 80'000}) {
    const Index wanted = Primary(RotationMatch::kPublished, RotationModel::kEmbedding, embedding_dim);
    const Index found = Primary(RotationMatch::kPrimary, RotationModel::kHypernetwork, embedding_dim);
    EXPECT_LE(2 * std::abs(found - wanted), 797) << embedding_dim;
    for (const Index depth : {0, 4}) {
      RotationArchitecture f = Matched(RotationMatch::kTotal, RotationModel::kHypernetwork, depth, embedding_dim);
      const auto distance = [&](Index width) {
        f.width = width;
        return std::abs(TrainableParametersOf(RotationModel::kHypernetwork, f) -
                        Trainable(RotationMatch::kPublished, RotationModel::kEmbedding, depth, embedding_dim));
      };
      const Index width = f.width;
      const Index least = distance(width);
      EXPECT_LE(least, distance(width + 1)) << embedding_dim << " " << depth;
      if (width > 1) {
        EXPECT_LE(least, distance(width - 1)) << embedding_dim << " " << depth;
      }
    }
  }
  EXPECT_EQ(Matched(RotationMatch::kPrimary, RotationModel::kHypernetwork).primary_width, 108);
}

TEST(RotationMatch, KappaIsThatOfTheEmbedding) {
  for (const Index embedding_dim : {2, 99, 100, 101, 0}) {
    const Index kappa = KappaOf(RotationModel::kEmbedding, {.embedding_dim = embedding_dim});
    EXPECT_EQ(kappa, embedding_dim > 0 ? std::min<Index>(embedding_dim, 100) : 100);
    for (const Index depth : {0, 2}) {
      EXPECT_EQ(KappaOf(RotationModel::kHypernetwork,
                        Matched(RotationMatch::kKappa, RotationModel::kHypernetwork, depth, embedding_dim)),
                kappa);
    }
  }
}

TEST(RotationMatch, RefusesSizesBelowOne) {
  for (const RotationArchitecture& wrong : {RotationArchitecture{.image_size = 0},
                                            RotationArchitecture{.depth = -1},
                                            RotationArchitecture{.width = 0},
                                            RotationArchitecture{.last_width = -1},
                                            RotationArchitecture{.primary_width = 0},
                                            RotationArchitecture{.embedding_dim = -1}}) {
    EXPECT_THROW(MatchedArchitecture(RotationMatch::kTotal, RotationModel::kHypernetwork, wrong),
                 std::invalid_argument);
  }
}

}  // namespace
}  // namespace hyperwidth
