// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_

#include <memory>

#include "models/activation.h"
#include "models/conditional_model.h"

namespace hyperwidth {

// Sizes of the two competing models, by default those of the published experiment.
struct RotationArchitecture {
  Index image_size = 784;  // entries of x and of I
  Index depth = 2;         // >= 1: hidden layers of f and e beyond the first, so that both have depth + 2 weight layers
  Index width = 100;       // units of their hidden layers
  Index primary_width = 10;  // hidden units of the primary networks g and q, which have one hidden layer
  Index embedding_dim = 0;   // outputs of e; 0: (image_size + 1) * primary_width, the published choice
  Activation activation = Activation::kRelu;
};

// g(x; f(I)): f has depth + 2 weight layers, g is image_size -> primary_width -> 12 without biases.
template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeRotationHypernetwork(const RotationArchitecture& architecture);

// q([x; e(I)]): e has depth + 2 weight layers and embedding_dim outputs, q one hidden layer of primary_width units.
template <typename Scalar>
std::unique_ptr<ConditionalModel<Scalar>> MakeRotationEmbedding(const RotationArchitecture& architecture);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_
