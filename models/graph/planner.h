// SPDX-License-Identifier: Apache-2.0
//
// The same function in a cheaper order. Axes say how often a value is computed in a step: once, once per condition, or
// once per sample. So they say what an order of operations costs, and two rules follow:
//
// * An affine map of a concatenation splits by axis: what meets the condition alone is computed once per condition.
// * Two affine maps with nothing between them are W (A v + c) + b = (W A) v + (W c + b), in whichever order costs fewer
//   multiplications. An embedding network's wide last layer, read by q's first layer, is never computed: W A, once per
//   step, takes its place.

#ifndef HYPERWIDTH_MODELS_GRAPH_PLANNER_H_
#define HYPERWIDTH_MODELS_GRAPH_PLANNER_H_

#include "models/graph/cost.h"
#include "models/graph/graph.h"

namespace hyperwidth {

// Multiply-adds of one forward pass for a batch.
Index StepCost(const Cost& cost, Index samples, Index conditions);

// A model with the same parameters and the same outputs, up to rounding, that costs no more multiply-adds for batches
// of this size. Deterministic; depends on the sizes only through comparisons of costs. Throws: std::invalid_argument as
// Validate, and for less than one sample or condition.
Model Plan(const Model& model, Index samples, Index conditions);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_PLANNER_H_
