// SPDX-License-Identifier: Apache-2.0
//
// The same function in a cheaper order. Axes say how often a value is computed in a step: once, once per condition, or
// once per sample. So they say what an order of operations costs, and three rules follow:
//
// * An affine map of a concatenation splits by axis: what meets the condition alone is computed once per condition.
// * A generated matrix that meets one vector for each condition need not be made: the vector meets the generator first,
//   which saves one of the three large products of a training step.
// * Two affine maps with nothing between them are W (A v + c) + b = (W A) v + (W c + b), in whichever order costs fewer
//   multiplications. An embedding network's wide last layer, read by q's first layer, is never computed: W A, once per
//   step, takes its place.

#ifndef HYPERWIDTH_MODELS_GRAPH_PLANNER_H_
#define HYPERWIDTH_MODELS_GRAPH_PLANNER_H_

#include "models/graph/graph.h"

namespace hyperwidth {

// Multiply-adds of one training step, forward and backward, for a batch.
Index StepCost(const Model& model, Index samples, Index conditions);

// A model with the same parameters and the same outputs, up to rounding, whose steps cost no more for batches of this
// size. Deterministic; depends on the sizes only through comparisons of costs. Throws: std::invalid_argument as
// Validate, and for less than one sample or condition.
Model Plan(const Model& model, Index samples, Index conditions);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_PLANNER_H_
