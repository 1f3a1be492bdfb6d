// SPDX-License-Identifier: Apache-2.0
#include "models/batch/layer_stack.h"

#include <algorithm>

#include "models/activation.h"
#include "models/batch/product.h"
#include "models/batch/weight_gradient.h"

namespace hyperwidth {
namespace {

// Of a weight matrix whose gradient one task computes: large enough to be worth a task, small enough that two threads
// share a network's layers evenly.
constexpr Index kTaskRows = 512;
constexpr Index kTaskCols = 128;

}  // namespace

template <typename Scalar>
LayerStack<Scalar>::LayerStack(const Mlp& mlp, Index begin, Index end) : mlp_(mlp) {
  inputs_.resize(0, mlp.layer_sizes()[static_cast<std::size_t>(begin)] + ones_columns());
  for (Index layer = begin; layer < end; ++layer) {
    layers_.push_back({.index = layer,
                       .is_last = layer + 1 == mlp.depth(),
                       .pre_activations = {},
                       .activations = {},
                       .gradient = {},
                       .gradient_by_sample = {}});
    const Index rows = mlp.outputs_of(layer);
    const Index cols = mlp.inputs_of(layer) + ones_columns();
    for (Index row = 0; row < rows; row += kTaskRows) {
      for (Index col = 0; col < cols; col += kTaskCols) {
        tasks_.push_back({.layer = layer - begin,
                          .row = row,
                          .rows = std::min(kTaskRows, rows - row),
                          .col = col,
                          .cols = std::min(kTaskCols, cols - col)});
      }
    }
  }
}

template <typename Scalar>
void LayerStack<Scalar>::Resize(Index samples) {
  if (inputs_.rows() == samples) return;
  inputs_.resize(samples, inputs_.cols());
  inputs_.rightCols(ones_columns()).setOnes();
  for (Layer& layer : layers_) {
    const Index units = mlp_.outputs_of(layer.index);
    layer.pre_activations.resize(samples, units);
    if (!layer.is_last) {
      layer.activations.resize(samples, units + ones_columns());
      layer.activations.rightCols(ones_columns()).setOnes();
    }
    layer.gradient.resize(samples, units);
    layer.gradient_by_sample.resize(units, samples);
  }
}

template <typename Scalar>
void LayerStack<Scalar>::Forward(const Scalar* parameters, Index first, Index count) {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    Layer& layer = layers_[i];
    const Matrix<Scalar>& inputs = InputsOf(static_cast<Index>(i));
    const Index units = mlp_.outputs_of(layer.index);
    Multiply<Scalar>({.rows = count,
                      .cols = units,
                      .inner = inputs.cols(),
                      .a_stride = inputs.rows(),
                      .b_stride = units,
                      .c_stride = inputs.rows(),
                      .b_transposed = true},
                     inputs.data() + first,
                     parameters + mlp_.weight_offset(layer.index),
                     layer.pre_activations.data() + first);
    if (!layer.is_last) {
      ApplyActivation<Scalar>(mlp_.activation(),
                              layer.pre_activations.middleRows(first, count),
                              layer.activations.block(first, 0, count, units));
    }
  }
}

template <typename Scalar>
void LayerStack<Scalar>::Backward(
    const Scalar* parameters, Index first, Index count, Scalar scale, Matrix<Scalar>* input_gradient) {
  for (std::size_t i = layers_.size(); i-- > 0;) {
    Layer& layer = layers_[i];
    const Index units = mlp_.outputs_of(layer.index);
    const Index samples = layer.gradient.rows();
    if (!layer.is_last) {
      MultiplyByDerivative<Scalar>(mlp_.activation(),
                                   layer.pre_activations.middleRows(first, count),
                                   layer.activations.block(first, 0, count, units),
                                   layer.gradient.middleRows(first, count));
    }
    Transpose<Scalar>(
        count, units, layer.gradient.data() + first, samples, layer.gradient_by_sample.data() + first * units, units);
    if (scale != Scalar(1)) layer.gradient_by_sample.middleCols(first, count) *= scale;
    Matrix<Scalar>* const below = i > 0 ? &layers_[i - 1].gradient : input_gradient;
    if (below == nullptr) return;
    Multiply<Scalar>({.rows = count,
                      .cols = mlp_.inputs_of(layer.index),
                      .inner = units,
                      .a_stride = samples,
                      .b_stride = units,
                      .c_stride = samples},
                     layer.gradient.data() + first,
                     parameters + mlp_.weight_offset(layer.index),
                     below->data() + first);
  }
}

template <typename Scalar>
void LayerStack<Scalar>::WriteGradient(Index task, Index offset, GradientTarget<Scalar>& target) const {
  const GradientTask& part = tasks_[static_cast<std::size_t>(task)];
  const Layer& layer = layers_[static_cast<std::size_t>(part.layer)];
  const Matrix<Scalar>& inputs = InputsOf(part.layer);
  const Index units = mlp_.outputs_of(layer.index);
  const SampleSum<Scalar> gradient{
      .samples = inputs.rows(), .by_sample = layer.gradient_by_sample.data() + part.row, .by_sample_stride = units};
  WriteWeightGradient(target,
                      {.first = offset + mlp_.weight_offset(layer.index) + part.row + part.col * units,
                       .rows = part.rows,
                       .cols = part.cols,
                       .stride = units},
                      gradient,
                      inputs.col(part.col).data(),
                      inputs.rows());
}

template <typename Scalar>
void LayerStack<Scalar>::WriteGradientOfRange(Index first, Index count, Scalar* gradient) const {
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    const Layer& layer = layers_[i];
    const Matrix<Scalar>& inputs = InputsOf(static_cast<Index>(i));
    const Index units = mlp_.outputs_of(layer.index);
    Multiply<Scalar>({.rows = units,
                      .cols = inputs.cols(),
                      .inner = count,
                      .a_stride = units,
                      .b_stride = inputs.rows(),
                      .c_stride = units},
                     layer.gradient_by_sample.data() + first * units,
                     inputs.data() + first,
                     gradient + mlp_.weight_offset(layer.index));
  }
}

template class LayerStack<float>;
template class LayerStack<double>;

}  // namespace hyperwidth
