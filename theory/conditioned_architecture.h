// SPDX-License-Identifier: Apache-2.0
//
// A conditional model of which both networks are given layer by layer: what its scheme makes of their sizes.

#ifndef HYPERWIDTH_THEORY_CONDITIONED_ARCHITECTURE_H_
#define HYPERWIDTH_THEORY_CONDITIONED_ARCHITECTURE_H_

#include <optional>

#include "theory/count.h"
#include "theory/error_floor.h"
#include "theory/known_layers.h"
#include "theory/schemes.h"

namespace hyperwidth {

// Both networks dense, with biases. condition.front() = m2, the inputs I; condition.back() = kappa, the scalars that
// are generated for each I. primary.front() = m1, for kEmbedding m1 + kappa; primary.back() = 1, for kDeepOnet p.
struct ConditionedArchitecture {
  Scheme scheme = Scheme::kEmbedding;
  LayerSizes primary;    // of the network that sees x
  LayerSizes condition;  // of the network that sees I
};

// kappa where it follows from the primary network: the units of its first layer (conditional bias), twice its hidden
// units (FiLM), its p outputs (DeepONet), all its weights and biases (hypernetwork). Nothing for the embedding and
// low-rank schemes, whose k and rank are free. Throws: std::domain_error as RequireSizesInRange.
std::optional<Count> GeneratedScalars(Scheme scheme, const LayerSizes& primary);

// The dimension m1 of x. Throws: std::domain_error as RequireSizesInRange for the sizes of either network, and unless
// an embedding leaves at least one input for x.
std::int64_t PrimaryDim(const ConditionedArchitecture& architecture);

// The weights and biases of the network that sees x that are trained, and so the same for every I: without the
// generated biases of its first layer; theta_0 and P of the low-rank scheme; none of a hypernetwork's. Throws:
// std::domain_error as PrimaryDim.
Count TrainablePrimaryParameters(const ConditionedArchitecture& architecture);

// The floor of error_floor.h for the scheme, over W(smoothness, m1 + m2) in that norm. Throws: as those, and
// std::domain_error unless condition.back() is what GeneratedScalars says.
std::optional<ErrorFloor> ErrorFloorOf(int smoothness,
                                       const ConditionedArchitecture& architecture,
                                       BallNorm norm = BallNorm::kSum);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_CONDITIONED_ARCHITECTURE_H_
