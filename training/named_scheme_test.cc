// SPDX-License-Identifier: Apache-2.0

#include "training/named_scheme.h"

#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/graph/cost.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

SchemeSizes Sizes() { return {.x_size = 3, .outputs = 2, .condition_hidden = {40}, .primary_hidden = {7, 5}}; }

TEST(NamedScheme, HasAnyNumberOfOutputs) {
  for (const std::string& name : AllSchemeNames()) {
    for (const Index outputs : {1, 2, 5}) {
      SchemeSizes sizes = Sizes();
      sizes.outputs = outputs;
      const Model model = NamedScheme(name, sizes);
      EXPECT_EQ(model.name, name);
      EXPECT_EQ(model.graph.shape(model.output).rows, outputs) << name;
      EXPECT_EQ(model.graph.x_size(), 3) << name;
    }
  }
}

// The weights of the last so many of g's three layers, or of all for 0.
Index WeightsOfLast(Index layers) {
  const Index of_layer[] = {3 * 7 + 7, 7 * 5 + 5, 5 * 2 + 2};
  Index weights = 0;
  for (Index layer = 0; layer < 3; ++layer) weights += layers == 0 || layer >= 3 - layers ? of_layer[layer] : 0;
  return weights;
}

TEST(NamedScheme, GeneratesTheLastLayersAndTrainsTheOthers) {
  for (const Index generated_layers : {0, 1, 2, 3}) {
    SchemeSizes sizes = Sizes();
    sizes.generated_layers = generated_layers;
    const Index generated = WeightsOfLast(generated_layers);
    const Cost cost = CostOf(NamedScheme("hypernetwork", sizes));
    EXPECT_EQ(cost.generated_parameters, generated) << generated_layers;
    EXPECT_EQ(cost.primary_parameters, 28 + 40 + 12 - generated) << generated_layers;
    EXPECT_EQ(cost.condition_parameters, 65 * 40 + 41 * generated) << generated_layers;
  }
}

TEST(NamedScheme, MovesTheLastLayersOfLowRankAndTrainsTheOthersAlone) {
  for (const Index moved_layers : {0, 1, 2, 3}) {
    SchemeSizes sizes = Sizes();
    sizes.generated_layers = moved_layers;
    const Cost cost = CostOf(NamedScheme("low-rank", sizes));
    EXPECT_EQ(cost.primary_parameters, 28 + 40 + 12 + sizes.scalars * WeightsOfLast(moved_layers)) << moved_layers;
    EXPECT_EQ(cost.kappa, sizes.scalars);
  }
}

std::string MessageOf(const std::string& name, const SchemeSizes& sizes) {
  try {
    NamedScheme(name, sizes);
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

TEST(NamedScheme, SaysWhatIsAccepted) {
  EXPECT_THAT(MessageOf("mlp", Sizes()), AllOf(HasSubstr("'mlp'"), HasSubstr("concat, embedding, table")));
  EXPECT_THAT(MessageOf("hyper\nnetwork", Sizes()), HasSubstr("found 'hyper?network', accepted: concat, "));
  for (const Index count : {-1, 4}) {
    SchemeSizes sizes = Sizes();
    sizes.generated_layers = count;
    for (const char* scheme : {"hypernetwork", "low-rank"}) {
      EXPECT_THAT(MessageOf(scheme, sizes),
                  AllOf(HasSubstr("generated_layers: found " + std::to_string(count)), HasSubstr("0 to 3")));
    }
  }
}

TEST(NamedScheme, HeadsStartAsTheyAreAskedTo) {
  const auto largest = [](HeadStart::Kind start) {
    const Model model = NamedScheme("hypernetwork",
                                    {.condition_size = 4,
                                     .condition_hidden = {8},
                                     .primary_hidden = {6},
                                     .generated_layers = 1,
                                     .head_start = start});
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(1, theta);
    const Tensor& tensor = model.parameters.Find("f.head.1.weight.weight");
    return theta.segment(tensor.first, tensor.size()).cwiseAbs().maxCoeff();
  };
  const double dense = largest(HeadStart::Kind::kDense);
  EXPECT_NEAR(largest(HeadStart::Kind::kBiasOnly), 1e-3 * dense, 1e-9);
  EXPECT_NE(largest(HeadStart::Kind::kHyperfanIn), dense);
}

}  // namespace
}  // namespace hyperwidth
