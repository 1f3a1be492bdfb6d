// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/fold_condition.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace hyperwidth {
namespace {

constexpr const char* kSeveralLayers = "functions of x stand side by side or skip a layer";

// weight * units + offset, of the units of a layer; layer 0 has x as its units. Constants are of layer -1, without a
// weight.
struct Affine {
  int layer = -1;
  Matrix<double> weight = {};
  Vector<double> offset = {};

  bool IsConstant() const { return layer < 0; }
};

Affine UnitsOf(int layer, Index count) {
  return {.layer = layer, .weight = Matrix<double>::Identity(count, count), .offset = Vector<double>::Zero(count)};
}

class Folding {
 public:
  Folding(const Model& model, const Vector<double>& theta, const SampleInputs& inputs)
      : graph_(model.graph), output_(model.output), interpreter_(model) {
    interpreter_.Forward(theta, inputs);
  }

  GeneratedMlp Fold() {
    const std::vector<bool> needed = IsNeededFor(graph_, output_);
    values_.resize(needed.size());
    for (std::size_t i = 0; i < needed.size(); ++i) {
      const Node& node = graph_.nodes()[i];
      if (!needed[i] || node.axis != Axis::kSample) continue;
      if (node.shape.cols != 1) throw NoMlp("it computes a matrix for each x");
      values_[i] = Fold(node);
    }
    const Affine& output = values_[static_cast<std::size_t>(output_.index)];
    RequireLast(output);
    mlp_.layers.push_back({.weight = output.weight, .bias = output.offset});
    return std::move(mlp_);
  }

 private:
  // Of which operand: one that varies with the sample, or a constant, a matrix read column by column.
  Affine Operand(const Node& node, std::size_t i) const {
    const Value input = node.inputs[i];
    if (graph_.axis(input) == Axis::kSample) return values_[static_cast<std::size_t>(input.index)];
    return {.offset = interpreter_.value(input).reshaped()};
  }

  // The matrix that a node multiplies with.
  const Matrix<double>& ConstantMatrix(const Node& node, std::size_t i) const {
    if (graph_.axis(node.inputs[i]) == Axis::kSample) throw NoMlp("its weights vary with x");
    return interpreter_.value(node.inputs[i]);
  }

  void RequireLast(const Affine& value) const {
    if (value.layer == static_cast<int>(mlp_.layers.size())) return;
    throw NoMlp(kSeveralLayers);
  }

  Affine Fold(const Node& node) {
    switch (node.operation) {
      case Operation::kX:
        return UnitsOf(0, node.shape.size());
      case Operation::kAffine: {
        const Matrix<double>& weights = ConstantMatrix(node, 0);
        Affine input = Operand(node, 1);
        if (!input.IsConstant()) input.weight = weights * input.weight;
        input.offset = weights * input.offset;
        return node.inputs.size() > 2 ? Sum(std::move(input), Operand(node, 2)) : input;
      }
      case Operation::kApply:
        return Apply(node);
      case Operation::kAdd:
        return Sum(Operand(node, 0), Operand(node, 1));
      case Operation::kMultiply:
        return Product(Operand(node, 0), Operand(node, 1));
      case Operation::kConcatenate:
        return Concatenation(node);
      case Operation::kSlice: {
        const Affine input = Operand(node, 0);
        return {.layer = input.layer,
                .weight = input.weight.middleRows(node.first, node.shape.size()),
                .offset = input.offset.segment(node.first, node.shape.size())};
      }
      case Operation::kSum: {
        const Affine input = Operand(node, 0);
        return {.layer = input.layer,
                .weight = input.weight.colwise().sum(),
                .offset = Vector<double>::Constant(1, input.offset.sum())};
      }
      default:
        throw NoMlp("it has an operation on x that is no layer");
    }
  }

  Affine Apply(const Node& node) {
    const Affine input = Operand(node, 0);
    RequireLast(input);
    if (!mlp_.layers.empty() && mlp_.function != node.function) throw NoMlp("its layers have several functions");
    mlp_.function = node.function;
    mlp_.layers.push_back({.weight = input.weight, .bias = input.offset});
    return UnitsOf(static_cast<int>(mlp_.layers.size()), input.offset.size());
  }

  // A single number stands for a vector of it.
  static void Repeat(Affine& value, Index rows) {
    if (value.offset.size() == rows) return;
    value.offset = Vector<double>::Constant(rows, value.offset[0]);
    if (!value.IsConstant()) value.weight = value.weight.replicate(rows, 1).eval();
  }

  static Affine Sum(Affine a, Affine b) {
    const Index rows = std::max(a.offset.size(), b.offset.size());
    Repeat(a, rows);
    Repeat(b, rows);
    if (a.IsConstant()) std::swap(a, b);
    a.offset += b.offset;
    if (b.IsConstant()) return a;
    if (a.layer != b.layer) throw NoMlp(kSeveralLayers);
    a.weight += b.weight;
    return a;
  }

  static Affine Product(Affine a, Affine b) {
    const Index rows = std::max(a.offset.size(), b.offset.size());
    Repeat(a, rows);
    Repeat(b, rows);
    if (a.IsConstant()) std::swap(a, b);
    if (!b.IsConstant()) throw NoMlp("it multiplies functions of x");
    a.weight = b.offset.asDiagonal() * a.weight;
    a.offset = a.offset.cwiseProduct(b.offset).eval();
    return a;
  }

  Affine Concatenation(const Node& node) const {
    Affine all{.offset = Vector<double>(node.shape.size())};
    Index row = 0;
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
      const Affine part = Operand(node, i);
      const Index rows = part.offset.size();
      all.offset.segment(row, rows) = part.offset;
      if (!part.IsConstant()) {
        if (all.IsConstant()) {
          all.layer = part.layer;
          all.weight = Matrix<double>::Zero(node.shape.size(), part.weight.cols());
        }
        if (all.layer != part.layer) throw NoMlp(kSeveralLayers);
        all.weight.middleRows(row, rows) = part.weight;
      }
      row += rows;
    }
    return all;
  }

  const Graph& graph_;
  const Value output_;
  Interpreter interpreter_;
  std::vector<Affine> values_;  // of the nodes that vary with the sample
  GeneratedMlp mlp_;
};

}  // namespace

GeneratedMlp FoldCondition(const Model& model, const Vector<double>& theta, const SampleInputs& inputs) {
  return Folding(model, theta, inputs).Fold();
}

}  // namespace hyperwidth
