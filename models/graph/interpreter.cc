// SPDX-License-Identifier: Apache-2.0

#include "models/graph/interpreter.h"

#include <functional>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

void RequireLength(const std::string& what, Index found, Index accepted) {
  if (found != accepted) {
    throw std::invalid_argument(what + ": found " + std::to_string(found) +
                                " entries, accepted: " + std::to_string(accepted));
  }
}

// Calls `visit` with the indices of kernel, image and output entries that belong together.
void ForEachProduct(const Convolution& geometry,
                    Index output_channels,
                    const std::function<void(Index row, Index col, Index pixel, Index output)>& visit) {
  for (Index out = 0; out < output_channels; ++out) {
    for (Index i = 0; i < geometry.OutputHeight(); ++i) {
      for (Index j = 0; j < geometry.OutputWidth(); ++j) {
        const Index output = (out * geometry.OutputHeight() + i) * geometry.OutputWidth() + j;
        for (Index in = 0; in < geometry.channels; ++in) {
          for (Index k = 0; k < geometry.kernel; ++k) {
            for (Index l = 0; l < geometry.kernel; ++l) {
              const Index row = i * geometry.stride + k - geometry.padding;
              const Index col = j * geometry.stride + l - geometry.padding;
              if (row < 0 || row >= geometry.height || col < 0 || col >= geometry.width) continue;
              visit(out,
                    (in * geometry.kernel + k) * geometry.kernel + l,
                    (in * geometry.height + row) * geometry.width + col,
                    output);
            }
          }
        }
      }
    }
  }
}

// Calls `visit` with each output of a pooling and each pixel of its window.
void ForEachPooled(const Pooling& pooling, const std::function<void(Index pixel, Index output)>& visit) {
  for (Index channel = 0; channel < pooling.channels; ++channel) {
    for (Index i = 0; i < pooling.OutputHeight(); ++i) {
      for (Index j = 0; j < pooling.OutputWidth(); ++j) {
        const Index output = (channel * pooling.OutputHeight() + i) * pooling.OutputWidth() + j;
        for (Index k = 0; k < pooling.window; ++k) {
          for (Index l = 0; l < pooling.window; ++l) {
            const Index row = i * pooling.window + k;
            const Index col = j * pooling.window + l;
            visit((channel * pooling.height + row) * pooling.width + col, output);
          }
        }
      }
    }
  }
}

// The pixel that a maximum is taken from; the first of several.
std::vector<Index> LargestPixels(const Pooling& pooling, const Matrix<double>& image, Index outputs) {
  std::vector<Index> largest(static_cast<std::size_t>(outputs), -1);
  ForEachPooled(pooling, [&](Index pixel, Index output) {
    Index& best = largest[static_cast<std::size_t>(output)];
    if (best < 0 || image(pixel) > image(best)) best = pixel;
  });
  return largest;
}

Index BiasRow(const Node& node, Index output) {
  if (node.operation == Operation::kAffine) return output;
  return output / (node.convolution.OutputHeight() * node.convolution.OutputWidth());
}

// The entry of an operand that meets entry i of the result: its own, or the only one.
Index EntryOf(const Matrix<double>& operand, Index i) { return operand.size() == 1 ? 0 : i; }

}  // namespace

Interpreter::Interpreter(const Model& model)
    : model_(model), values_(model.graph.nodes().size()), gradients_(model.graph.nodes().size()) {
  Validate(model);
}

const Matrix<double>& Interpreter::value(Value value) const {
  model_.graph.node(value);  // throws for a foreign value
  return values_[static_cast<std::size_t>(value.index)];
}

const Matrix<double>& Interpreter::gradient(Value value) const {
  model_.graph.node(value);
  return gradients_[static_cast<std::size_t>(value.index)];
}

const Matrix<double>& Interpreter::Input(const Node& node, std::size_t i) const {
  return values_[static_cast<std::size_t>(node.inputs[i].index)];
}

Matrix<double>& Interpreter::InputGradient(const Node& node, std::size_t i) {
  return gradients_[static_cast<std::size_t>(node.inputs[i].index)];
}

Vector<double> Interpreter::Forward(const Vector<double>& theta, const SampleInputs& inputs) {
  const Graph& graph = model_.graph;
  RequireLength("theta", theta.size(), model_.parameters.size());
  RequireLength("x", inputs.x.size(), graph.x_size());
  RequireLength("condition", inputs.condition.size(), graph.condition_size());
  if (graph.condition_count() > 0 && (inputs.condition_id < 0 || inputs.condition_id >= graph.condition_count())) {
    throw std::invalid_argument("condition id: found " + std::to_string(inputs.condition_id) + ", accepted: 0 to " +
                                std::to_string(graph.condition_count() - 1));
  }
  theta_ = theta;
  inputs_ = inputs;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const Node& node = graph.nodes()[i];
    values_[i].setZero(node.shape.rows, node.shape.cols);
    Evaluate(node, values_[i]);
  }
  return value(model_.output).col(0);
}

