// SPDX-License-Identifier: Apache-2.0
//
// What a model costs, read off its graph.

#ifndef HYPERWIDTH_MODELS_GRAPH_COST_H_
#define HYPERWIDTH_MODELS_GRAPH_COST_H_

#include "models/graph/graph.h"

namespace hyperwidth {

// Multiply-adds are the multiplications of affine maps, products, contractions and convolutions, as the graph writes
// them down: an order of products that is cheaper may exist. All counts are exact.
struct Cost {
  // Of theta, by role: they are different things, and only their sum says how many numbers training has to find.
  Index primary_parameters = 0;
  Index condition_parameters = 0;
  Index table_parameters = 0;
  Index trainable_parameters = 0;

  Index kappa = 0;                 // see narrowest_cut.h
  Index generated_parameters = 0;  // weights, kernels and biases that vary with the condition, for each condition

  Index multiply_adds_per_step = 0;       // of what varies with theta alone
  Index multiply_adds_per_condition = 0;  // of what varies with the condition, for each
  Index multiply_adds_per_sample = 0;     // of what varies with the sample, for each

  // Entries of all values: what a pass holds if it keeps everything for the way back.
  Index values_per_step = 0;
  Index values_per_condition = 0;
  Index values_per_sample = 0;

  // Of one forward pass for one sample: with a condition not seen before, and with one whose values are kept.
  Index MultiplyAdds() const { return multiply_adds_per_condition + multiply_adds_per_sample; }
  Index MultiplyAddsReusing() const { return multiply_adds_per_sample; }

  // Bytes of all values, their gradients, theta and its gradient, for a batch.
  Index BytesAtPeak(Index samples, Index conditions, Index bytes_per_scalar) const;
};

// Throws: std::invalid_argument as Validate and FindNarrowestCut.
Cost CostOf(const Model& model);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_COST_H_
