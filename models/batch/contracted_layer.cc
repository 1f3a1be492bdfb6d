// SPDX-License-Identifier: Apache-2.0
#include "models/batch/contracted_layer.h"

#include <algorithm>

#include "models/pass/product.h"
#include "models/batch/sample_tasks.h"

namespace hyperwidth {
namespace {

// Of T, for one task: few enough for many tasks, enough to use what is in cache several times.
constexpr Index kColumnsOfTask = 8;
// A part of x for one product, 24 KiB of floats, that stays in the first cache while a task's columns use it.
constexpr Index kSamplesOfProduct = 64;
constexpr Index kInputsOfProduct = 98;
// Each panel has a share of T to be written and read: only as many as have inputs enough to outweigh that, and as
// threads that are worth an exact fit.
constexpr Index kInputsOfPanel = 384;
constexpr Index kMostPanels = 4;

}  // namespace

template <typename Scalar>
ContractedLayer<Scalar>::ContractedLayer(const Mlp& generator, const Mlp& primary)
    : weight_offset_(generator.weight_offset(generator.depth() - 1)),
      weight_stride_(generator.output_size()),
      width_(generator.inputs_of(generator.depth() - 1) + (generator.has_bias() ? 1 : 0)),
      units_(primary.outputs_of(0)),
      panels_(std::clamp<Index>(primary.input_size() / kInputsOfPanel, 1, kMostPanels)),
      has_bias_(generator.has_bias()),
      pre_activations_(static_cast<std::size_t>(task_count())),
      hidden_gradients_(static_cast<std::size_t>(panels_)) {}

template <typename Scalar>
Index ContractedLayer<Scalar>::group_count() const {
  return (width_ + kColumnsOfTask - 1) / kColumnsOfTask;
}

template <typename Scalar>
void ContractedLayer<Scalar>::Resize(Index samples) {
  products_.resize(samples, panels_ * width_ * units_);
  for (Matrix<Scalar>& share : pre_activations_) share.resize(samples, units_);
  for (Matrix<Scalar>& share : hidden_gradients_) share.resize(samples, width_ - (has_bias_ ? 1 : 0));
}

template <typename Scalar>
void ContractedLayer<Scalar>::Forward(const Executor& executor,
                                      const Scalar* parameters,
                                      const Matrix<Scalar>& x,
                                      const Matrix<Scalar>& hidden) {
  const Index samples = x.rows();
  executor.Run(task_count(), [&](Index task, Index /*slot*/) {
    const Index panel = task / group_count();
    const Index begin = task % group_count() * kColumnsOfTask;
    const Index end = std::min(width_, begin + kColumnsOfTask);
    const auto [first_input, input_count] = PanelOf(x.cols(), panel, panels_);
    for (Index done = 0; done < input_count; done += kInputsOfProduct) {
      const Index input = first_input + done;
      for (Index sample = 0; sample < samples; sample += kSamplesOfProduct) {
        for (Index column = begin; column < end; ++column) {
          // A column of the generator's weights is a matrix [units, inputs] of the primary network's.
          Multiply<Scalar>({.rows = std::min(kSamplesOfProduct, samples - sample),
                            .cols = units_,
                            .inner = std::min(kInputsOfProduct, input_count - done),
                            .a_stride = samples,
                            .b_stride = units_,
                            .c_stride = samples,
                            .b_transposed = true,
                            .accumulate = done > 0},
                           &x(sample, input),
                           parameters + weight_offset_ + column * weight_stride_ + input * units_,
                           &products_(sample, ColumnOf(panel, column, 0)));
        }
      }
    }
    Matrix<Scalar>& share = pre_activations_[static_cast<std::size_t>(task)];
    share.setZero();
    for (Index column = begin; column < end; ++column) {
      for (Index unit = 0; unit < units_; ++unit) {
        share.col(unit).array() += products_.col(ColumnOf(panel, column, unit)).array() * hidden.col(column).array();
      }
    }
  });
}

template <typename Scalar>
void ContractedLayer<Scalar>::PreActivations(Index first, Index count, Matrix<Scalar>& result) const {
  auto sum = result.middleRows(first, count);
  sum.setZero();
  for (const Matrix<Scalar>& share : pre_activations_) sum += share.middleRows(first, count);
}

template <typename Scalar>
void ContractedLayer<Scalar>::Backward(const Executor& executor, const Matrix<Scalar>& gradient) {
  executor.Run(task_count(), [&](Index task, Index /*slot*/) {
    const Index panel = task / group_count();
    const Index begin = task % group_count() * kColumnsOfTask;
    Matrix<Scalar>& share = hidden_gradients_[static_cast<std::size_t>(panel)];
    const Index end = std::min(share.cols(), begin + kColumnsOfTask);
    for (Index column = begin; column < end; ++column) {
      auto sum = share.col(column).array();
      sum.setZero();
      for (Index unit = 0; unit < units_; ++unit) {
        sum += gradient.col(unit).array() * products_.col(ColumnOf(panel, column, unit)).array();
      }
    }
  });
}

template <typename Scalar>
void ContractedLayer<Scalar>::AddHiddenGradient(Index first, Index count, Matrix<Scalar>& hidden_gradient) const {
  auto sum = hidden_gradient.middleRows(first, count);
  for (const Matrix<Scalar>& share : hidden_gradients_) sum += share.middleRows(first, count);
}

template class ContractedLayer<float>;
template class ContractedLayer<double>;

}  // namespace hyperwidth
