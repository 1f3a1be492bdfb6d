// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_

#include "models/graph/function.h"
#include "models/graph/graph.h"
#include "models/schemes/builder.h"
#include "models/types.h"

namespace hyperwidth {

// Sizes of the two competing models, by default those of the published experiment.
struct RotationArchitecture {
  Index image_size = 784;  // entries of x and of I
  Index depth = 2;         // >= 0: hidden layers of f and e beyond the first, so that both have depth + 2 weight layers
  Index width = 100;       // units of their hidden layers
  Index last_width = 0;    // units of the last of these; 0: width
  Index primary_width = 10;         // hidden units of the primary networks g and q, which have one hidden layer
  Index embedding_dim = 0;          // outputs of e; 0: (image_size + 1) * primary_width, the published choice
  bool generated_has_bias = false;  // whether g has biases; q always has
  Function function = Function::kRelu;

  // embedding_dim, with what 0 stands for.
  Index EmbeddingDim() const { return embedding_dim > 0 ? embedding_dim : (image_size + 1) * primary_width; }
};

// The shapes of their networks: f or e, with so many outputs; g; and q.
MlpShape ConditionNetworkShape(const RotationArchitecture& architecture, Index outputs);
MlpShape GeneratedPrimaryShape(const RotationArchitecture& architecture);
MlpShape EmbeddingPrimaryShape(const RotationArchitecture& architecture);

// g(x; f(I)): f has depth + 2 weight layers, g is image_size -> primary_width -> 12, as published without biases. All
// layers of f start as PyTorch's dense layers do, also the last one, which generates g. Throws: std::invalid_argument
// for sizes below 1.
Model MakeRotationHypernetwork(const RotationArchitecture& architecture);

// q([x; e(I)]): e has depth + 2 weight layers and embedding_dim outputs, q one hidden layer of primary_width units.
// Throws: std::invalid_argument for sizes below 1.
Model MakeRotationEmbedding(const RotationArchitecture& architecture);

// What a model costs, in the words of the results. Networks that see x and networks that see I are counted apart.
struct RotationCost {
  Index primary_parameters = 0;     // of the network that sees x: N_q, or the generated N_g
  Index generator_parameters = 0;   // of the network that sees I: N_e or N_f
  Index trainable_parameters = 0;   // the length of theta
  Index generated_parameters = 0;   // generated for each condition: N_g for a hypernetwork, else 0
  Index multiply_adds = 0;          // of one forward pass for one sample with a condition not seen before
  Index multiply_adds_reusing = 0;  // the same if what depends on the condition alone is kept from an earlier sample
};
RotationCost CostOfRotation(const Model& model);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MODELS_H_
