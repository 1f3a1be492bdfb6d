// SPDX-License-Identifier: Apache-2.0
//
// The two models that Galanti and Wolf (NeurIPS 2020, section 5) compare: a hypernetwork f with a primary network g,
// and an embedding network e with a primary network q. g and q have one hidden layer each.

#ifndef HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PUBLISHED_MODELS_H_
#define HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PUBLISHED_MODELS_H_

#include <string>
#include <vector>

#include "models/graph/function.h"
#include "models/graph/graph.h"
#include "models/types.h"

namespace hyperwidth {

enum class PublishedModel { kHypernetwork, kEmbedding };

// "hypernetwork" or "embedding".
std::string PublishedModelName(PublishedModel model);

// What is the same of both models. Published: the layers of f and e, the units of g and q.
enum class SizeMatch {
  kPublished,  // q has about ten times as many parameters as g has
  kPrimary,    // q has as many hidden units as bring its parameters nearest to those of g, one at least
  kTotal,  // e has as many units in each hidden layer as bring the sum of all parameters nearest to the hypernetwork's
};

// "published", "primary" or "total".
std::string SizeMatchName(SizeMatch match);

// Both models of one comparison. All sizes >= 1.
struct PublishedPair {
  Index x_size = 1;
  Index condition_size = 1;
  Index outputs = 1;
  std::vector<Index> f_hidden = {};  // units of f's hidden layers; f has outputs for all weights of g
  std::vector<Index> e_hidden = {};
  Index embedding_dim = 1;  // outputs of e
  Index g_hidden = 10;      // units of g's hidden layer; g has no bias
  Index q_hidden = 10;
  bool q_has_bias = true;
  Function condition_function = Function::kRelu;  // of f and e
  Function primary_function = Function::kRelu;    // of g and q
};

// N_g = g_hidden (x_size + outputs).
Index GeneratedWeightsOf(const PublishedPair& pair);

// N_q, the weights and biases of (x_size + embedding_dim) -> q_hidden -> outputs.
Index EmbeddingPrimaryParameters(const PublishedPair& pair);

// g(x; f(I)) or q([x; e(I)]), with PyTorch's default start of every dense layer, also of f's last one, which generates
// g. Throws: std::invalid_argument for sizes below 1.
Model MakePublishedModel(PublishedModel model, const PublishedPair& pair);

// The pair with another q or e, as `match` says; the hypernetwork stays. Of e's hidden layers all get one width.
PublishedPair Matched(PublishedPair pair, SizeMatch match);

// What stands beside every error.
struct PublishedSizes {
  Index primary_parameters = 0;  // of what sees x: N_g, generated, or N_q
  Index total_parameters = 0;    // trained
  Index kappa = 0;               // scalars through which the condition acts: models/graph/narrowest_cut.h
  Index multiply_adds_per_condition = 0;
  Index multiply_adds_per_sample = 0;
};
PublishedSizes SizesOf(const Model& model);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PUBLISHED_MODELS_PUBLISHED_MODELS_H_
