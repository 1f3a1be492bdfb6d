// SPDX-License-Identifier: Apache-2.0
//
// How a model starts: the sizes of its values and gradients on a batch, before the first step.

#ifndef HYPERWIDTH_MODELS_GRAPH_INITIALIZATION_REPORT_H_
#define HYPERWIDTH_MODELS_GRAPH_INITIALIZATION_REPORT_H_

#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "models/graph/interpreter.h"

namespace hyperwidth {

// Mean squares over all entries and samples of a batch.
struct ValueReport {
  Value value;
  Operation operation = Operation::kConstant;
  Axis axis = Axis::kTheta;
  double mean_square = 0;
  double gradient_mean_square = 0;  // of the gradient for one sample
};

struct TensorReport {
  std::string name;
  double mean_square = 0;
  double gradient_mean_square = 0;  // of the gradient summed over the batch
};

struct InitializationReport {
  std::vector<ValueReport> values;  // those that the output needs, in the graph's order; parameters are among `tensors`
  std::vector<TensorReport> tensors;  // in the layout's order
};

// With the scalar sum over samples of 1/2 |output|^2, whose gradient with respect to an output is that output.
// Throws: std::invalid_argument for an empty batch, as Interpreter, and, naming it, if the gradient with respect to a
// whole tensor is zero: training would never move it.
InitializationReport ReportInitialization(const Model& model,
                                          const Vector<double>& theta,
                                          const std::vector<SampleInputs>& batch);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_INITIALIZATION_REPORT_H_
