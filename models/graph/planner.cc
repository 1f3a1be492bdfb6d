// SPDX-License-Identifier: Apache-2.0

#include "models/graph/planner.h"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

class Planner {
 public:
  Planner(const Model& model, Index samples, Index conditions)
      : model_(model), samples_(samples), conditions_(conditions), uses_(model.graph.nodes().size(), 0) {
    const std::vector<bool> needed = IsNeededFor(model.graph, model.output);
    for (std::size_t i = 0; i < needed.size(); ++i) {
      if (!needed[i]) continue;
      for (const Value input : model.graph.nodes()[i].inputs) ++uses_[static_cast<std::size_t>(input.index)];
    }
  }

  Model Build() {
    for (const Node& node : model_.graph.nodes()) {
      new_values_.push_back(Rebuilt(node));
      // Values that the new graph makes on the way have one use; those of the old one keep theirs.
      uses_of_new_.resize(graph_.nodes().size(), 1);
      uses_of_new_[static_cast<std::size_t>(new_values_.back().index)] = uses_[new_values_.size() - 1];
    }
    return {.name = model_.name,
            .parameters = model_.parameters,
            .graph = graph_,
            .output = new_values_[static_cast<std::size_t>(model_.output.index)]};
  }

 private:
  Value New(Value old) const { return new_values_[static_cast<std::size_t>(old.index)]; }

  Value Rebuilt(const Node& node) {
    std::vector<Value> inputs;
    for (const Value input : node.inputs) inputs.push_back(New(input));
    const Value bias = inputs.size() == 3 ? inputs[2] : Value{};
    switch (node.operation) {
      case Operation::kX:
        return graph_.X(node.shape.rows);
      case Operation::kCondition:
        return graph_.Condition(node.shape.rows);
      case Operation::kConditionId:
        return graph_.ConditionId(node.count);
      case Operation::kParameter:
        return graph_.Parameter(node.tensor);
      case Operation::kConstant:
        return graph_.Constant(node.constant, node.shape.rows, node.shape.cols);
      case Operation::kAffine:
        return Affine(inputs[0], inputs[1], bias);
      case Operation::kProduct:
        return graph_.Product(inputs[0], inputs[1]);
      case Operation::kContract:
        return graph_.Contract(inputs[0], inputs[1], node.shape.rows);
      case Operation::kConvolve:
        return graph_.Convolve(inputs[0], inputs[1], node.convolution, bias);
      case Operation::kPool:
        return graph_.Pool(inputs[0], node.pooling);
      case Operation::kApply:
        return graph_.Apply(node.function, inputs[0]);
      case Operation::kAdd:
        return graph_.Add(inputs[0], inputs[1]);
      case Operation::kMultiply:
        return graph_.Multiply(inputs[0], inputs[1]);
      case Operation::kConcatenate:
        return graph_.Concatenate(inputs);
      case Operation::kSlice:
        return graph_.Slice(inputs[0], node.first, node.shape.rows, node.shape.cols);
      case Operation::kGather:
        return graph_.Gather(inputs[0], inputs[1]);
      case Operation::kSum:
        return graph_.Sum(inputs[0]);
    }
    throw std::logic_error("an operation that the planner does not know");
  }

  Index Times(Axis axis) const { return axis == Axis::kTheta ? 1 : axis == Axis::kCondition ? conditions_ : samples_; }

  // How often a product of the two is computed.
  Index Times(Value a, Value b) const { return Times(std::max(graph_.axis(a), graph_.axis(b))); }

