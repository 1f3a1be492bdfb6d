// SPDX-License-Identifier: Apache-2.0

#include "models/pass/pass.h"

#include <algorithm>
#include <stdexcept>
#include <string>

#include "models/pass/patches.h"

namespace hyperwidth {
namespace {

void Require(const std::string& what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(what + ": found " + std::to_string(found) + ", accepted: " + std::to_string(accepted));
}

Index EntryOf(Index size, Index i) { return size == 1 ? 0 : i; }

bool HasBias(const Node& node) { return node.inputs.size() == 3; }

// Outputs to which one entry of the bias is added.
Index OutputsPerBias(const Node& node) {
  if (node.operation == Operation::kAffine) return 1;
  return node.convolution.OutputHeight() * node.convolution.OutputWidth();
}

// The first pixel of the window of an output of a pooling.
Index CornerOf(const Pooling& pooling, Index output) {
  const Index pixels = pooling.OutputHeight() * pooling.OutputWidth();
  const Index row = output % pixels / pooling.OutputWidth() * pooling.window;
  const Index col = output % pooling.OutputWidth() * pooling.window;
  return (output / pixels * pooling.height + row) * pooling.width + col;
}

}  // namespace

template <typename Scalar>
Pass<Scalar>::Pass(const Model& model, const Executor& /*executor*/)
    : model_(model),
      values_(model.graph.nodes().size()),
      gradients_(model.graph.nodes().size()),
      largest_(model.graph.nodes().size()),
      contracted_(model.graph.nodes().size()) {
  Validate(model);
  needed_ = IsNeededFor(model.graph, model.output);
  is_trained_ = IsTrained(model.graph);
  if (model.graph.axis(model.output) != Axis::kSample) {
    throw std::invalid_argument("output of model '" + model.name + "': found one that varies with the " +
                                Name(model.graph.axis(model.output)) + ", accepted: with the sample");
  }
}

template <typename Scalar>
Index Pass<Scalar>::Columns(Axis axis) const {
  return axis == Axis::kTheta ? 1 : axis == Axis::kCondition ? conditions_ : static_cast<Index>(group_of_.size());
}

template <typename Scalar>
Index Pass<Scalar>::ColumnOf(Axis axis, Axis with, Index j) const {
  if (axis == with) return j;
  return axis == Axis::kTheta ? 0 : group_of_[static_cast<std::size_t>(j)];
}

template <typename Scalar>
Axis Pass<Scalar>::ProductAxis(const Node& node) const {
  return std::max(model_.graph.axis(node.inputs[0]), model_.graph.axis(node.inputs[1]));
}

template <typename Scalar>
void Pass<Scalar>::ForEachSegment(const Node& node, const std::function<void(const Segment&)>& visit) const {
  const Axis weights = model_.graph.axis(node.inputs[0]);
  const Axis input = model_.graph.axis(node.inputs[1]);
  const Axis product = ProductAxis(node);
  const Index columns = Columns(product);
  for (Index first = 0; first < columns;) {
    Index count = 1;
    if (weights == Axis::kTheta) count = columns;  // then the input varies with all that the product does
    const Index column = ColumnOf(weights, product, first);
    if (weights == Axis::kCondition && product == Axis::kSample) {
      while (first + count < columns && ColumnOf(weights, product, first + count) == column) ++count;
    }
    visit({.first = first, .count = count, .weights = column, .input = ColumnOf(input, product, first)});
    first += count;
  }
}

template <typename Scalar>
typename Pass<Scalar>::ConstMap Pass<Scalar>::ValueAt(Value value) const {
  const Node& node = model_.graph.node(value);
  if (node.operation == Operation::kParameter) return {theta_ + node.tensor.first, node.tensor.size(), 1};
  const Matrix<Scalar>& held = values_[static_cast<std::size_t>(value.index)];
  return {held.data(), held.rows(), held.cols()};
}

template <typename Scalar>
typename Pass<Scalar>::Map Pass<Scalar>::GradientAt(Value value) {
  const Node& node = model_.graph.node(value);
  if (node.operation == Operation::kParameter) return {theta_gradient_ + node.tensor.first, node.tensor.size(), 1};
  Matrix<Scalar>& held = gradients_[static_cast<std::size_t>(value.index)];
  return {held.data(), held.rows(), held.cols()};
}

template <typename Scalar>
void Pass<Scalar>::CheckBatch(const Batch<Scalar>& batch) const {
  const Graph& graph = model_.graph;
  const auto& starts = batch.group_starts;
  if (starts.empty() || starts.front() != 0 || !std::is_sorted(starts.begin(), starts.end())) {
    throw std::invalid_argument(
        "group_starts: found numbers that do not rise from 0, accepted: the first sample of "
        "each condition, then the number of samples");
  }
  const auto require_shape = [](const std::string& what, const Matrix<Scalar>& found, Index rows, Index cols) {
    if (rows == 0) return;
    Require("rows of " + what, found.rows(), rows);
    Require("columns of " + what, found.cols(), cols);
  };
  require_shape("x", batch.x, graph.x_size(), batch.samples());
  require_shape("condition", batch.condition, graph.condition_size(), batch.conditions());
  if (graph.condition_count() == 0) return;
  Require("condition_ids", static_cast<Index>(batch.condition_ids.size()), batch.conditions());
  for (const Index id : batch.condition_ids) {
    if (id < 0 || id >= graph.condition_count()) {
      throw std::invalid_argument("condition id: found " + std::to_string(id) + ", accepted: 0 to " +
                                  std::to_string(graph.condition_count() - 1));
    }
  }
}

template <typename Scalar>
const Matrix<Scalar>& Pass<Scalar>::Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch) {
  Require("entries of theta", theta.size(), model_.parameters.size());
  CheckBatch(batch);
  theta_ = theta.data();
  conditions_ = batch.conditions();
  condition_ids_ = batch.condition_ids;
  group_of_.clear();
  for (Index g = 0; g < conditions_; ++g) {
    const auto at = static_cast<std::size_t>(g);
    group_of_.insert(group_of_.end(), static_cast<std::size_t>(batch.group_starts[at + 1] - batch.group_starts[at]), g);
  }
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (needed_[i]) Evaluate(i, batch);
  }
  return values_[static_cast<std::size_t>(model_.output.index)];
}

