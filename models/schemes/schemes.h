// SPDX-License-Identifier: Apache-2.0
//
// Ways to condition a network y(x, I), each a composition of a few lines in a file of its own. All functions throw
// std::invalid_argument, with what was found and what is accepted, for shapes that do not fit each other.
//
// Names: e, f, b: networks that see the condition; q, g, t: networks that see x. kappa is the number of scalars through
// which one condition acts, as long as no layer before them is narrower (graph/narrowest_cut.h).

#ifndef HYPERWIDTH_MODELS_SCHEMES_SCHEMES_H_
#define HYPERWIDTH_MODELS_SCHEMES_SCHEMES_H_

#include <string>
#include <vector>

#include "models/schemes/builder.h"
#include "models/schemes/primary_network.h"

namespace hyperwidth {

// y = h([x; I]). kappa = condition_size. h: inputs x and I together.
Model Concat(const MlpShape& h, Index condition_size);

// y = q([x; e(I)]). kappa = k, the outputs of e.
Model Embedding(const MlpShape& e, const MlpShape& q);

// y = q([x; v_id]), v a column of a trained table, one for each known condition. kappa = k.
Model Table(Index embedding_dim, Index condition_count, const MlpShape& q);

// Embedding, in the words of operator learning: a nonlinear decoder q of the coordinates x and of beta(I).
// Seidman, Kissas, Perdikaris and Pappas 2022 (NOMAD). kappa = the outputs of beta.
Model Nomad(const MlpShape& beta, const MlpShape& q);

// The biases of the chosen layers of q (0, 1, ..) are e(I); the first one alone is what an embedding amounts to.
// kappa = the units of these layers, e's outputs.
Model ConditionalBias(const MlpShape& e, const MlpShape& q, const std::vector<Index>& layers = {0});

// Every hidden unit is scaled and shifted before its function: (1 + gamma(I)) (W v + b) + beta(I), e(I) = [gamma;
// beta]. Perez, Strub, de Vries, Dumoulin and Courville 2018. kappa = twice the hidden units.
Model Film(const MlpShape& e, const MlpShape& q);

// The first layer of q is z^T W x + U z + V x + b with z = e(I): bilinear in x and z.
// Jayakumar et al. 2020, equation 1. kappa = k, the outputs of e.
Model Multiplicative(const MlpShape& e, const MlpShape& q);

// The weights of g that are moved, by their names among g.weights(), are theta_0 + P z(I), P trained; the others are
// trained alone. Without names all are moved. kappa = the outputs of z.
Model LowRank(const MlpShape& z, const PrimaryNetwork& g, const std::vector<std::string>& moved = {});

// y_j = sum over l <= p of b_jl(I) t_jl(x) + bias_j for each output j; b and t have outputs * p outputs.
// Lu, Jin, Pang, Zhang and Karniadakis 2021. kappa = outputs * p.
Model DeepOnet(const MlpShape& b, const MlpShape& t, Index outputs = 1);

// y_j = sum over l <= p of b_jl(I) t_jl(s_jl(I) * x + d_jl(I)) + bias_j, each t_jl at coordinates of its own: scaled by
// s_jl and moved by d_jl, entry by entry. Hadorn 2022; Lanthaler, Molinaro, Hadorn and Mishra 2023 (who allow a matrix
// for s_l). b and t have outputs * p outputs, s and d dim x times as many. kappa = outputs * p (1 + 2 dim x). t's last
// weights are "t.LAST.columns" [its inputs, outputs * p], a column for each function.
Model ShiftDeepOnet(const MlpShape& b, const MlpShape& s, const MlpShape& d, const MlpShape& t, Index outputs = 1);

// y_j = sum over l <= p of b_jl(I) t_jl(s(I) * x + d(I)) + bias_j: one change of coordinates for all, [s; d] = c(I).
// Venturi and Casey 2023 (flexDeepONet; without the rotation). b and t have outputs * p outputs.
// kappa = outputs * p + 2 dim x.
Model FlexDeepOnet(const MlpShape& b, const MlpShape& c, const MlpShape& t, Index outputs = 1);

// How the heads that generate weights start. A head is an affine map of f's last hidden layer.
struct HeadStart {
  enum class Kind {
    kDense,        // as any dense layer, whatever the weights that come out are used for
    kHyperfanIn,   // weights with the variance that keeps g's activations of one size: Chang, Flokas and Lipson
                   // 2020, 4.1
    kHyperfanOut,  // the same for g's gradients, 4.2
    kBiasOnly,     // the head's bias starts as g's weights would by themselves, its own weights small
  };
  Kind kind = Kind::kDense;
  // Hyperfan: the mean square of one entry of f's last hidden layer, which InitializationReport measures.
  double feature_mean_square = 1;
  double small = 1e-3;  // bias-only: the head's weights are this much smaller than a dense layer's
};

// Which weights a hypernetwork generates, how that starts, and whether they are added to trained ones.
struct GeneratedWeights {
  std::vector<std::string> names = {};  // of g.weights(); empty for all
  bool adds_to_trained = false;         // theta_0 + delta instead of delta
  // f sees [sin(pi I / 2); cos(pi I / 2)], which is as long for every I, so that how large the generated weights are
  // does not follow how large I is. With adds_to_trained, the magnitude-invariant parametrisation of Ortiz, Guttag and
  // Dalca 2023 (MIP). f has twice the condition's size as inputs.
  bool preserves_input_norm = false;
  HeadStart start = {};
};

// The start of a head's weights and bias. features: the units of f's last hidden layer. is_relu: whether the layer that
// the weights belong to is followed by a ReLU, which halves the mean square; biases_are_generated: whether they share
// the variance with the weights.
struct HeadInitialization {
  Initialization weight;
  Initialization bias;
};
HeadInitialization InitializationOf(
    const HeadStart& start, const WeightShape& weight, Index features, bool is_relu, bool biases_are_generated);

// y = g(x; f(I)). Ha, Dai and Le 2017; Galanti and Wolf 2020. f has NumGenerated(g, generated) outputs: its last layer
// has a head for each tensor, "f.head.NAME", so that each can start in its own way. kappa = f's outputs.
Model Hypernetwork(const MlpShape& f, const PrimaryNetwork& g, const GeneratedWeights& generated = {});
Index NumGenerated(const PrimaryNetwork& g, const GeneratedWeights& generated = {});

// The weights of g in chunks of f's outputs, each from f([z(I); c_j]), c_j a trained vector that names the chunk; what
// is left over of the last chunk is dropped. von Oswald, Henning, Grewe and Sacramento 2020. kappa = the outputs of z.
Model ChunkedHypernetwork(const MlpShape& z, const MlpShape& f, const PrimaryNetwork& g);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_SCHEMES_SCHEMES_H_