  Value Affine(Value weights, Value input, Value bias) {
    const Node node = graph_.node(input);  // a copy: the graph grows
    if (node.operation == Operation::kConcatenate) return Split(weights, input, node.inputs, bias);
    if (node.operation == Operation::kAffine) return Reordered(weights, input, node, bias);
    if (IsWorthContracting(weights, input)) return Contracted(weights, input, bias);
    const Node sum = graph_.node(weights);
    if (sum.operation == Operation::kAdd && UsesOf(weights) == 1) {
      // (theta_0 + delta) v = theta_0 v + delta v, if delta is then not made.
      for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
        const Value trained = sum.inputs[1 - side];
        const bool is_of_theta = graph_.axis(trained) == Axis::kTheta && graph_.shape(trained) == sum.shape;
        if (is_of_theta && IsWorthContracting(sum.inputs[side], input)) {
          return graph_.Affine(trained, input, Contracted(sum.inputs[side], input, bias));
        }
      }
    }
    return graph_.Affine(weights, input, bias);
  }

  // Weights that are all of A h + c, A of theta and h of the condition, made for nothing else, and an input that varies
  // with the sample.
  bool IsWorthContracting(Value weights, Value input) const {
    const Node& slice = graph_.node(weights);
    if (slice.operation != Operation::kSlice || graph_.axis(input) != Axis::kSample) return false;
    const Value flat = slice.inputs[0];
    const Node& made = graph_.node(flat);
    if (made.operation != Operation::kAffine || !(made.shape.size() == slice.shape.size())) return false;
    if (UsesOf(weights) > 1 || UsesOf(flat) > 1) return false;
    const bool is_generated =
        graph_.axis(made.inputs[0]) == Axis::kTheta && graph_.axis(made.inputs[1]) == Axis::kCondition;
    if (!is_generated || (made.inputs.size() == 3 && graph_.axis(made.inputs[2]) != Axis::kTheta)) return false;
    // Forward and backward: made, the generator meets three products per condition and the weights three per sample.
    const Index size = slice.shape.size();
    const Index features = graph_.shape(made.inputs[1]).rows;
    const Index as_it_stands = 3 * size * features * conditions_ + 3 * size * samples_;
    const Index offset = made.inputs.size() == 3 ? 2 * size : 0;
    return (2 * size * features + 3 * slice.shape.rows * features + offset) * samples_ < as_it_stands;
  }

  // reshape(A h + c) v + b as contract(A, v) h + (reshape(c) v + b).
  Value Contracted(Value weights, Value input, Value bias) {
    const Shape matrix = graph_.shape(weights);
    const Node made = graph_.node(graph_.node(weights).inputs[0]);  // a copy: the graph grows
    Value offset = bias;
    if (made.inputs.size() == 3) {
      offset = Affine(graph_.Slice(made.inputs[2], 0, matrix.rows, matrix.cols), input, bias);
    }
    return graph_.Affine(graph_.Contract(made.inputs[0], input, matrix.rows), made.inputs[1], offset);
  }

  // W [v; u] + b, the parts by axis from the lowest up, each the bias of the next.
  Value Split(Value weights, Value input, const std::vector<Value>& parts, Value bias) {
    const auto [lowest, highest] = std::minmax_element(
        parts.begin(), parts.end(), [&](Value a, Value b) { return graph_.axis(a) < graph_.axis(b); });
    // Weights that vary with the sample meet every part once per sample anyway.
    if (graph_.axis(*lowest) == graph_.axis(*highest) || graph_.axis(weights) >= graph_.axis(*highest)) {
      return graph_.Affine(weights, input, bias);
    }
    const Index rows = graph_.shape(weights).rows;
    Value sum = bias;
    for (const Axis axis : {Axis::kTheta, Axis::kCondition, Axis::kSample}) {
      Index column = 0;
      for (const Value part : parts) {
        const Index size = graph_.shape(part).rows;
        if (graph_.axis(part) == axis) {
          sum = Affine(graph_.Slice(weights, column * rows, rows, size), part, sum);
        }
        column += size;
      }
    }
    return sum;
  }

  // W (A v + c) + b as it stands, or as (W A) v + (W c + b).
  Value Reordered(Value weights, Value input, const Node& inner, Value bias) {
    const Value matrix = inner.inputs[0];
    const Value v = inner.inputs[1];
    const Index rows = graph_.shape(weights).rows;
    const Index middle = graph_.shape(matrix).rows;
    const Index cols = graph_.shape(matrix).cols;
    const bool has_offset = inner.inputs.size() == 3;
    const bool is_used_elsewhere = UsesOf(input) > 1;
    const Index inner_cost = is_used_elsewhere ? 0 : middle * cols * Times(matrix, v);
    const Index as_it_stands = inner_cost + rows * middle * Times(weights, input);
    const Axis product_axis = std::max(graph_.axis(weights), graph_.axis(matrix));
    Index reordered = rows * middle * cols * Times(product_axis);
    reordered += rows * cols * Times(std::max(product_axis, graph_.axis(v)));
    if (has_offset) reordered += rows * middle * Times(weights, inner.inputs[2]);
    if (reordered >= as_it_stands) return graph_.Affine(weights, input, bias);
    const Value offset = has_offset ? Affine(weights, inner.inputs[2], bias) : bias;
    return Affine(graph_.Product(weights, matrix), v, offset);
  }

  Index UsesOf(Value value) const {
    const auto at = static_cast<std::size_t>(value.index);
    return at < uses_of_new_.size() ? uses_of_new_[at] : 1;
  }

  const Model& model_;
  Index samples_, conditions_;
  std::vector<Index> uses_;  // of the old graph's values
  std::vector<Index> uses_of_new_;
  Graph graph_;
  std::vector<Value> new_values_;  // for each value of the old graph
};

}  // namespace

Index StepCost(const Model& model, Index samples, Index conditions) {
  const Graph& graph = model.graph;
  const std::vector<bool> needed = IsNeededFor(graph, model.output);
  const std::vector<bool> is_trained = IsTrained(graph);
  Index cost = 0;
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const Node& node = graph.nodes()[i];
    const auto trained = [&](std::size_t input) -> Index {
      return is_trained[static_cast<std::size_t>(node.inputs[input].index)] ? 1 : 0;
    };
    const bool is_product = node.operation == Operation::kAffine || node.operation == Operation::kProduct ||
                            node.operation == Operation::kConvolve || node.operation == Operation::kContract;
    if (!needed[i] || !is_product) continue;
    const Axis axis = std::max(graph.axis(node.inputs[0]), graph.axis(node.inputs[1]));
    const Index times = axis == Axis::kTheta ? 1 : axis == Axis::kCondition ? conditions : samples;
    Index outputs = 1;  // for each entry of the first factor
    if (node.operation == Operation::kProduct) outputs = node.shape.cols;
    if (node.operation == Operation::kConvolve) {
      outputs = node.convolution.OutputHeight() * node.convolution.OutputWidth();
    }
    const Index once = graph.shape(node.inputs[0]).size() * outputs * (1 + trained(0) + trained(1));
    cost += once * times;
  }
  return cost;
}

Model Plan(const Model& model, Index samples, Index conditions) {
  Validate(model);
  if (samples < 1 || conditions < 1) {
    throw std::invalid_argument("batch to plan for: found " + std::to_string(samples) + " samples of " +
                                std::to_string(conditions) + " conditions, accepted: at least one of each");
  }
  Model planned = Planner(model, samples, conditions).Build();
  // The rules look at one place at a time; what they promise, they keep for the whole.
  return StepCost(planned, samples, conditions) < StepCost(model, samples, conditions) ? planned : model;
}

}  // namespace hyperwidth