template <typename Scalar>
void Pass<Scalar>::Evaluate(std::size_t index, const Batch<Scalar>& batch) {
  const Node& node = model_.graph.nodes()[index];
  if (node.operation == Operation::kParameter) return;
  Matrix<Scalar>& value = values_[index];
  const Index columns = Columns(node.axis);
  value.resize(node.shape.size(), columns);
  switch (node.operation) {
    case Operation::kX:
      value = batch.x;
      return;
    case Operation::kCondition:
      value = batch.condition;
      return;
    case Operation::kConditionId:
      for (Index g = 0; g < columns; ++g)
        value(0, g) = static_cast<Scalar>(batch.condition_ids[static_cast<std::size_t>(g)]);
      return;
    case Operation::kParameter:
      return;
    case Operation::kConstant:
      value.setConstant(static_cast<Scalar>(node.constant));
      return;
    case Operation::kAffine:
    case Operation::kConvolve:
      EvaluateAffine(node, value);
      return;
    case Operation::kProduct:
      EvaluateProduct(node, value);
      return;
    case Operation::kContract:
      EvaluateContract(index, value);
      return;
    case Operation::kPool:
      EvaluatePool(index, value);
      return;
    case Operation::kApply: {
      const ConstMap input = ValueAt(node.inputs[0]);
      value = input.unaryExpr([&](Scalar t) { return static_cast<Scalar>(ValueOf(node.function, t)); });
      return;
    }
    case Operation::kAdd:
    case Operation::kMultiply:
      EvaluateEntryByEntry(node, value);
      return;
    case Operation::kConcatenate: {
      Index row = 0;
      for (const Value part : node.inputs) {
        const ConstMap input = ValueAt(part);
        for (Index j = 0; j < columns; ++j) {
          value.col(j).segment(row, input.rows()) = input.col(ColumnOf(model_.graph.axis(part), node.axis, j));
        }
        row += input.rows();
      }
      return;
    }
    case Operation::kSlice:
      value = ValueAt(node.inputs[0]).middleRows(node.first, node.shape.size());
      return;
    case Operation::kGather: {
      const ConstMap table = ValueAt(node.inputs[0]);
      for (Index j = 0; j < columns; ++j) {
        const Index group = ColumnOf(Axis::kCondition, node.axis, j);
        const Index id = batch.condition_ids[static_cast<std::size_t>(group)];
        const Index column = ColumnOf(model_.graph.axis(node.inputs[0]), node.axis, j);
        value.col(j) = table.col(column).segment(id * node.shape.rows, node.shape.rows);
      }
      return;
    }
    case Operation::kSum:
      value = ValueAt(node.inputs[0]).colwise().sum();
      return;
  }
}

