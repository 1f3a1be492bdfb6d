// SPDX-License-Identifier: Apache-2.0
//
// What a model computes, as a graph in which every value knows what it varies with.
//
// A value has a shape and an axis: it varies with nothing but theta, with the condition too, or with the sample too.
// From this follows the rest. A generated weight is an ordinary operand, so that a conditioning scheme is a few lines
// of composition. What varies with the condition alone is computed once per condition. What a model costs, and through
// how many scalars the condition reaches the samples, can be read off (cost.h).
//
// Values are matrices; a vector has one column. The operations are few and closed: those of schemes, primary networks
// and flows. There is no general automatic differentiation library here, nor is one needed.

#ifndef HYPERWIDTH_MODELS_GRAPH_GRAPH_H_
#define HYPERWIDTH_MODELS_GRAPH_GRAPH_H_

#include <string>
#include <vector>

#include "models/graph/function.h"
#include "models/graph/layout.h"
#include "models/types.h"

namespace hyperwidth {

// What a value varies with; each axis includes those before it.
enum class Axis { kTheta, kCondition, kSample };
std::string Name(Axis axis);  // "theta", "condition", "sample"

struct Shape {
  Index rows = 1;
  Index cols = 1;

  Index size() const { return rows * cols; }
  bool operator==(const Shape&) const = default;
};
std::string Text(const Shape& shape);  // "3 x 4"

// A value of one graph; made by the graph.
struct Value {
  Index index = -1;

  bool IsNone() const { return index < 0; }
};

// Images are vectors: channel by channel, in each row by row. Kernels are matrices [output channels, input channels x
// kernel x kernel], a row for each output channel, ordered as the image.
struct Convolution {
  Index channels = 1;  // of the input
  Index height = 1;
  Index width = 1;
  Index kernel = 1;  // the side of the square kernel
  Index stride = 1;
  Index padding = 0;  // zeros around the image

  Index OutputHeight() const { return (height + 2 * padding - kernel) / stride + 1; }
  Index OutputWidth() const { return (width + 2 * padding - kernel) / stride + 1; }
};

struct Pooling {
  enum class Kind { kMaximum, kMean };

  Kind kind = Kind::kMaximum;
  Index channels = 1;
  Index height = 1;
  Index width = 1;
  Index window = 2;  // its side, and the stride; what is left over at the right and lower edges is dropped

  Index OutputHeight() const { return height / window; }
  Index OutputWidth() const { return width / window; }
};

enum class Operation {
  kX,            // leaf: the primary input
  kCondition,    // leaf: the conditioning input I
  kConditionId,  // leaf: which of the known conditions it is, an integer
  kParameter,    // leaf: a tensor of theta
  kConstant,     // leaf: all entries equal to `constant`
  kAffine,       // W v, or W v + b
  kProduct,      // of two matrices
  kContract,     // each column of a generator, read as a matrix, times a vector
  kConvolve,     // kernels and image, and a bias for each output channel
  kPool,
  kApply,        // a function, entry by entry
  kAdd,          // entry by entry; one operand may be a single number
  kMultiply,     // entry by entry; one operand may be a single number
  kConcatenate,  // vectors below each other
  kSlice,        // `first` and the following entries of a value, read column by column, as a matrix
  kGather,       // the column of a matrix that the condition's id names
  kSum,          // of all entries
};

// One value: how it is computed, from which values. Fields that an operation does not need stay as they are.
struct Node {
  Operation operation = Operation::kConstant;
  Axis axis = Axis::kTheta;
  Shape shape = {};
  std::vector<Value> inputs = {};
  Tensor tensor = {};                   // kParameter
  double constant = 0;                  // kConstant
  Function function = Function::kRelu;  // kApply
  Index first = 0;                      // kSlice
  Index count = 0;                      // kConditionId: how many conditions there are
  Convolution convolution = {};         // kConvolve
  Pooling pooling = {};                 // kPool
};

// Values are added one by one, each after those it is computed from. All functions throw std::invalid_argument, with
// what was found and what is accepted, for shapes that do not fit and values that are not of this graph.
class Graph {
 public:
  // Leaves. X, Condition and ConditionId return the same value each time; a second size is refused.
  Value X(Index size);
  Value Condition(Index size);
  Value ConditionId(Index count);
  Value Parameter(const Tensor& tensor);
  Value Constant(double constant, Index rows = 1, Index cols = 1);

  // weights [m, n], input [n, 1], bias [m, 1] or none: [m, 1].
  Value Affine(Value weights, Value input, Value bias = {});
  // a [m, n], b [n, k]: [m, k].
  Value Product(Value a, Value b);
  // generator [rows * n, k], varying with theta alone, input [n, 1]: column l of the result [rows, k] is the
  // generator's column l, read as a matrix [rows, n], times the input. So generator * features, read as a matrix, times
  // the input is this result times the features, and the generated matrix is never made.
  Value Contract(Value generator, Value input, Index rows);
  // kernels [output channels, channels x kernel x kernel], image [channels x height x width, 1], bias [output channels,
  // 1] or none: [output channels x output height x output width, 1].
  Value Convolve(Value kernels, Value image, const Convolution& convolution, Value bias = {});
  Value Pool(Value image, const Pooling& pooling);
  Value Apply(Function function, Value value);
  // Of one shape, or one of them of size 1.
  Value Add(Value a, Value b);
  Value Multiply(Value a, Value b);
  // At least one vector.
  Value Concatenate(const std::vector<Value>& values);
  Value Slice(Value value, Index first, Index rows, Index cols = 1);
  // table [rows, count], id: a ConditionId(count). [rows, 1].
  Value Gather(Value table, Value id);
  Value Sum(Value value);

  const Node& node(Value value) const;
  Axis axis(Value value) const { return node(value).axis; }
  Shape shape(Value value) const { return node(value).shape; }
  // In the order in which they were added; node i is the one of Value{i}.
  const std::vector<Node>& nodes() const { return nodes_; }

  // 0 if the graph has no such leaf.
  Index x_size() const { return x_.IsNone() ? 0 : shape(x_).rows; }
  Index condition_size() const { return condition_.IsNone() ? 0 : shape(condition_).rows; }
  Index condition_count() const { return condition_id_.IsNone() ? 0 : node(condition_id_).count; }

 private:
  Value Append(Node node);
  Value Leaf(Value& known, Node node);
  Value EntryByEntry(Operation operation, Value a, Value b);

  std::vector<Node> nodes_;
  Value x_, condition_, condition_id_;
};

// A network as a shape: theta's layout, what is computed from it, and which value is the output. Its parameters are a
// point in R^N that belongs to the caller.
struct Model {
  std::string name;
  ParameterLayout parameters;
  Graph graph;
  Value output;
};

// Throws: std::invalid_argument unless `output` is a vector of the graph and depends on every tensor of the layout, or
// naming the first on which it does not.
void Validate(const Model& model);

// For each node, whether `output` is computed from it.
std::vector<bool> IsNeededFor(const Graph& graph, Value output);

// For each node, whether it is computed from theta.
std::vector<bool> IsTrained(const Graph& graph);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_GRAPH_GRAPH_H_
