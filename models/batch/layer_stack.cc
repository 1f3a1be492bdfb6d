// SPDX-License-Identifier: Apache-2.0
#include "models/batch/layer_stack.h"

#include <algorithm>

#include "models/activation.h"
#include "models/pass/product.h"
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
    if (layer > begin) {
      AppendBlocks(layer - begin, {.first = 0, .count = mlp.inputs_of(layer) + ones_columns()}, later_tasks_);
    }
  }
  if (layers_.empty()) return;
  panel_sums_.resize(static_cast<std::size_t>(panel_count()));
  for (Index panel = 0; panel < panel_count(); ++panel) {
    panel_tasks_.emplace_back();
    AppendBlocks(0, PanelOf(inputs_.cols(), panel, panel_count()), panel_tasks_.back());
  }
}

template <typename Scalar>
void LayerStack<Scalar>::AppendBlocks(Index layer, const Panel& columns, std::vector<WeightBlock>& blocks) const {
  const Index rows = mlp_.outputs_of(layers_[static_cast<std::size_t>(layer)].index);
  const Index end = columns.first + columns.count;
  for (Index row = 0; row < rows; row += kTaskRows) {
    for (Index col = columns.first; col < end; col += kTaskCols) {
      blocks.push_back({.layer = layer,
                        .row = row,
                        .rows = std::min(kTaskRows, rows - row),
                        .col = col,
                        .cols = std::min(kTaskCols, end - col)});
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
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    ForwardLayer(layer, parameters, first, count);
    Activate(layer, first, count);
  }
}

template <typename Scalar>
void LayerStack<Scalar>::SetInputPanel(const Scalar* parameters, const ConstMatrixRef<Scalar>& columns, Index panel) {
  const auto [first, count] = PanelOf(inputs_.cols(), panel, panel_count());
  InputsToRows<Scalar>(columns, {.first = first, .count = std::min(count, columns.rows() - first)}, inputs_);
  if (layers_.empty()) return;
  const Index samples = inputs_.rows();
  const Index units = mlp_.outputs_of(layers_.front().index);
  Matrix<Scalar>& sum = panel_sums_[static_cast<std::size_t>(panel)];
  sum.resize(samples, units);
  Multiply<Scalar>({.rows = samples,
                    .cols = units,
                    .inner = count,
                    .a_stride = samples,
                    .b_stride = units,
                    .c_stride = samples,
                    .b_transposed = true},
                   inputs_.col(first).data(),
                   parameters + mlp_.weight_offset(layers_.front().index) + first * units,
                   sum.data());
}

template <typename Scalar>
void LayerStack<Scalar>::ForwardFromPanels(const Scalar* parameters, Index first, Index count) {
  for (std::size_t layer = 0; layer < layers_.size(); ++layer) {
    if (layer == 0) {
      auto sum = layers_[0].pre_activations.middleRows(first, count);
      sum = panel_sums_[0].middleRows(first, count);
      for (std::size_t panel = 1; panel < panel_sums_.size(); ++panel) {
        sum += panel_sums_[panel].middleRows(first, count);
      }
    } else {
      ForwardLayer(layer, parameters, first, count);
    }
    Activate(layer, first, count);
  }
}

template <typename Scalar>
void LayerStack<Scalar>::ForwardLayer(std::size_t i, const Scalar* parameters, Index first, Index count) {
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
}

template <typename Scalar>
void LayerStack<Scalar>::Activate(std::size_t i, Index first, Index count) {
  Layer& layer = layers_[i];
  if (layer.is_last) return;
  ApplyActivation<Scalar>(mlp_.activation(),
                          layer.pre_activations.middleRows(first, count),
                          layer.activations.block(first, 0, count, mlp_.outputs_of(layer.index)));
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
  if (task < later_task_count()) {
    WriteBlock(later_tasks_[static_cast<std::size_t>(task)], offset, target);
    return;
  }
  for (const WeightBlock& block : panel_tasks_[static_cast<std::size_t>(task - later_task_count())]) {
    WriteBlock(block, offset, target);
  }
}

template <typename Scalar>
void LayerStack<Scalar>::WriteBlock(const WeightBlock& part, Index offset, GradientTarget<Scalar>& target) const {
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
