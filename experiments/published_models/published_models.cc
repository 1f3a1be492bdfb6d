// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/published_models.h"

#include <algorithm>

#include "experiments/published_models/nearest_size.h"
#include "models/graph/cost.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

MlpShape ConditionNetwork(const PublishedPair& pair, const std::vector<Index>& hidden, Index outputs) {
  MlpShape shape{.sizes = {pair.condition_size}, .function = pair.condition_function};
  shape.sizes.insert(shape.sizes.end(), hidden.begin(), hidden.end());
  shape.sizes.push_back(outputs);
  return shape;
}

MlpShape EmbeddingPrimary(const PublishedPair& pair) {
  return {.sizes = {pair.x_size + pair.embedding_dim, pair.q_hidden, pair.outputs},
          .function = pair.primary_function,
          .has_bias = pair.q_has_bias};
}

Index EmbeddingTotal(const PublishedPair& pair) {
  return ConditionNetwork(pair, pair.e_hidden, pair.embedding_dim).NumParameters() + EmbeddingPrimaryParameters(pair);
}

}  // namespace

std::string PublishedModelName(PublishedModel model) {
  return model == PublishedModel::kHypernetwork ? "hypernetwork" : "embedding";
}

std::string SizeMatchName(SizeMatch match) {
  switch (match) {
    case SizeMatch::kPrimary:
      return "primary";
    case SizeMatch::kTotal:
      return "total";
    case SizeMatch::kPublished:
      break;
  }
  return "published";
}

Index GeneratedWeightsOf(const PublishedPair& pair) { return pair.g_hidden * (pair.x_size + pair.outputs); }

Index EmbeddingPrimaryParameters(const PublishedPair& pair) { return EmbeddingPrimary(pair).NumParameters(); }

Model MakePublishedModel(PublishedModel model, const PublishedPair& pair) {
  if (model == PublishedModel::kEmbedding) {
    return Embedding(ConditionNetwork(pair, pair.e_hidden, pair.embedding_dim), EmbeddingPrimary(pair));
  }
  const auto g = MlpPrimary(
      {.sizes = {pair.x_size, pair.g_hidden, pair.outputs}, .function = pair.primary_function, .has_bias = false});
  return Hypernetwork(
      ConditionNetwork(pair, pair.f_hidden, g->NumWeights()), *g, {.start = {.kind = HeadStart::Kind::kDense}});
}

PublishedPair Matched(PublishedPair pair, SizeMatch match) {
  PublishedPair other = pair;
  if (match == SizeMatch::kPrimary) {
    pair.q_hidden = NearestSize(GeneratedWeightsOf(pair), [&](Index units) {
      other.q_hidden = units;
      return EmbeddingPrimaryParameters(other);
    });
  }
  if (match == SizeMatch::kTotal && !pair.e_hidden.empty()) {
    const Index total = ConditionNetwork(pair, pair.f_hidden, GeneratedWeightsOf(pair)).NumParameters();
    const Index width = NearestSize(total, [&](Index units) {
      std::fill(other.e_hidden.begin(), other.e_hidden.end(), units);
      return EmbeddingTotal(other);
    });
    std::fill(pair.e_hidden.begin(), pair.e_hidden.end(), width);
  }
  return pair;
}

PublishedSizes SizesOf(const Model& model) {
  const Cost cost = CostOf(model);
  return {.primary_parameters = cost.primary_parameters + cost.generated_parameters,
          .total_parameters = cost.trainable_parameters,
          .kappa = cost.kappa,
          .multiply_adds_per_condition = cost.multiply_adds_per_condition,
          .multiply_adds_per_sample = cost.multiply_adds_per_sample};
}

}  // namespace hyperwidth