template <typename Scalar>
void Pass<Scalar>::EvaluateAffine(const Node& node, Matrix<Scalar>& value) {
  const Shape shape = model_.graph.shape(node.inputs[0]);
  const ConstMap weights = ValueAt(node.inputs[0]);
  const ConstMap input = ValueAt(node.inputs[1]);
  const Axis axis = ProductAxis(node);
  // Where only the bias varies with the sample, the product is computed for less and spread out.
  const bool is_spread = axis != node.axis;
  Matrix<Scalar>& product = is_spread ? product_ : value;
  product.resize(node.shape.rows, Columns(axis));
  ForEachSegment(node, [&](const Segment& segment) {
    const ConstMap matrix(weights.col(segment.weights).data(), shape.rows, shape.cols);
    if (node.operation == Operation::kAffine) {
      product.middleCols(segment.first, segment.count).noalias() =
          matrix * input.middleCols(segment.input, segment.count);
      return;
    }
    for (Index j = 0; j < segment.count; ++j) {
      CopyPatches(node.convolution, input.col(segment.input + j).data(), patches_);
      Map out(product.col(segment.first + j).data(), patches_.rows(), shape.rows);
      out.noalias() = patches_ * matrix.transpose();
    }
  });
  if (is_spread) {
    for (Index j = 0; j < value.cols(); ++j) value.col(j) = product.col(ColumnOf(axis, node.axis, j));
  }
  if (!HasBias(node)) return;
  const ConstMap bias = ValueAt(node.inputs[2]);
  const Index outputs = OutputsPerBias(node);
  for (Index j = 0; j < value.cols(); ++j) {
    const Index column = ColumnOf(model_.graph.axis(node.inputs[2]), node.axis, j);
    Map out(value.col(j).data(), outputs, bias.rows());
    out.rowwise() += bias.col(column).transpose();
  }
}

template <typename Scalar>
void Pass<Scalar>::EvaluateProduct(const Node& node, Matrix<Scalar>& value) {
  const auto matrix = [&](Value factor, Index j) {
    const Shape shape = model_.graph.shape(factor);
    const ConstMap all = ValueAt(factor);
    return ConstMap(all.col(ColumnOf(model_.graph.axis(factor), node.axis, j)).data(), shape.rows, shape.cols);
  };
  for (Index j = 0; j < value.cols(); ++j) {
    Map out(value.col(j).data(), node.shape.rows, node.shape.cols);
    out.noalias() = matrix(node.inputs[0], j) * matrix(node.inputs[1], j);
  }
}

template <typename Scalar>
typename Pass<Scalar>::ConstMap Pass<Scalar>::SpreadTo(const Node& node, Value value, Matrix<Scalar>& buffer) const {
  const ConstMap held = ValueAt(value);
  const Axis axis = model_.graph.axis(value);
  if (axis == node.axis) return held;
  buffer.resize(held.rows(), Columns(node.axis));
  for (Index j = 0; j < buffer.cols(); ++j) buffer.col(j) = held.col(ColumnOf(axis, node.axis, j));
  return {buffer.data(), buffer.rows(), buffer.cols()};
}

// Row i of the generated matrix, for all features, is the generator's rows i, i + m, i + 2 m, ..: a block [n, k]. Seen
// as a matrix [m, n k], the generator has these blocks as its rows; transposed, they lie one after the other.
template <typename Scalar>
void Pass<Scalar>::EvaluateContract(std::size_t index, Matrix<Scalar>& value) {
  const Node& node = model_.graph.nodes()[index];
  const ConstMap features = SpreadTo(node, node.inputs[1], features_);
  const ConstMap input = SpreadTo(node, node.inputs[2], input_);
  const Index rows = node.shape.rows;
  const Index block_size = input.rows() * features.rows();
  blocks_ = ConstMap(ValueAt(node.inputs[0]).data(), rows, block_size).transpose();
  Matrix<Scalar>& contracted = contracted_[index];
  contracted.resize(features.rows(), rows * value.cols());
  for (Index i = 0; i < rows; ++i) {
    const ConstMap block(blocks_.col(i).data(), input.rows(), features.rows());
    auto of_row = contracted.middleCols(i * value.cols(), value.cols());
    of_row.noalias() = block.transpose() * input;
    value.row(i) = of_row.cwiseProduct(features).colwise().sum();
  }
}

