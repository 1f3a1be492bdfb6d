// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_match.h"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "experiments/published_models/nearest_size.h"
#include "experiments/rotation/rotation_models.h"

namespace hyperwidth {
namespace {

MlpShape PrimaryOf(RotationModel model, const RotationArchitecture& architecture) {
  return model == RotationModel::kEmbedding ? EmbeddingPrimaryShape(architecture) : GeneratedPrimaryShape(architecture);
}

// f or e.
MlpShape ConditionNetworkOf(RotationModel model, const RotationArchitecture& architecture) {
  return ConditionNetworkShape(
      architecture,
      model == RotationModel::kEmbedding ? architecture.EmbeddingDim() : PrimaryParametersOf(model, architecture));
}

void RequireSizes(const RotationArchitecture& architecture) {
  if (architecture.image_size >= 1 && architecture.depth >= 0 && architecture.width >= 1 &&
      architecture.last_width >= 0 && architecture.primary_width >= 1 && architecture.embedding_dim >= 0) {
    return;
  }
  throw std::invalid_argument("rotation: found a size below 1, accepted: 1 or more");
}

}  // namespace

std::string RotationMatchName(RotationMatch match) {
  switch (match) {
    case RotationMatch::kPublished:
      return "published";
    case RotationMatch::kHiddenUnits:
      return "hidden_units";
    case RotationMatch::kPrimary:
      return "primary";
    case RotationMatch::kTotal:
      return "total";
    case RotationMatch::kKappa:
      return "kappa";
  }
  throw std::logic_error("not a match");
}

std::string RotationMatchText(RotationMatch match) {
  switch (match) {
    case RotationMatch::kPublished:
      return "depth and widths as published, with biases in q and none in g";
    case RotationMatch::kHiddenUnits:
      return "the hidden units of the primary networks, and biases in both";
    case RotationMatch::kPrimary:
      return "the parameters of the primary networks, as nearly as g's hidden units allow";
    case RotationMatch::kTotal:
      return "all trainable parameters, as nearly as the width of f allows";
    case RotationMatch::kKappa:
      return "kappa, the scalars through which a condition acts, and the hidden units and biases of the primary "
             "networks";
  }
  throw std::logic_error("not a match");
}

Index PrimaryParametersOf(RotationModel model, const RotationArchitecture& architecture) {
  return PrimaryOf(model, architecture).NumParameters();
}

Index TrainableParametersOf(RotationModel model, const RotationArchitecture& architecture) {
  return ConditionNetworkOf(model, architecture).NumParameters() +
         (model == RotationModel::kEmbedding ? PrimaryParametersOf(model, architecture) : 0);
}

Index KappaOf(RotationModel model, const RotationArchitecture& architecture) {
  const std::vector<Index> sizes = ConditionNetworkOf(model, architecture).sizes;
  return *std::min_element(sizes.begin(), sizes.end());
}

RotationArchitecture MatchedArchitecture(RotationMatch match,
                                         RotationModel model,
                                         RotationArchitecture published,
                                         Index extra_layers) {
  RequireSizes(published);
  if (extra_layers < 0) throw std::invalid_argument("rotation: found extra_layers below 0, accepted: 0 or more");
  if (model == RotationModel::kEmbedding) return published;
  RotationArchitecture matched = published;
  matched.depth += extra_layers;
  if (match == RotationMatch::kPublished) return matched;
  matched.embedding_dim = 0;  // nothing of the hypernetwork depends on it
  matched.generated_has_bias = true;
  if (match == RotationMatch::kPrimary) {
    matched.primary_width =
        NearestSize(PrimaryParametersOf(RotationModel::kEmbedding, published), [matched](Index h) mutable {
          matched.primary_width = h;
          return PrimaryParametersOf(RotationModel::kHypernetwork, matched);
        });
  }
  if (match == RotationMatch::kTotal) {
    matched.width =
        NearestSize(TrainableParametersOf(RotationModel::kEmbedding, published), [matched](Index w) mutable {
          matched.width = w;
          return TrainableParametersOf(RotationModel::kHypernetwork, matched);
        });
  }
  if (match == RotationMatch::kKappa && published.EmbeddingDim() < matched.width) {
    matched.last_width = published.EmbeddingDim();
  }
  return matched;
}

}  // namespace hyperwidth
