// SPDX-License-Identifier: Apache-2.0
//
// The inequality (*) of sign_patterns.h for an architecture of which every layer is known, for every way to condition a
// network. Where sign_patterns.h puts N for what it does not know, here stand the units of the layer, the variables
// that occur in its inputs, and their degree.

#ifndef HYPERWIDTH_THEORY_KNOWN_LAYERS_H_
#define HYPERWIDTH_THEORY_KNOWN_LAYERS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "theory/count.h"
#include "theory/sign_patterns.h"

namespace hyperwidth {

// Units of each layer, from the inputs to the outputs: {3, 64, 64, 1} is a network of three inputs with two hidden
// layers. Dense, with biases; a sparser or bias-free network only has a higher floor.
using LayerSizes = std::vector<std::int64_t>;

inline constexpr std::int64_t kMaxLayerSize = 1'000'000'000;

// Throws std::domain_error, naming what does not fit, unless there are 2 to kMaxDepth + 1 sizes from 1 to
// kMaxLayerSize.
void RequireSizesInRange(const std::string& name, const LayerSizes& sizes);

// The number of weights and biases. Throws: std::domain_error as above.
Count NumParameters(const LayerSizes& sizes);

// One layer of (*): integers held in doubles, those beyond 2^53 to a relative accuracy of kLayerRounding.
struct KnownLayer {
  double units = 1;                                      // k_i
  LayerGroup::Points points = LayerGroup::Points::kAll;  // P_i
  double parameters = 0;                                 // V_i = parameters + scalars * J
  double scalars = 0;
  double degree = 1;  // D_i

  bool operator==(const KnownLayer&) const = default;
};

inline constexpr double kLayerRounding = 1e-9;

// L weight layers; V_i and D_i are those of the inputs of layer i, and N_i the parameters of the layers 1 to i. Sizes
// that are in range, scalars >= 1.
//
// One network h(x, I), and one network of x for a single I: V_i = N_i, D_i = i.
std::vector<KnownLayer> StandardLayers(const LayerSizes& sizes);

// q(x, e), e free for each I: the k numbers e multiply first-layer weights. V_i = N_i + k J, D_i = i + 1.
std::vector<KnownLayer> EmbeddingLayers(const LayerSizes& primary, std::int64_t embedding_dim);

// The biases of the first layer free for each I, and no other input of the layer than x: `other_inputs` of the sizes'
// first number are left out, with their weights. V_i = N_i - n_1 (1 + other_inputs) + n_1 J, D_i = i. An embedding does
// no more than this: it acts through the sums that it adds to the inputs of the first layer.
std::vector<KnownLayer> FirstLayerBiasLayers(const LayerSizes& primary, std::int64_t other_inputs = 0);

// Scale and shift of every hidden unit free for each I, before the activation or after it: of the hidden layers 1 to i,
// H_i units, V_i = N_i + 2 H_i J. A scale and a weight multiply in each: D_i = 2 i, and 2 L - 1 for the output.
std::vector<KnownLayer> FilmLayers(const LayerSizes& primary);

// sum over l <= p of b_l t_l(x), b free for each I. The trunk t sees the X values of x: V_i = N_i, D_i = i; its outputs
// t_l may have an activation, so that they are layer L. The sum: V = N + p J, D = L + 1.
std::vector<KnownLayer> DeepOnetLayers(const LayerSizes& trunk);

// All weights theta_0 + P z, z free for each I, P trained: V_i = (1 + k) N_i + k J for k = dim z, D_i = 2 i.
std::vector<KnownLayer> LowRankLayers(const LayerSizes& primary, std::int64_t rank);

// g(x; f(I)), f known. Hidden layers of f at the J values of I: V_i = N_i, D_i = i. Its outputs are linear, and those
// that are weights of the layers 1 to i of g occur there, with all of f before: D_i = i L_f.
std::vector<KnownLayer> HypernetworkLayers(const LayerSizes& primary, const LayerSizes& generator);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_KNOWN_LAYERS_H_