void Interpreter::Evaluate(const Node& node, Matrix<double>& value) {
  switch (node.operation) {
    case Operation::kX:
      value = inputs_.x;
      return;
    case Operation::kCondition:
      value = inputs_.condition;
      return;
    case Operation::kConditionId:
      value(0) = static_cast<double>(inputs_.condition_id);
      return;
    case Operation::kParameter:
      for (Index i = 0; i < value.size(); ++i) value(i) = theta_[node.tensor.first + i];
      return;
    case Operation::kConstant:
      value.setConstant(node.constant);
      return;
    case Operation::kAffine:
      for (Index row = 0; row < Input(node, 0).rows(); ++row) {
        for (Index col = 0; col < Input(node, 0).cols(); ++col)
          value(row) += Input(node, 0)(row, col) * Input(node, 1)(col);
      }
      break;
    case Operation::kProduct:
      for (Index row = 0; row < value.rows(); ++row) {
        for (Index col = 0; col < value.cols(); ++col) {
          for (Index k = 0; k < Input(node, 0).cols(); ++k)
            value(row, col) += Input(node, 0)(row, k) * Input(node, 1)(k, col);
        }
      }
      return;
    case Operation::kContract:
      for (Index row = 0; row < value.rows(); ++row) {
        for (Index k = 0; k < value.cols(); ++k) {
          for (Index col = 0; col < Input(node, 1).size(); ++col) {
            value(row, k) += Input(node, 0)(row + value.rows() * col, k) * Input(node, 1)(col);
          }
        }
      }
      return;
    case Operation::kConvolve:
      ForEachProduct(node.convolution, Input(node, 0).rows(), [&](Index row, Index col, Index pixel, Index output) {
        value(output) += Input(node, 0)(row, col) * Input(node, 1)(pixel);
      });
      break;
    case Operation::kPool: {
      const Matrix<double>& image = Input(node, 0);
      if (node.pooling.kind == Pooling::Kind::kMaximum) {
        const std::vector<Index> largest = LargestPixels(node.pooling, image, value.size());
        for (Index i = 0; i < value.size(); ++i) value(i) = image(largest[static_cast<std::size_t>(i)]);
      } else {
        const double share = 1.0 / static_cast<double>(node.pooling.window * node.pooling.window);
        ForEachPooled(node.pooling, [&](Index pixel, Index output) { value(output) += share * image(pixel); });
      }
      return;
    }
    case Operation::kApply:
      for (Index i = 0; i < value.size(); ++i) value(i) = ValueOf(node.function, Input(node, 0)(i));
      return;
    case Operation::kAdd:
    case Operation::kMultiply:
      for (Index i = 0; i < value.size(); ++i) {
        const double a = Input(node, 0)(EntryOf(Input(node, 0), i));
        const double b = Input(node, 1)(EntryOf(Input(node, 1), i));
        value(i) = node.operation == Operation::kAdd ? a + b : a * b;
      }
      return;
    case Operation::kConcatenate: {
      Index row = 0;
      for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        for (Index j = 0; j < Input(node, i).size(); ++j) value(row++) = Input(node, i)(j);
      }
      return;
    }
    case Operation::kSlice:
      for (Index i = 0; i < value.size(); ++i) value(i) = Input(node, 0)(node.first + i);
      return;
    case Operation::kGather:
      for (Index i = 0; i < value.size(); ++i) value(i) = Input(node, 0)(i, inputs_.condition_id);
      return;
    case Operation::kSum:
      for (Index i = 0; i < Input(node, 0).size(); ++i) value(0) += Input(node, 0)(i);
      return;
  }
  if (node.inputs.size() < 3) return;  // the bias of kAffine and kConvolve
  for (Index i = 0; i < value.size(); ++i) value(i) += Input(node, 2)(BiasRow(node, i));
}

SampleGradients Interpreter::Backward(const Vector<double>& output_gradient) {
  const Graph& graph = model_.graph;
  RequireLength("output gradient", output_gradient.size(), graph.shape(model_.output).rows);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i].size() == 0) throw std::invalid_argument("Backward: found no values, accepted: after a Forward");
    gradients_[i].setZero(values_[i].rows(), values_[i].cols());
  }
  result_ = {.theta = Vector<double>::Zero(model_.parameters.size()),
             .x = Vector<double>::Zero(graph.x_size()),
             .condition = Vector<double>::Zero(graph.condition_size())};
  gradients_[static_cast<std::size_t>(model_.output.index)].col(0) = output_gradient;
  for (std::size_t i = values_.size(); i-- > 0;) Propagate(graph.nodes()[i], values_[i], gradients_[i]);
  return result_;
}

