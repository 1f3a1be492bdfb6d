// SPDX-License-Identifier: Apache-2.0
#include "models/batch/generated_network.h"

#include <algorithm>

#include "models/activation.h"
#include "models/pass/product.h"
#include "models/batch/sample_tasks.h"

namespace hyperwidth {

template <typename Scalar>
PerSampleNetwork<Scalar>::PerSampleNetwork(const Mlp& mlp, Index task_count, const ContractedLayer<Scalar>* first_layer)
    : mlp_(mlp),
      first_layer_(first_layer),
      partial_sums_(static_cast<std::size_t>(task_count)),
      has_sum_(static_cast<std::size_t>(task_count)),
      pre_activations_(static_cast<std::size_t>(mlp.depth())),
      activations_(static_cast<std::size_t>(mlp.depth())),
      gradients_(static_cast<std::size_t>(mlp.depth())) {
  for (Index layer = 1; layer < mlp.depth(); ++layer) {
    for (Index input = 0; input < mlp.inputs_of(layer); ++input) {
      for (Index unit = 0; unit < mlp.outputs_of(layer); ++unit) places_.push_back({layer, unit, input});
    }
    if (!mlp.has_bias()) continue;
    for (Index unit = 0; unit < mlp.outputs_of(layer); ++unit) places_.push_back({layer, unit, -1});
  }
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::Resize(Index samples, Index /*conditions*/) {
  std::fill(has_sum_.begin(), has_sum_.end(), 0);
  if (inputs_.rows() == samples) return;
  inputs_.resize(samples, mlp_.input_size() + (mlp_.has_bias() ? 1 : 0));
  if (mlp_.has_bias()) inputs_.col(mlp_.input_size()).setOnes();
  later_parameters_.resize(samples, static_cast<Index>(places_.size()));
  if (first_layer_ == nullptr) {
    for (auto& sum : partial_sums_) sum.resize(samples, mlp_.outputs_of(0));
  }
  for (Index layer = 0; layer < mlp_.depth(); ++layer) {
    const auto i = static_cast<std::size_t>(layer);
    pre_activations_[i].resize(samples, mlp_.outputs_of(layer));
    gradients_[i].resize(samples, mlp_.outputs_of(layer));
    if (HasActivation(layer)) activations_[i].resize(samples, mlp_.outputs_of(layer));
  }
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) {
  const auto [first, count] = PanelOf(inputs_.cols(), panel, panel_count());
  InputsToRows<Scalar>(x, {.first = first, .count = std::min(count, x.rows() - first)}, inputs_);
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::Consume(Index task, const RowBlock& block, const Scalar* values) {
  const Index samples = inputs_.rows();
  const Index first_layer = FirstLayerParameters(mlp_);
  const Eigen::Map<const Matrix<Scalar>> parameters(values, samples, block.count);
  if (block.first >= first_layer) {
    later_parameters_.middleCols(block.first - first_layer, block.count) = parameters;
    return;
  }
  const Index units = mlp_.outputs_of(0);
  auto& sum = partial_sums_[static_cast<std::size_t>(task)];
  char& has_sum = has_sum_[static_cast<std::size_t>(task)];
  if (!has_sum) sum.setZero();
  has_sum = 1;
  for (Index row = 0, input = block.first / units; row < block.count; row += units, ++input) {
    const auto x = inputs_.col(input).array();
    for (Index unit = 0; unit < units; ++unit) sum.col(unit).array() += parameters.col(row + unit).array() * x;
  }
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::Forward(const Executor& executor, Matrix<Scalar>& outputs) {
  ForSamples(executor, inputs_.rows(), later_parameters_.cols(), [&](Index first, Index count) {
    ForwardSamples(first, count, outputs);
  });
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::ForwardSamples(Index first, Index count, Matrix<Scalar>& outputs) {
  if (first_layer_ != nullptr) {
    first_layer_->PreActivations(first, count, pre_activations_[0]);
  } else {
    auto sum = pre_activations_[0].middleRows(first, count);
    sum.setZero();
    for (std::size_t task = 0; task < partial_sums_.size(); ++task) {
      if (has_sum_[task]) sum += partial_sums_[task].middleRows(first, count);
    }
  }
  for (Index layer = 1; layer < mlp_.depth(); ++layer) {
    pre_activations_[static_cast<std::size_t>(layer)].middleRows(first, count).setZero();
  }
  Index done = -1;  // the last layer whose activations are known
  for (Index column = 0; column < later_parameters_.cols(); ++column) {
    const auto [layer, unit, input] = places_[static_cast<std::size_t>(column)];
    const auto below = static_cast<std::size_t>(layer - 1);
    if (done < layer - 1) {
      ApplyActivation<Scalar>(mlp_.activation(),
                              pre_activations_[below].middleRows(first, count),
                              activations_[below].middleRows(first, count));
      done = layer - 1;
    }
    auto output = pre_activations_[static_cast<std::size_t>(layer)].col(unit).segment(first, count).array();
    const auto parameter = later_parameters_.col(column).segment(first, count).array();
    if (input < 0) {
      output += parameter;
    } else {
      output += parameter * activations_[below].col(input).segment(first, count).array();
    }
  }
  SamplesToColumns(pre_activations_.back(), first, count, outputs);
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::Backward(const Executor& executor, const ConstMatrixRef<Scalar>& output_gradient) {
  ForSamples(executor, inputs_.rows(), later_parameters_.cols(), [&](Index first, Index count) {
    BackwardSamples(first, count, output_gradient);
  });
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::BackwardSamples(Index first,
                                               Index count,
                                               const ConstMatrixRef<Scalar>& output_gradient) {
  SamplesToRows<Scalar>(output_gradient, first, count, gradients_.back());
  for (Index layer = mlp_.depth() - 1; layer > 0; --layer) {
    const auto i = static_cast<std::size_t>(layer);
    auto below = gradients_[i - 1].middleRows(first, count);
    below.setZero();
    Index column = mlp_.weight_offset(layer) - FirstLayerParameters(mlp_);
    for (Index input = 0; input < mlp_.inputs_of(layer); ++input) {
      for (Index unit = 0; unit < mlp_.outputs_of(layer); ++unit, ++column) {
        below.col(input).array() += later_parameters_.col(column).segment(first, count).array() *
                                    gradients_[i].col(unit).segment(first, count).array();
      }
    }
    MultiplyByDerivative<Scalar>(mlp_.activation(),
                                 pre_activations_[i - 1].middleRows(first, count),
                                 activations_[i - 1].middleRows(first, count),
                                 below);
  }
}

template <typename Scalar>
void PerSampleNetwork<Scalar>::FillGradient(Index /*task*/, const RowBlock& block, Scalar* gradient) {
  const Index first_layer = FirstLayerParameters(mlp_);
  Eigen::Map<Matrix<Scalar>> result(gradient, inputs_.rows(), block.count);
  if (block.first < first_layer) {
    const Index units = mlp_.outputs_of(0);
    for (Index row = 0, input = block.first / units; row < block.count; row += units, ++input) {
      const auto x = inputs_.col(input).array();
      for (Index unit = 0; unit < units; ++unit) result.col(row + unit) = gradients_[0].col(unit).array() * x;
    }
    return;
  }
  for (Index row = 0; row < block.count; ++row) {
    const auto [layer, unit, input] = places_[static_cast<std::size_t>(block.first - first_layer + row)];
    const auto& of_unit = gradients_[static_cast<std::size_t>(layer)].col(unit);
    if (input < 0) {
      result.col(row) = of_unit;
    } else {
      result.col(row) = of_unit.array() * activations_[static_cast<std::size_t>(layer - 1)].col(input).array();
    }
  }
}

template <typename Scalar>
void GroupedNetwork<Scalar>::Resize(Index samples, Index conditions) {
  layers_.Resize(samples);
  parameters_.resize(mlp_.parameter_count(), conditions);
  gradient_.resize(mlp_.parameter_count(), conditions);
}

template <typename Scalar>
void GroupedNetwork<Scalar>::SetInputPanel(const ConstMatrixRef<Scalar>& x, Index panel) {
  const auto [first, count] = PanelOf(x.cols(), panel, panel_count());
  SamplesToRows<Scalar>(x, first, count, layers_.inputs());
}

template <typename Scalar>
void GroupedNetwork<Scalar>::Consume(Index /*task*/, const RowBlock& block, const Scalar* values) {
  const Index conditions = parameters_.cols();
  Transpose<Scalar>(conditions, block.count, values, conditions, parameters_.data() + block.first, parameters_.rows());
}

template <typename Scalar>
void GroupedNetwork<Scalar>::Forward(const Executor& executor, Matrix<Scalar>& outputs) {
  const Index size = group_size();
  executor.Run(parameters_.cols(), [&](Index condition, Index /*slot*/) {
    const Index first = condition * size;
    layers_.Forward(parameters_.col(condition).data(), first, size);
    SamplesToColumns(layers_.outputs(), first, size, outputs);
  });
}

template <typename Scalar>
void GroupedNetwork<Scalar>::Backward(const Executor& executor, const ConstMatrixRef<Scalar>& output_gradient) {
  const Index size = group_size();
  executor.Run(parameters_.cols(), [&](Index condition, Index /*slot*/) {
    const Index first = condition * size;
    SamplesToRows<Scalar>(output_gradient, first, size, layers_.output_gradient());
    layers_.Backward(parameters_.col(condition).data(), first, size, /*scale=*/1, /*input_gradient=*/nullptr);
    layers_.WriteGradientOfRange(first, size, gradient_.col(condition).data());
  });
}

template <typename Scalar>
void GroupedNetwork<Scalar>::FillGradient(Index /*task*/, const RowBlock& block, Scalar* gradient) {
  Transpose<Scalar>(
      block.count, gradient_.cols(), gradient_.data() + block.first, gradient_.rows(), gradient, gradient_.cols());
}

template class PerSampleNetwork<float>;
template class PerSampleNetwork<double>;
template class GroupedNetwork<float>;
template class GroupedNetwork<double>;

}  // namespace hyperwidth
