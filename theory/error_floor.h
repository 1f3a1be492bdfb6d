// SPDX-License-Identifier: Apache-2.0
//
// The certified error floor of an architecture: no weights whatsoever bring its worst case over W(r, m1 + m2) below it.
// Architectures are given as plain layer sizes; the activation is continuous and linear on both sides of one kink.
//
// If at some grid (grid.h) the layers cannot produce all 2^M sign patterns (known_layers.h), then one of the 2^M
// targets is missed by the height 1 / B of the bumps. The floor is the greatest such height, rounded down.

#ifndef HYPERWIDTH_THEORY_ERROR_FLOOR_H_
#define HYPERWIDTH_THEORY_ERROR_FLOOR_H_

#include <cstdint>
#include <optional>

#include "theory/grid.h"
#include "theory/known_layers.h"

namespace hyperwidth {

inline constexpr double kSmallestErrorFloor = 1e-300;

// Which bumps are counted, and what is taken for variables.
enum class FloorArgument {
  kAllConditions,      // the bumps of all conditions; what is generated for each of them
  kConditionalBiases,  // the same, with the first-layer biases that an embedding makes instead of the embedding
  kSingleCondition,    // the bumps of one condition, for which the primary network is a network like any other
};

struct ErrorFloor {
  double error = 1;  // the worst-case sup error is at least this, for every choice of the weights; rounded down
  Grid grid;         // the bumps that prove it; M and J are those of this grid
  FloorArgument argument = FloorArgument::kAllConditions;  // the one of the scheme's arguments with the highest floor
};

// The ball W(smoothness, primary_dim + condition_dim) in question.
struct SmoothTargets {
  int smoothness = 1;
  int primary_dim = 1;
  int condition_dim = 1;
  BallNorm norm = BallNorm::kSum;
};

// All of these return nothing if no floor of at least kSmallestErrorFloor is proved. They throw std::domain_error if a
// dimension or size is out of range or does not fit, naming it and what would; std::logic_error if the certificate does
// not hold with 50 digits, which is an error in this program.
//
// What is conditioned receives any function of I whatsoever, except in a hypernetwork, whose generator is given too.

// One network h(x, I): sizes.front() = primary_dim + condition_dim, sizes.back() = 1. Here, and only here,
// condition_dim may be 0: what is x and what is I does not matter, and the grids have even steps along all axes.
std::optional<ErrorFloor> StandardErrorFloor(const SmoothTargets& targets, const LayerSizes& sizes);

// q(x, e(I)): primary.front() = primary_dim + embedding_dim. The better of two arguments: e as variables, or the
// first-layer biases that it makes.
std::optional<ErrorFloor> EmbeddingErrorFloor(const SmoothTargets& targets,
                                              const LayerSizes& primary,
                                              std::int64_t embedding_dim);

// q(x) with first-layer biases that depend on I: primary.front() = primary_dim. Likewise below.
std::optional<ErrorFloor> FirstLayerBiasErrorFloor(const SmoothTargets& targets, const LayerSizes& primary);

// q(x) with a scale and a shift of every hidden unit that depend on I. The better of two arguments, as for all schemes
// below but the next: all conditions at once, or the bumps of a single I, for which q is a network like any other.
std::optional<ErrorFloor> FilmErrorFloor(const SmoothTargets& targets, const LayerSizes& primary);

// sum over l <= p of b_l(I) t_l(x): trunk.back() = p. No bias after the sum; it would be one more function.
std::optional<ErrorFloor> DeepOnetErrorFloor(const SmoothTargets& targets, const LayerSizes& trunk);

// q(x) with the weights theta_0 + P z(I), dim z = rank.
std::optional<ErrorFloor> LowRankErrorFloor(const SmoothTargets& targets, const LayerSizes& primary, std::int64_t rank);

// g(x; f(I)): generator.front() = condition_dim, generator.back() = NumParameters(primary).
std::optional<ErrorFloor> HypernetworkErrorFloor(const SmoothTargets& targets,
                                                 const LayerSizes& primary,
                                                 const LayerSizes& generator);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_ERROR_FLOOR_H_