// Adds to the inputs' gradients what this value passes on.
void Interpreter::Propagate(const Node& node, const Matrix<double>& value, const Matrix<double>& gradient) {
  switch (node.operation) {
    case Operation::kX:
      result_.x += gradient.col(0);
      return;
    case Operation::kCondition:
      result_.condition += gradient.col(0);
      return;
    case Operation::kConditionId:
    case Operation::kConstant:
      return;
    case Operation::kParameter:
      for (Index i = 0; i < value.size(); ++i) result_.theta[node.tensor.first + i] += gradient(i);
      return;
    case Operation::kAffine:
      for (Index row = 0; row < Input(node, 0).rows(); ++row) {
        for (Index col = 0; col < Input(node, 0).cols(); ++col) {
          InputGradient(node, 0)(row, col) += gradient(row) * Input(node, 1)(col);
          InputGradient(node, 1)(col) += gradient(row) * Input(node, 0)(row, col);
        }
      }
      break;
    case Operation::kProduct:
      for (Index row = 0; row < value.rows(); ++row) {
        for (Index col = 0; col < value.cols(); ++col) {
          for (Index k = 0; k < Input(node, 0).cols(); ++k) {
            InputGradient(node, 0)(row, k) += gradient(row, col) * Input(node, 1)(k, col);
            InputGradient(node, 1)(k, col) += gradient(row, col) * Input(node, 0)(row, k);
          }
        }
      }
      return;
    case Operation::kContract:
      for (Index row = 0; row < value.rows(); ++row) {
        for (Index k = 0; k < value.cols(); ++k) {
          for (Index col = 0; col < Input(node, 1).size(); ++col) {
            InputGradient(node, 0)(row + value.rows() * col, k) += gradient(row, k) * Input(node, 1)(col);
            InputGradient(node, 1)(col) += gradient(row, k) * Input(node, 0)(row + value.rows() * col, k);
          }
        }
      }
      return;
    case Operation::kConvolve:
      ForEachProduct(node.convolution, Input(node, 0).rows(), [&](Index row, Index col, Index pixel, Index output) {
        InputGradient(node, 0)(row, col) += gradient(output) * Input(node, 1)(pixel);
        InputGradient(node, 1)(pixel) += gradient(output) * Input(node, 0)(row, col);
      });
      break;
    case Operation::kPool: {
      Matrix<double>& image = InputGradient(node, 0);
      if (node.pooling.kind == Pooling::Kind::kMaximum) {
        const std::vector<Index> largest = LargestPixels(node.pooling, Input(node, 0), value.size());
        for (Index i = 0; i < value.size(); ++i) image(largest[static_cast<std::size_t>(i)]) += gradient(i);
      } else {
        const double share = 1.0 / static_cast<double>(node.pooling.window * node.pooling.window);
        ForEachPooled(node.pooling, [&](Index pixel, Index output) { image(pixel) += share * gradient(output); });
      }
      return;
    }
    case Operation::kApply:
      for (Index i = 0; i < value.size(); ++i) {
        InputGradient(node, 0)(i) += gradient(i) * DerivativeOf(node.function, Input(node, 0)(i));
      }
      return;
    case Operation::kAdd:
    case Operation::kMultiply:
      for (Index i = 0; i < value.size(); ++i) {
        const Index a = EntryOf(Input(node, 0), i);
        const Index b = EntryOf(Input(node, 1), i);
        const bool adds = node.operation == Operation::kAdd;
        InputGradient(node, 0)(a) += gradient(i) * (adds ? 1 : Input(node, 1)(b));
        InputGradient(node, 1)(b) += gradient(i) * (adds ? 1 : Input(node, 0)(a));
      }
      return;
    case Operation::kConcatenate: {
      Index row = 0;
      for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        for (Index j = 0; j < Input(node, i).size(); ++j) InputGradient(node, i)(j) += gradient(row++);
      }
      return;
    }
    case Operation::kSlice:
      for (Index i = 0; i < value.size(); ++i) InputGradient(node, 0)(node.first + i) += gradient(i);
      return;
    case Operation::kGather:
      for (Index i = 0; i < value.size(); ++i) InputGradient(node, 0)(i, inputs_.condition_id) += gradient(i);
      return;
    case Operation::kSum:
      for (Index i = 0; i < Input(node, 0).size(); ++i) InputGradient(node, 0)(i) += gradient(0);
      return;
  }
  if (node.inputs.size() < 3) return;  // the bias of kAffine and kConvolve
  for (Index i = 0; i < value.size(); ++i) InputGradient(node, 2)(BiasRow(node, i)) += gradient(i);
}

}  // namespace hyperwidth
