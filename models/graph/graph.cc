// SPDX-License-Identifier: Apache-2.0

#include "models/graph/graph.h"

#include <algorithm>
#include <stdexcept>
#include <unordered_set>
#include <utility>

namespace hyperwidth {
namespace {

[[noreturn]] void Refuse(const std::string& what, const std::string& found, const std::string& accepted) {
  throw std::invalid_argument(what + ": found " + found + ", accepted: " + accepted);
}

void RequirePositive(const std::string& what, Index size) {
  if (size < 1) Refuse(what, std::to_string(size), "at least 1");
}

void RequireShape(const std::string& what, const Shape& found, const Shape& accepted) {
  if (!(found == accepted)) Refuse(what, Text(found), Text(accepted));
}

void RequireVector(const std::string& what, const Shape& found) {
  if (found.cols != 1) Refuse(what, Text(found), "a vector, one column");
}

}  // namespace

std::string Name(Axis axis) {
  switch (axis) {
    case Axis::kTheta:
      return "theta";
    case Axis::kCondition:
      return "condition";
    case Axis::kSample:
      return "sample";
  }
  return "";
}

std::string Text(const Shape& shape) { return std::to_string(shape.rows) + " x " + std::to_string(shape.cols); }

const Node& Graph::node(Value value) const {
  if (value.index < 0 || value.index >= static_cast<Index>(nodes_.size())) {
    Refuse("value of a graph", "number " + std::to_string(value.index), "one that this graph made");
  }
  return nodes_[static_cast<std::size_t>(value.index)];
}

// The axis is the largest of the inputs', or the leaf's own.
Value Graph::Append(Node node) {
  for (const Value input : node.inputs) node.axis = std::max(node.axis, axis(input));
  nodes_.push_back(std::move(node));
  return {static_cast<Index>(nodes_.size()) - 1};
}

Value Graph::Leaf(Value& known, Node node) {
  if (known.IsNone()) return known = Append(std::move(node));
  const Node& there = this->node(known);
  if (!(there.shape == node.shape) || there.count != node.count) {
    Refuse("a second input of the same kind",
           Text(node.shape) + ", " + std::to_string(node.count) + " conditions",
           "the size of the first, " + Text(there.shape) + ", " + std::to_string(there.count) + " conditions");
  }
  return known;
}

Value Graph::X(Index size) {
  RequirePositive("size of x", size);
  return Leaf(x_, {.operation = Operation::kX, .axis = Axis::kSample, .shape = {size, 1}});
}

Value Graph::Condition(Index size) {
  RequirePositive("size of the condition", size);
  return Leaf(condition_, {.operation = Operation::kCondition, .axis = Axis::kCondition, .shape = {size, 1}});
}

Value Graph::ConditionId(Index count) {
  RequirePositive("number of conditions", count);
  return Leaf(condition_id_, {.operation = Operation::kConditionId, .axis = Axis::kCondition, .count = count});
}

Value Graph::Parameter(const Tensor& tensor) {
  RequirePositive("rows of tensor '" + tensor.name + "'", tensor.rows);
  RequirePositive("columns of tensor '" + tensor.name + "'", tensor.cols);
  return Append({.operation = Operation::kParameter, .shape = {tensor.rows, tensor.cols}, .tensor = tensor});
}

Value Graph::Constant(double constant, Index rows, Index cols) {
  RequirePositive("rows of a constant", rows);
  RequirePositive("columns of a constant", cols);
  return Append({.operation = Operation::kConstant, .shape = {rows, cols}, .constant = constant});
}

Value Graph::Affine(Value weights, Value input, Value bias) {
  const Shape matrix = shape(weights);
  RequireShape("input of an affine map with weights " + Text(matrix), shape(input), {matrix.cols, 1});
  Node node{.operation = Operation::kAffine, .shape = {matrix.rows, 1}, .inputs = {weights, input}};
  if (!bias.IsNone()) {
    RequireShape("bias of an affine map with weights " + Text(matrix), shape(bias), {matrix.rows, 1});
    node.inputs.push_back(bias);
  }
  return Append(std::move(node));
}

Value Graph::Product(Value a, Value b) {
  const Shape left = shape(a);
  const Shape right = shape(b);
  RequireShape("second factor of a product with " + Text(left), right, {left.cols, right.cols});
  return Append({.operation = Operation::kProduct, .shape = {left.rows, right.cols}, .inputs = {a, b}});
}

Value Graph::Contract(Value generator, Value input, Index rows) {
  RequirePositive("rows of a contraction", rows);
  if (axis(generator) != Axis::kTheta) {
    Refuse("generator of a contraction", "one that varies with the " + Name(axis(generator)), "with theta alone");
  }
  const Index features = shape(generator).cols;
  RequireShape("generator of a contraction", shape(generator), {rows * shape(input).rows, features});
  RequireVector("input of a contraction", shape(input));
  return Append({.operation = Operation::kContract, .shape = {rows, features}, .inputs = {generator, input}});
}

Value Graph::Convolve(Value kernels, Value image, const Convolution& convolution, Value bias) {
  RequirePositive("channels of a convolution", convolution.channels);
  RequirePositive("kernel of a convolution", convolution.kernel);
  RequirePositive("stride of a convolution", convolution.stride);
  if (convolution.padding < 0) Refuse("padding of a convolution", std::to_string(convolution.padding), "at least 0");
  const Index smaller = std::min(convolution.height, convolution.width) + 2 * convolution.padding;
  if (smaller < convolution.kernel) {
    Refuse("kernel of a convolution", std::to_string(convolution.kernel), "at most " + std::to_string(smaller));
  }
  RequireShape(
      "image of a convolution", shape(image), {convolution.channels * convolution.height * convolution.width, 1});
  const Shape matrix = shape(kernels);
  RequireShape("kernels of a convolution",
               matrix,
               {matrix.rows, convolution.channels * convolution.kernel * convolution.kernel});
  Node node{.operation = Operation::kConvolve,
            .shape = {matrix.rows * convolution.OutputHeight() * convolution.OutputWidth(), 1},
            .inputs = {kernels, image},
            .convolution = convolution};
  if (!bias.IsNone()) {
    RequireShape("bias of a convolution", shape(bias), {matrix.rows, 1});
    node.inputs.push_back(bias);
  }
  return Append(std::move(node));
}

Value Graph::Pool(Value image, const Pooling& pooling) {
  RequirePositive("channels of a pooling", pooling.channels);
  RequirePositive("window of a pooling", pooling.window);
  const Index smaller = std::min(pooling.height, pooling.width);
  if (smaller < pooling.window) {
    Refuse("window of a pooling", std::to_string(pooling.window), "at most " + std::to_string(smaller));
  }
  RequireShape("image of a pooling", shape(image), {pooling.channels * pooling.height * pooling.width, 1});
  return Append({.operation = Operation::kPool,
                 .shape = {pooling.channels * pooling.OutputHeight() * pooling.OutputWidth(), 1},
                 .inputs = {image},
                 .pooling = pooling});
}

Value Graph::Apply(Function function, Value value) {
  return Append({.operation = Operation::kApply, .shape = shape(value), .inputs = {value}, .function = function});
}

Value Graph::EntryByEntry(Operation operation, Value a, Value b) {
  const bool a_is_larger = shape(a).size() >= shape(b).size();
  const Shape larger = a_is_larger ? shape(a) : shape(b);
  const Shape smaller = a_is_larger ? shape(b) : shape(a);
  if (smaller.size() != 1) RequireShape("second operand, entry by entry", smaller, larger);
  return Append({.operation = operation, .shape = larger, .inputs = {a, b}});
}

Value Graph::Add(Value a, Value b) { return EntryByEntry(Operation::kAdd, a, b); }

Value Graph::Multiply(Value a, Value b) { return EntryByEntry(Operation::kMultiply, a, b); }

Value Graph::Concatenate(const std::vector<Value>& values) {
  if (values.empty()) Refuse("values to concatenate", "none", "at least one");
  Index rows = 0;
  for (const Value value : values) {
    RequireVector("value to concatenate", shape(value));
    rows += shape(value).rows;
  }
  return Append({.operation = Operation::kConcatenate, .shape = {rows, 1}, .inputs = values});
}

Value Graph::Slice(Value value, Index first, Index rows, Index cols) {
  RequirePositive("rows of a slice", rows);
  RequirePositive("columns of a slice", cols);
  const Index size = shape(value).size();
  if (first < 0 || first + rows * cols > size) {
    Refuse("slice",
           "entries " + std::to_string(first) + " to " + std::to_string(first + rows * cols - 1),
           "entries 0 to " + std::to_string(size - 1));
  }
  return Append({.operation = Operation::kSlice, .shape = {rows, cols}, .inputs = {value}, .first = first});
}

Value Graph::Gather(Value table, Value id) {
  if (node(id).operation != Operation::kConditionId) {
    Refuse("index of a gather", "a computed value", "the id of the condition");
  }
  const Shape matrix = shape(table);
  RequireShape("table of a gather", matrix, {matrix.rows, node(id).count});
  return Append({.operation = Operation::kGather, .shape = {matrix.rows, 1}, .inputs = {table, id}});
}

Value Graph::Sum(Value value) { return Append({.operation = Operation::kSum, .shape = {1, 1}, .inputs = {value}}); }

std::vector<bool> IsNeededFor(const Graph& graph, Value output) {
  graph.node(output);  // throws for a foreign value
  std::vector<bool> needed(graph.nodes().size(), false);
  needed[static_cast<std::size_t>(output.index)] = true;
  for (std::size_t i = needed.size(); i-- > 0;) {
    if (!needed[i]) continue;
    for (const Value input : graph.nodes()[i].inputs) needed[static_cast<std::size_t>(input.index)] = true;
  }
  return needed;
}

std::vector<bool> IsTrained(const Graph& graph) {
  std::vector<bool> is_trained;
  for (const Node& node : graph.nodes()) {
    bool found = node.operation == Operation::kParameter;
    for (const Value input : node.inputs) found = found || is_trained[static_cast<std::size_t>(input.index)];
    is_trained.push_back(found);
  }
  return is_trained;
}

void Validate(const Model& model) {
  RequireVector("output of model '" + model.name + "'", model.graph.shape(model.output));
  const std::vector<bool> needed = IsNeededFor(model.graph, model.output);
  std::unordered_set<std::string> used;
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const Node& node = model.graph.nodes()[i];
    if (needed[i] && node.operation == Operation::kParameter) used.insert(node.tensor.name);
  }
  for (const Tensor& tensor : model.parameters.tensors()) {
    if (!used.contains(tensor.name)) {
      Refuse("model '" + model.name + "'",
             "an output that does not depend on '" + tensor.name + "'",
             "one that depends on every tensor");
    }
  }
}

}  // namespace hyperwidth
