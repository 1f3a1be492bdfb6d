// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_models.h"

#include <vector>

#include "experiments/rotation/rotation_source.h"
#include "models/embedding_model.h"
#include "models/hypernetwork_model.h"
#include "models/mlp.h"

namespace hyperwidth {
namespace {

// The network that sees the condition: f or e.
Mlp ConditionNetwork(const RotationArchitecture& architecture, Index outputs) {
  std::vector<Index> sizes = {architecture.image_size};
  sizes.insert(sizes.end(), static_cast<std::size_t>(architecture.depth + 1), architecture.width);
  sizes.push_back(outputs);
  return Mlp(sizes, architecture.activation);
}

}  // namespace

template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeRotationHypernetwork(const RotationArchitecture& architecture) {
  const Mlp primary({architecture.image_size, architecture.primary_width, kRotationClasses},
                    architecture.activation,
                    /*has_bias=*/false);
  return std::make_unique<HypernetworkModel<Scalar>>(ConditionNetwork(architecture, primary.parameter_count()),
                                                     primary);
}

template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeRotationEmbedding(const RotationArchitecture& architecture) {
  const Index embedding_dim = architecture.embedding_dim > 0
                                  ? architecture.embedding_dim
                                  : (architecture.image_size + 1) * architecture.primary_width;
  const Mlp primary({architecture.image_size + embedding_dim, architecture.primary_width, kRotationClasses},
                    architecture.activation);
  return std::make_unique<EmbeddingModel<Scalar>>(ConditionNetwork(architecture, embedding_dim), primary);
}

template std::unique_ptr<ConditionalModel<float>> MakeRotationHypernetwork(const RotationArchitecture&);
template std::unique_ptr<ConditionalModel<double>> MakeRotationHypernetwork(const RotationArchitecture&);
template std::unique_ptr<ConditionalModel<float>> MakeRotationEmbedding(const RotationArchitecture&);
template std::unique_ptr<ConditionalModel<double>> MakeRotationEmbedding(const RotationArchitecture&);

}  // namespace hyperwidth
