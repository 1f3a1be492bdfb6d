// SPDX-License-Identifier: Apache-2.0
//
// The certified error floor of an architecture: no weights whatsoever bring its worst case over W(r, m1 + m2) below it.
// Architectures are given as plain layer sizes; the activation is continuous and linear on both sides of one kink.

#ifndef HYPERWIDTH_THEORY_ERROR_FLOOR_H_
#define HYPERWIDTH_THEORY_ERROR_FLOOR_H_

#include <cstdint>
#include <vector>

#include "theory/grid.h"

namespace hyperwidth {

// Units of each layer, from the inputs to the single output: {3, 64, 64, 1} is a network of three inputs with two
// hidden layers. Dense, with biases; a sparser or bias-free network only has a higher floor.
using LayerSizes = std::vector<std::int64_t>;

// The number of weights and biases. Throws: std::domain_error unless there are at least two sizes, each from 1 to 10^9,
// and at most kMaxExactCount weights.
std::int64_t NumParameters(const LayerSizes& sizes);

struct ErrorFloor {
  double error = 0;  // the worst-case sup error is at least this; rounded down
  Grid grid;         // the bumps that prove it: error = 1 / B
};

// The ball in question.
struct SmoothTargets {
  int smoothness = 1;
  int primary_dim = 1;
  int condition_dim = 1;
};

// One network h(x, I): sizes.front() = primary_dim + condition_dim, sizes.back() = 1.
// Throws: std::domain_error if a size does not fit, naming it. Likewise below.
ErrorFloor StandardErrorFloor(const SmoothTargets& targets, const LayerSizes& sizes);

// q(x, e(I)) for any e whatsoever: primary.front() = primary_dim + embedding_dim.
ErrorFloor EmbeddingErrorFloor(const SmoothTargets& targets, const LayerSizes& primary, std::int64_t embedding_dim);

// g(x; f(I)): primary.front() = primary_dim, generator.front() = condition_dim, generator.back() =
// NumParameters(primary). The better of two arguments: f's parameters against all bumps, and g's weights against the
// bumps of one I.
ErrorFloor HypernetworkErrorFloor(const SmoothTargets& targets, const LayerSizes& primary, const LayerSizes& generator);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_ERROR_FLOOR_H_
