// SPDX-License-Identifier: Apache-2.0
#include "models/batch/contracted_layer.h"

#include <algorithm>

#include "models/batch/product.h"

namespace hyperwidth {
namespace {

// Of T, for one task: few enough for many tasks, enough to use what is in cache several times.
constexpr Index kColumnsOfTask = 4;
// A part of x for one product, 24 KiB of floats, that stays in the first cache while a task's columns use it.
constexpr Index kSamplesOfProduct = 64;
constexpr Index kInputsOfProduct = 98;

}  // namespace

template <typename Scalar>
ContractedLayer<Scalar>::ContractedLayer(const Mlp& generator, const Mlp& primary)
    : weight_offset_(generator.weight_offset(generator.depth() - 1)),
      weight_stride_(generator.output_size()),
      width_(generator.inputs_of(generator.depth() - 1) + (generator.has_bias() ? 1 : 0)),
      units_(primary.outputs_of(0)) {}

template <typename Scalar>
void ContractedLayer<Scalar>::Resize(Index samples) {
  products_.resize(samples, width_ * units_);
}

template <typename Scalar>
void ContractedLayer<Scalar>::Forward(const Executor& executor,
                                      const Scalar* parameters,
                                      const Matrix<Scalar>& x,
                                      const Matrix<Scalar>& hidden) {
  hidden_ = &hidden;
  const Index samples = x.rows();
  executor.Run((width_ + kColumnsOfTask - 1) / kColumnsOfTask, [&](Index task, Index /*slot*/) {
    const Index begin = task * kColumnsOfTask;
    const Index end = std::min(width_, begin + kColumnsOfTask);
    for (Index input = 0; input < x.cols(); input += kInputsOfProduct) {
      for (Index sample = 0; sample < samples; sample += kSamplesOfProduct) {
        for (Index column = begin; column < end; ++column) {
          // A column of the generator's weights is a matrix [units, inputs] of the primary network's.
          Multiply<Scalar>({.rows = std::min(kSamplesOfProduct, samples - sample),
                            .cols = units_,
                            .inner = std::min(kInputsOfProduct, x.cols() - input),
                            .a_stride = samples,
                            .b_stride = units_,
                            .c_stride = samples,
                            .b_transposed = true,
                            .accumulate = input > 0},
                           &x(sample, input),
                           parameters + weight_offset_ + column * weight_stride_ + input * units_,
                           &products_(sample, column * units_));
        }
      }
    }
  });
}

template <typename Scalar>
void ContractedLayer<Scalar>::PreActivations(Index first, Index count, Matrix<Scalar>& result) const {
  result.middleRows(first, count).setZero();
  for (Index column = 0; column < width_; ++column) {
    const auto hidden = hidden_->col(column).segment(first, count).array();
    for (Index unit = 0; unit < units_; ++unit) {
      result.col(unit).segment(first, count).array() +=
          products_.col(column * units_ + unit).segment(first, count).array() * hidden;
    }
  }
}

template <typename Scalar>
void ContractedLayer<Scalar>::AddHiddenGradient(Index first,
                                                Index count,
                                                const Matrix<Scalar>& gradient,
                                                Matrix<Scalar>& hidden_gradient) const {
  for (Index column = 0; column < hidden_gradient.cols(); ++column) {
    auto sum = hidden_gradient.col(column).segment(first, count).array();
    for (Index unit = 0; unit < units_; ++unit) {
      sum += gradient.col(unit).segment(first, count).array() *
             products_.col(column * units_ + unit).segment(first, count).array();
    }
  }
}

template class ContractedLayer<float>;
template class ContractedLayer<double>;

}  // namespace hyperwidth