template <typename Scalar>
void Pass<Scalar>::EvaluateEntryByEntry(const Node& node, Matrix<Scalar>& value) {
  const ConstMap a = ValueAt(node.inputs[0]);
  const ConstMap b = ValueAt(node.inputs[1]);
  const bool adds = node.operation == Operation::kAdd;
  for (Index j = 0; j < value.cols(); ++j) {
    const auto left = a.col(ColumnOf(model_.graph.axis(node.inputs[0]), node.axis, j));
    const auto right = b.col(ColumnOf(model_.graph.axis(node.inputs[1]), node.axis, j));
    for (Index i = 0; i < value.rows(); ++i) {
      const Scalar x = left[EntryOf(left.size(), i)];
      const Scalar y = right[EntryOf(right.size(), i)];
      value(i, j) = adds ? x + y : x * y;
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::EvaluatePool(std::size_t index, Matrix<Scalar>& value) {
  const Node& node = model_.graph.nodes()[index];
  const Pooling& pooling = node.pooling;
  const ConstMap image = ValueAt(node.inputs[0]);
  std::vector<Index>& largest = largest_[index];
  largest.assign(static_cast<std::size_t>(value.size()), 0);
  for (Index j = 0; j < value.cols(); ++j) {
    for (Index out = 0; out < value.rows(); ++out) {
      const Index corner = CornerOf(pooling, out);
      Index best = corner;
      Scalar sum = 0;
      for (Index k = 0; k < pooling.window * pooling.window; ++k) {
        const Index pixel = corner + k / pooling.window * pooling.width + k % pooling.window;
        sum += image(pixel, j);
        if (image(pixel, j) > image(best, j)) best = pixel;
      }
      largest[static_cast<std::size_t>(j * value.rows() + out)] = best;
      const bool is_maximum = pooling.kind == Pooling::Kind::kMaximum;
      value(out, j) = is_maximum ? image(best, j) : sum / static_cast<Scalar>(pooling.window * pooling.window);
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::Backward(const ConstVectorRef<Scalar>& theta,
                            const ConstMatrixRef<Scalar>& output_gradient,
                            GradientTarget<Scalar>& target) {
  const auto output = static_cast<std::size_t>(model_.output.index);
  Require("entries of theta", theta.size(), model_.parameters.size());
  Require("rows of the output gradient", output_gradient.rows(), model_.graph.shape(model_.output).rows);
  Require("columns of the output gradient", output_gradient.cols(), values_[output].cols());
  theta_ = theta.data();
  gradient_.setZero(theta.size());
  theta_gradient_ = gradient_.data();
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (needed_[i] && is_trained_[i]) gradients_[i].setZero(values_[i].rows(), values_[i].cols());
  }
  gradients_[output] = output_gradient;
  for (std::size_t i = values_.size(); i-- > 0;) {
    if (needed_[i] && is_trained_[i]) Propagate(i);
  }
  const ParameterBlock all{.first = 0, .rows = theta.size(), .cols = 1, .stride = theta.size()};
  const auto to = target.Begin(all);
  Eigen::Map<Vector<Scalar>> destination(to.data, theta.size());
  if (!to.accumulate) destination.setZero();
  destination += target.scale() * gradient_;
  target.End(all);
}

// Adds to the gradients of the inputs what this value passes on, to those below which theta is.
template <typename Scalar>
void Pass<Scalar>::Propagate(std::size_t index) {
  const Node& node = model_.graph.nodes()[index];
  const Matrix<Scalar>& gradient = gradients_[index];
  const auto is_trained = [&](Value value) { return is_trained_[static_cast<std::size_t>(value.index)]; };
  switch (node.operation) {
    case Operation::kX:
    case Operation::kCondition:
    case Operation::kConditionId:
    case Operation::kParameter:
    case Operation::kConstant:
      return;
    case Operation::kAffine:
    case Operation::kConvolve:
      PropagateAffine(node, gradient);
      return;
    case Operation::kProduct:
      PropagateProduct(node, gradient);
      return;
    case Operation::kContract:
      PropagateContract(index, gradient);
      return;
    case Operation::kPool:
      PropagatePool(index, gradient);
      return;
    case Operation::kApply: {
      const ConstMap input = ValueAt(node.inputs[0]);
      GradientAt(node.inputs[0]).array() += gradient.array() * input.array().unaryExpr([&](Scalar t) {
        return static_cast<Scalar>(DerivativeOf(node.function, t));
      });
      return;
    }
    case Operation::kAdd:
    case Operation::kMultiply:
      PropagateEntryByEntry(node, gradient);
      return;
    case Operation::kConcatenate: {
      Index row = 0;
      for (const Value part : node.inputs) {
        const Index rows = model_.graph.shape(part).rows;
        if (is_trained(part)) {
          Map below = GradientAt(part);
          for (Index j = 0; j < gradient.cols(); ++j) {
            below.col(ColumnOf(model_.graph.axis(part), node.axis, j)) += gradient.col(j).segment(row, rows);
          }
        }
        row += rows;
      }
      return;
    }
    case Operation::kSlice:
      GradientAt(node.inputs[0]).middleRows(node.first, node.shape.size()) += gradient;
      return;
    case Operation::kGather: {
      Map below = GradientAt(node.inputs[0]);
      for (Index j = 0; j < gradient.cols(); ++j) {
        const Index group = ColumnOf(Axis::kCondition, node.axis, j);
        const Index id = condition_ids_[static_cast<std::size_t>(group)];
        const Index column = ColumnOf(model_.graph.axis(node.inputs[0]), node.axis, j);
        below.col(column).segment(id * node.shape.rows, node.shape.rows) += gradient.col(j);
      }
      return;
    }
    case Operation::kSum:
      GradientAt(node.inputs[0]).rowwise() += gradient.row(0);
      return;
  }
}

template <typename Scalar>
void Pass<Scalar>::PropagateAffine(const Node& node, const Matrix<Scalar>& gradient) {
  const auto is_trained = [&](Value value) { return is_trained_[static_cast<std::size_t>(value.index)]; };
  const Shape shape = model_.graph.shape(node.inputs[0]);
  const ConstMap weights = ValueAt(node.inputs[0]);
  const ConstMap input = ValueAt(node.inputs[1]);
  const Axis axis = ProductAxis(node);
  if (HasBias(node) && is_trained(node.inputs[2])) {
    Map bias = GradientAt(node.inputs[2]);
    for (Index j = 0; j < gradient.cols(); ++j) {
      const ConstMap out(gradient.col(j).data(), OutputsPerBias(node), bias.rows());
      bias.col(ColumnOf(model_.graph.axis(node.inputs[2]), node.axis, j)) += out.colwise().sum().transpose();
    }
  }
  const bool is_spread = axis != node.axis;
  if (is_spread) {
    product_.setZero(node.shape.rows, Columns(axis));
    for (Index j = 0; j < gradient.cols(); ++j) product_.col(ColumnOf(axis, node.axis, j)) += gradient.col(j);
  }
  const Matrix<Scalar>& product = is_spread ? product_ : gradient;
  const bool moves_weights = is_trained(node.inputs[0]);
  const bool moves_input = is_trained(node.inputs[1]);
  ForEachSegment(node, [&](const Segment& segment) {
    const ConstMap matrix(weights.col(segment.weights).data(), shape.rows, shape.cols);
    Map matrix_gradient(nullptr, 0, 0);
    if (moves_weights) {
      new (&matrix_gradient) Map(GradientAt(node.inputs[0]).col(segment.weights).data(), shape.rows, shape.cols);
    }
    if (node.operation == Operation::kAffine) {
      const auto out = product.middleCols(segment.first, segment.count);
      if (moves_weights) matrix_gradient.noalias() += out * input.middleCols(segment.input, segment.count).transpose();
      if (moves_input)
        GradientAt(node.inputs[1]).middleCols(segment.input, segment.count).noalias() += matrix.transpose() * out;
      return;
    }
    for (Index j = 0; j < segment.count; ++j) {
      const Index pixels = OutputsPerBias(node);
      const ConstMap out(product.col(segment.first + j).data(), pixels, shape.rows);
      if (moves_weights) {
        CopyPatches(node.convolution, input.col(segment.input + j).data(), patches_);
        matrix_gradient.noalias() += out.transpose() * patches_;
      }
      if (moves_input) {
        patches_.noalias() = out * matrix;
        AddPatches(node.convolution, patches_, GradientAt(node.inputs[1]).col(segment.input + j).data());
      }
    }
  });
}

template <typename Scalar>
void Pass<Scalar>::PropagateProduct(const Node& node, const Matrix<Scalar>& gradient) {
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const Value mine = node.inputs[side];
    const Value other = node.inputs[1 - side];
    if (!is_trained_[static_cast<std::size_t>(mine.index)]) continue;
    Map below = GradientAt(mine);
    const ConstMap factors = ValueAt(other);
    const Shape shape = model_.graph.shape(mine);
    const Shape other_shape = model_.graph.shape(other);
    for (Index j = 0; j < gradient.cols(); ++j) {
      const ConstMap out(gradient.col(j).data(), node.shape.rows, node.shape.cols);
      Map to(below.col(ColumnOf(model_.graph.axis(mine), node.axis, j)).data(), shape.rows, shape.cols);
      const Index column = ColumnOf(model_.graph.axis(other), node.axis, j);
      const ConstMap factor(factors.col(column).data(), other_shape.rows, other_shape.cols);
      if (side == 0) {
        to.noalias() += out * factor.transpose();
      } else {
        to.noalias() += factor.transpose() * out;
      }
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::PropagateContract(std::size_t index, const Matrix<Scalar>& gradient) {
  const Node& node = model_.graph.nodes()[index];
  const auto is_trained = [&](Value value) { return is_trained_[static_cast<std::size_t>(value.index)]; };
  const ConstMap features = SpreadTo(node, node.inputs[1], features_);
  const ConstMap input = SpreadTo(node, node.inputs[2], input_);
  const Index rows = node.shape.rows;
  const Index columns = gradient.cols();
  const Index block_size = input.rows() * features.rows();
  if (is_trained(node.inputs[1])) {
    Map below = GradientAt(node.inputs[1]);
    for (Index i = 0; i < rows; ++i) {
      for (Index j = 0; j < columns; ++j) {
        below.col(ColumnOf(model_.graph.axis(node.inputs[1]), node.axis, j)) +=
            gradient(i, j) * contracted_[index].col(i * columns + j);
      }
    }
  }
  if (is_trained(node.inputs[0])) {
    blocks_.resize(block_size, rows);
    for (Index i = 0; i < rows; ++i) {
      product_ = features * gradient.row(i).asDiagonal();  // [k, columns]
      Map(blocks_.col(i).data(), input.rows(), features.rows()).noalias() = input * product_.transpose();
    }
    Map(GradientAt(node.inputs[0]).data(), rows, block_size) += blocks_.transpose();
  }
  if (!is_trained(node.inputs[2])) return;
  blocks_ = ConstMap(ValueAt(node.inputs[0]).data(), rows, block_size).transpose();
  Map below = GradientAt(node.inputs[2]);
  for (Index i = 0; i < rows; ++i) {
    product_ = features * gradient.row(i).asDiagonal();
    patches_.noalias() = ConstMap(blocks_.col(i).data(), input.rows(), features.rows()) * product_;
    for (Index j = 0; j < columns; ++j) {
      below.col(ColumnOf(model_.graph.axis(node.inputs[2]), node.axis, j)) += patches_.col(j);
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::PropagateEntryByEntry(const Node& node, const Matrix<Scalar>& gradient) {
  for (const std::size_t side : {std::size_t{0}, std::size_t{1}}) {
    const Value mine = node.inputs[side];
    if (!is_trained_[static_cast<std::size_t>(mine.index)]) continue;
    Map below = GradientAt(mine);
    const ConstMap other = ValueAt(node.inputs[1 - side]);
    for (Index j = 0; j < gradient.cols(); ++j) {
      auto to = below.col(ColumnOf(model_.graph.axis(mine), node.axis, j));
      const auto factor = other.col(ColumnOf(model_.graph.axis(node.inputs[1 - side]), node.axis, j));
      for (Index i = 0; i < gradient.rows(); ++i) {
        const Scalar scale = node.operation == Operation::kAdd ? Scalar(1) : factor[EntryOf(factor.size(), i)];
        to[EntryOf(to.size(), i)] += scale * gradient(i, j);
      }
    }
  }
}

template <typename Scalar>
void Pass<Scalar>::PropagatePool(std::size_t index, const Matrix<Scalar>& gradient) {
  const Node& node = model_.graph.nodes()[index];
  const Pooling& pooling = node.pooling;
  Map image = GradientAt(node.inputs[0]);
  for (Index j = 0; j < gradient.cols(); ++j) {
    for (Index out = 0; out < gradient.rows(); ++out) {
      if (pooling.kind == Pooling::Kind::kMaximum) {
        image(largest_[index][static_cast<std::size_t>(j * gradient.rows() + out)], j) += gradient(out, j);
        continue;
      }
      const Index corner = CornerOf(pooling, out);
      for (Index k = 0; k < pooling.window * pooling.window; ++k) {
        image(corner + k / pooling.window * pooling.width + k % pooling.window, j) +=
            gradient(out, j) / static_cast<Scalar>(pooling.window * pooling.window);
      }
    }
  }
}

template class Pass<float>;
template class Pass<double>;

}  // namespace hyperwidth
