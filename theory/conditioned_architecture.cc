// SPDX-License-Identifier: Apache-2.0

#include "theory/conditioned_architecture.h"

#include <cmath>
#include <cstdint>
#include <stdexcept>

#include "theory/domain_check.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

void RequireSizes(const ConditionedArchitecture& architecture) {
  RequireSizesInRange("primary", architecture.primary);
  RequireSizesInRange("condition", architecture.condition);
}

Count CountOf(double parameters) {
  if (parameters <= static_cast<double>(kMaxExactCount)) return Count::Exact(static_cast<std::int64_t>(parameters));
  return Count::FromLog10(std::log10(parameters));
}

void RequireGenerated(const ConditionedArchitecture& architecture) {
  const std::optional<Count> generated = GeneratedScalars(architecture.scheme, architecture.primary);
  if (!generated || generated->value == architecture.condition.back()) return;
  throw std::domain_error("the last size of condition = " + std::to_string(architecture.condition.back()) +
                          ": the scheme " + Name(architecture.scheme) + " generates " + generated->Text() +
                          " scalars for this primary network");
}

}  // namespace

std::optional<Count> GeneratedScalars(Scheme scheme, const LayerSizes& primary) {
  RequireSizesInRange("primary", primary);
  switch (scheme) {
    case Scheme::kEmbedding:
    case Scheme::kLowRank:
      return std::nullopt;
    case Scheme::kConditionalBias:
      return Count::Exact(primary[1]);
    case Scheme::kFilm: {
      std::int64_t hidden = 0;
      for (std::size_t i = 1; i + 1 < primary.size(); ++i) hidden += primary[i];
      return Count::Exact(2 * hidden);
    }
    case Scheme::kDeepOnet:
      return Count::Exact(primary.back());
    case Scheme::kHypernetwork:
      return NumParameters(primary);
  }
  return std::nullopt;
}

std::int64_t PrimaryDim(const ConditionedArchitecture& architecture) {
  RequireSizes(architecture);
  if (architecture.scheme != Scheme::kEmbedding) return architecture.primary.front();
  const std::int64_t embedding_dim = architecture.condition.back();
  RequireInteger("primary[0], the inputs x and the embedding,",
                 architecture.primary.front(),
                 1 + embedding_dim,
                 kMaxDimension + embedding_dim);
  return architecture.primary.front() - embedding_dim;
}

Count TrainablePrimaryParameters(const ConditionedArchitecture& architecture) {
  RequireSizes(architecture);
  switch (architecture.scheme) {
    case Scheme::kEmbedding:
    case Scheme::kFilm:
    case Scheme::kDeepOnet:
      return NumParameters(architecture.primary);
    case Scheme::kConditionalBias:
      return CountOf(FirstLayerBiasLayers(architecture.primary).back().parameters);
    case Scheme::kLowRank:
      return CountOf(LowRankLayers(architecture.primary, architecture.condition.back()).back().parameters);
    case Scheme::kHypernetwork:
      return Count::Exact(0);
  }
  return NumParameters(architecture.primary);
}

std::optional<ErrorFloor> ErrorFloorOf(int smoothness, const ConditionedArchitecture& architecture, BallNorm norm) {
  const std::int64_t primary_dim = PrimaryDim(architecture);
  RequireInteger("primary_dim", primary_dim, 1, kMaxDimension);
  RequireInteger("condition_dim", architecture.condition.front(), 1, kMaxDimension);
  RequireGenerated(architecture);
  const LayerSizes& primary = architecture.primary;
  const std::int64_t scalars = architecture.condition.back();
  const SmoothTargets targets{.smoothness = smoothness,
                              .primary_dim = static_cast<int>(primary_dim),
                              .condition_dim = static_cast<int>(architecture.condition.front()),
                              .norm = norm};
  switch (architecture.scheme) {
    case Scheme::kEmbedding:
      return EmbeddingErrorFloor(targets, primary, scalars);
    case Scheme::kConditionalBias:
      return FirstLayerBiasErrorFloor(targets, primary);
    case Scheme::kFilm:
      return FilmErrorFloor(targets, primary);
    case Scheme::kDeepOnet:
      return DeepOnetErrorFloor(targets, primary);
    case Scheme::kLowRank:
      return LowRankErrorFloor(targets, primary, scalars);
    case Scheme::kHypernetwork:
      return HypernetworkErrorFloor(targets, primary, architecture.condition);
  }
  throw std::domain_error("scheme is not one of the known schemes");
}

}  // namespace hyperwidth
