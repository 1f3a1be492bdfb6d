// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_models.h"

#include <gtest/gtest.h>

#include <cmath>

namespace hyperwidth {
namespace {

constexpr Index kF = 784 * 100 + 100 + 2 * (100 * 100 + 100);  // f and e of depth 2, without the last layer
constexpr Index kG = 784 * 10 + 10 * 12;
constexpr Index kEmbedding = 785 * 10;
constexpr Index kQ = (784 + kEmbedding) * 10 + 10 + 10 * 12 + 12;

// Also the numbers in README.md.
TEST(RotationModels, HaveThePublishedSizes) {
  const RotationCost hypernetwork = CostOfRotation(MakeRotationHypernetwork({}));
  EXPECT_EQ(hypernetwork.trainable_parameters, 902'660);
  EXPECT_EQ(hypernetwork.generator_parameters, kF + 101 * kG);
  EXPECT_EQ(hypernetwork.primary_parameters, kG) << "generated, not trained";
  EXPECT_EQ(hypernetwork.generated_parameters, kG);

  const RotationCost embedding = CostOfRotation(MakeRotationEmbedding({}));
  EXPECT_EQ(embedding.trainable_parameters, 978'032);
  EXPECT_EQ(embedding.generator_parameters, kF + 101 * kEmbedding);
  EXPECT_EQ(embedding.primary_parameters, kQ);
  EXPECT_EQ(embedding.generated_parameters, 0);
}

TEST(RotationModels, CostWhatTheirFormulasSay) {
  const Index weights_of_f = 784 * 100 + 2 * 100 * 100;
  const RotationCost hypernetwork = CostOfRotation(MakeRotationHypernetwork({}));
  EXPECT_EQ(hypernetwork.multiply_adds, weights_of_f + 100 * kG + kG);
  EXPECT_EQ(hypernetwork.multiply_adds_reusing, kG);
  const RotationCost embedding = CostOfRotation(MakeRotationEmbedding({}));
  EXPECT_EQ(embedding.multiply_adds, weights_of_f + 100 * kEmbedding + kQ - 22);
  EXPECT_EQ(embedding.multiply_adds_reusing, 784 * 10 + 10 * 12) << "what q makes of e(I) is kept too";
}

TEST(RotationModels, DepthAddsLayersToTheNetworkThatSeesTheCondition) {
  for (const auto& make : {MakeRotationHypernetwork, MakeRotationEmbedding}) {
    const RotationCost of_two = CostOfRotation(make({.depth = 2}));
    const RotationCost of_four = CostOfRotation(make({.depth = 4}));
    EXPECT_EQ(of_four.trainable_parameters - of_two.trainable_parameters, 2 * (100 * 100 + 100));
    EXPECT_EQ(of_four.primary_parameters, of_two.primary_parameters);
  }
}

// As PyTorch's dense layers, whatever the generated weights are used for.
TEST(RotationModels, TheGeneratingLayerStartsAsAnyOther) {
  const Model model = MakeRotationHypernetwork({});
  Index heads = 0;
  for (const Tensor& tensor : model.parameters.tensors()) {
    if (tensor.cols != 100) continue;
    EXPECT_EQ(tensor.initialization.kind, Initialization::Kind::kUniform) << tensor.name;
    EXPECT_DOUBLE_EQ(tensor.initialization.scale, 0.1) << tensor.name;
    heads += tensor.name.starts_with("f.head.") ? 1 : 0;
  }
  EXPECT_EQ(heads, 2);
}

}  // namespace
}  // namespace hyperwidth
