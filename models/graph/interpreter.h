// SPDX-License-Identifier: Apache-2.0
//
// A graph evaluated one sample at a time, in double, by plain loops: what everything fast is tested against.

#ifndef HYPERWIDTH_MODELS_GRAPH_INTERPRETER_H_
#define HYPERWIDTH_MODELS_GRAPH_INTERPRETER_H_

#include <vector>

#include "models/graph/graph.h"

namespace hyperwidth {

// The inputs of one sample. Those that the graph does not have are left empty.
struct SampleInputs {
  Vector<double> x = {};
  Vector<double> condition = {};
  Index condition_id = 0;
};

// Gradients of a scalar with respect to everything that can be moved.
struct SampleGradients {
  Vector<double> theta;
  Vector<double> x;
  Vector<double> condition;
};

// Holds the values of one sample. The model must outlive it. Not for use from two threads at once.
class Interpreter {
 public:
  // Throws: std::invalid_argument as Validate.
  explicit Interpreter(const Model& model);

  // The output [rows]. Throws: std::invalid_argument if theta or an input has another length than the model needs, or
  // the id is not one of the known conditions.
  Vector<double> Forward(const Vector<double>& theta, const SampleInputs& inputs);

  // Any value of the last Forward, also one that the output does not need.
  const Matrix<double>& value(Value value) const;

  // The gradient with respect to any value that the last Backward found.
  const Matrix<double>& gradient(Value value) const;

  // Given the gradient of a scalar with respect to the output of the last Forward, those with respect to theta, x and
  // the condition; empty for inputs that the model does not have.
  SampleGradients Backward(const Vector<double>& output_gradient);

 private:
  const Matrix<double>& Input(const Node& node, std::size_t i) const;
  Matrix<double>& InputGradient(const Node& node, std::size_t i);
  void Evaluate(const Node& node, Matrix<double>& value);
  void Propagate(const Node& node, const Matrix<double>& value, const Matrix<double>& gradient);

  const Model& model_;
  Vector<double> theta_;
  SampleInputs inputs_;
  std::vector<Matrix<double>> values_;
  std::vector<Matrix<double>> gradients_;
  SampleGradients result_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_INTERPRETER_H_
