// SPDX-License-Identifier: Apache-2.0
//
// What is equal when the two models are compared.

#ifndef HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MATCH_H_
#define HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MATCH_H_

#include <string>

#include "experiments/rotation/rotation_record.h"

namespace hyperwidth {

// The embedding is never changed; the hypernetwork is, and then both primary networks have biases.
enum class RotationMatch {
  kPublished,    // depth and widths as published, where g has no biases
  kHiddenUnits,  // the hidden units of g and q, as published, and biases in both
  kPrimary,      // parameters of the primary networks, as nearly as g's hidden units can be chosen
  kTotal,        // trainable parameters, as nearly as the width of f's hidden layers can be chosen
  kKappa,        // scalars of a condition: the last hidden layer of f has no more units than e has outputs
};

// "published", "hidden_units", "primary", "total" or "kappa".
std::string RotationMatchName(RotationMatch match);

// "the parameters of the primary networks", ..: what is equal, for a sentence.
std::string RotationMatchText(RotationMatch match);

// The architecture of one model where the embedding has that of `published`, and f has extra_layers hidden layers more
// than e. Throws: std::invalid_argument for sizes below 1 (depth, extra_layers: below 0).
RotationArchitecture MatchedArchitecture(RotationMatch match,
                                         RotationModel model,
                                         RotationArchitecture published,
                                         Index extra_layers = 0);

// From the shapes alone, without a model: the parameters of the network that sees x, generated ones included; and all
// that are trained. d = image_size, h = primary_width, E = embedding_dim: N_g = (d + 12) h, and h + 12 more with
// biases; N_q = (d + E + 1) h + 12 (h + 1).
Index PrimaryParametersOf(RotationModel model, const RotationArchitecture& architecture);
Index TrainableParametersOf(RotationModel model, const RotationArchitecture& architecture);

// kappa: the fewest units of a layer on the way from I to the primary network, its inputs and outputs included.
Index KappaOf(RotationModel model, const RotationArchitecture& architecture);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ROTATION_ROTATION_MATCH_H_
