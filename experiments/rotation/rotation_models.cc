// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_models.h"

#include "experiments/rotation/rotation_source.h"
#include "models/graph/cost.h"
#include "models/graph/planner.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {

MlpShape ConditionNetworkShape(const RotationArchitecture& architecture, Index outputs) {
  MlpShape shape{.sizes = {architecture.image_size}, .function = architecture.function};
  shape.sizes.insert(shape.sizes.end(), static_cast<std::size_t>(architecture.depth + 1), architecture.width);
  if (architecture.last_width > 0) shape.sizes.back() = architecture.last_width;
  shape.sizes.push_back(outputs);
  return shape;
}

MlpShape GeneratedPrimaryShape(const RotationArchitecture& architecture) {
  return {.sizes = {architecture.image_size, architecture.primary_width, kRotationClasses},
          .function = architecture.function,
          .has_bias = architecture.generated_has_bias};
}

MlpShape EmbeddingPrimaryShape(const RotationArchitecture& architecture) {
  return {
      .sizes = {architecture.image_size + architecture.EmbeddingDim(), architecture.primary_width, kRotationClasses},
      .function = architecture.function};
}

Model MakeRotationHypernetwork(const RotationArchitecture& architecture) {
  const auto g = MlpPrimary(GeneratedPrimaryShape(architecture));
  return Hypernetwork(
      ConditionNetworkShape(architecture, g->NumWeights()), *g, {.start = {.kind = HeadStart::Kind::kDense}});
}

Model MakeRotationEmbedding(const RotationArchitecture& architecture) {
  return Embedding(ConditionNetworkShape(architecture, architecture.EmbeddingDim()),
                   EmbeddingPrimaryShape(architecture));
}

RotationCost CostOfRotation(const Model& model) {
  // So many samples share a condition that whatever depends on it alone is best kept.
  constexpr Index kManySamples = 1'000'000;
  const Cost cost = CostOf(model);
  const Cost of_many_samples = CostOf(Plan(model, kManySamples, /*conditions=*/1));
  return {.primary_parameters = cost.primary_parameters + cost.generated_parameters,
          .generator_parameters = cost.condition_parameters,
          .trainable_parameters = cost.trainable_parameters,
          .generated_parameters = cost.generated_parameters,
          .multiply_adds = cost.MultiplyAdds(),
          .multiply_adds_reusing = of_many_samples.MultiplyAddsReusing()};
}

}  // namespace hyperwidth
