// SPDX-License-Identifier: Apache-2.0

#include "models/graph/random_graph.h"

#include <string>
#include <vector>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

class Builder {
 public:
  explicit Builder(std::uint64_t seed) : random_(seed) {
    vectors_ = {graph_.X(3), graph_.Condition(4)};
    id_ = graph_.ConditionId(3);
  }

  Model Build(std::uint64_t seed, int operations) {
    for (int i = 0; i < operations; ++i) {
      const Value next = Next();
      // Most are kept small; some are not, so that linear maps follow one another.
      const Operation operation = graph_.node(next).operation;
      const bool is_linear = operation == Operation::kAffine || operation == Operation::kConcatenate;
      vectors_.push_back(is_linear && Below(2) == 0 ? next : graph_.Apply(Function::kTanh, next));
    }
    // Everything meets at the end, so that nothing is left over: the sum of every vector, of size 2.
    std::vector<Value> ends;
    for (const Value vector : vectors_) ends.push_back(Affine(Tensors(2, graph_.shape(vector).rows), vector));
    Value output = ends.front();
    for (std::size_t i = 1; i < ends.size(); ++i) output = graph_.Add(output, ends[i]);
    return {"random " + std::to_string(seed), layout_, graph_, output};
  }

 private:
  Index Below(Index count) { return static_cast<Index>(random_.Below(static_cast<std::uint64_t>(count))); }
  Value Any() { return vectors_[static_cast<std::size_t>(Below(static_cast<Index>(vectors_.size())))]; }

  // A tensor of this shape: a new one, or one that there is.
  Value Tensors(Index rows, Index cols) {
    for (const Tensor& tensor : layout_.tensors()) {
      if (tensor.rows == rows && tensor.cols == cols && Below(3) == 0) return graph_.Parameter(tensor);
    }
    const std::string name = "w" + std::to_string(layout_.tensors().size());
    const Role role = Below(2) == 0 ? Role::kPrimary : Role::kCondition;
    return graph_.Parameter(layout_.Add(name, rows, cols, role, Initialization::Uniform(0.7)));
  }

  // Weights of this shape: trained ones, or ones that are computed from any vector.
  Value Weights(Index rows, Index cols) {
    if (Below(2) == 0) return Tensors(rows, cols);
    const Value from = Any();
    const Value flat = graph_.Affine(Tensors(rows * cols, graph_.shape(from).rows), from);
    return graph_.Slice(flat, 0, rows, cols);
  }

  Value Affine(Value weights, Value input) {
    if (Below(2) == 0) return graph_.Affine(weights, input);
    return graph_.Affine(weights, input, Weights(graph_.shape(weights).rows, 1));
  }

  // A vector of this size, from any.
  Value Resized(Index size) {
    const Value from = Any();
    return Affine(Weights(size, graph_.shape(from).rows), from);
  }

  Value Positive(Value value) {
    const Value small = graph_.Apply(Function::kTanh, value);
    return graph_.Add(graph_.Apply(Function::kExp, small), graph_.Constant(0.5));
  }

  Value Next() {
    const Value a = Any();
    const Index rows = graph_.shape(a).rows;
    switch (Below(13)) {
      case 0:
        return Affine(Weights(1 + Below(4), rows), a);
      case 1: {
        const Convolution convolution{.channels = 1 + Below(2),
                                      .height = 3 + Below(2),
                                      .width = 3,
                                      .kernel = 1 + Below(3),
                                      .stride = 1 + Below(2),
                                      .padding = Below(2)};
        const Value image = Resized(convolution.channels * convolution.height * convolution.width);
        const Index out = 1 + Below(2);
        const Value kernels = Weights(out, convolution.channels * convolution.kernel * convolution.kernel);
        return Below(2) == 0 ? graph_.Convolve(kernels, image, convolution)
                             : graph_.Convolve(kernels, image, convolution, Weights(out, 1));
      }
      case 2: {
        const Pooling pooling{.kind = Below(2) == 0 ? Pooling::Kind::kMaximum : Pooling::Kind::kMean,
                              .channels = 1 + Below(2),
                              .height = 3,
                              .width = 4 + Below(2),
                              .window = 2};
        return graph_.Pool(Resized(pooling.channels * pooling.height * pooling.width), pooling);
      }
      case 3: {
        const auto which = static_cast<std::size_t>(Below(static_cast<Index>(AllFunctions().size())));
        const Function function = AllFunctions()[which];
        if (function == Function::kExp) return graph_.Apply(function, graph_.Apply(Function::kTanh, a));
        return graph_.Apply(function, function == Function::kLog ? Positive(a) : a);
      }
      case 4:
        return graph_.Add(a, Resized(Below(2) == 0 ? 1 : rows));
      case 5:
        return graph_.Multiply(Resized(Below(2) == 0 ? 1 : rows), a);
      case 6:
        return graph_.Concatenate({a, Any(), Resized(2)});
      case 7: {
        const Index first = Below(rows);
        return graph_.Slice(a, first, 1 + Below(rows - first));
      }
      case 8:
        return graph_.Gather(Tensors(1 + Below(3), 3), id_);
      case 9:
        return graph_.Sum(a);
      case 11: {
        const Index out = 1 + Below(3);
        const Index features = 1 + Below(3);
        return graph_.Slice(graph_.Contract(Tensors(out * rows, features), a, out), 0, out * features);
      }
      case 10: {
        const Index inner = 1 + Below(3);
        return graph_.Slice(graph_.Product(Weights(2, inner), Weights(inner, 3)), 1, 4);
      }
      default:
        return graph_.Multiply(a, graph_.Constant(-0.7, rows));
    }
  }

  RandomStream random_;
  Graph graph_;
  ParameterLayout layout_;
  std::vector<Value> vectors_;  // to choose from
  Value id_;
};

}  // namespace

Model RandomModel(std::uint64_t seed, int operations) { return Builder(seed).Build(seed, operations); }

}  // namespace hyperwidth
