// SPDX-License-Identifier: Apache-2.0
#include "experiments/published_models/published_models.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

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

// The width of all hidden layers of e with which the embedding has as many parameters as `total`, or nearly. Found by
// bisection, since the count rises with the width.
Index NearestWidth(PublishedPair pair, Index total) {
  const auto total_with = [&](Index width) {
    std::fill(pair.e_hidden.begin(), pair.e_hidden.end(), width);
    return EmbeddingTotal(pair);
  };
  Index low = 1, high = 2;
  while (total_with(high) < total) low = high, high *= 2;
  while (high - low > 1) {
    const Index middle = (low + high) / 2;
    (total_with(middle) < total ? low : high) = middle;
  }
  return std::abs(total_with(low) - total) <= std::abs(total_with(high) - total) ? low : high;
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
  if (match == SizeMatch::kPrimary) {
    const Index constant = pair.q_has_bias ? pair.outputs : 0;
    const Index per_unit = pair.x_size + pair.embedding_dim + pair.outputs + (pair.q_has_bias ? 1 : 0);
    const double units = static_cast<double>(GeneratedWeightsOf(pair) - constant) / static_cast<double>(per_unit);
    pair.q_hidden = std::max<Index>(1, std::llround(units));
  }
  if (match == SizeMatch::kTotal && !pair.e_hidden.empty()) {
    const Index total = ConditionNetwork(pair, pair.f_hidden, GeneratedWeightsOf(pair)).NumParameters();
    std::fill(pair.e_hidden.begin(), pair.e_hidden.end(), NearestWidth(pair, total));
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
