// SPDX-License-Identifier: Apache-2.0
//
// The last step of a backward pass: sums over samples of (gradient of a unit) times (its input).

#ifndef HYPERWIDTH_MODELS_BATCH_WEIGHT_GRADIENT_H_
#define HYPERWIDTH_MODELS_BATCH_WEIGHT_GRADIENT_H_

#include "models/pass/gradient_target.h"
#include "models/pass/product.h"
#include "models/types.h"

namespace hyperwidth {

// The gradient with respect to some units, [units, samples], multiplied by the target's scale.
template <typename Scalar>
struct SampleSum {
  Index samples = 0;
  const Scalar* by_sample = nullptr;
  Index by_sample_stride = 0;
};

// `inputs` [samples, block.cols], `inputs_stride` from one column to the next.
template <typename Scalar>
void WriteWeightGradient(GradientTarget<Scalar>& target,
                         const ParameterBlock& block,
                         const SampleSum<Scalar>& gradient,
                         const Scalar* inputs,
                         Index inputs_stride) {
  const auto destination = target.Begin(block);
  Multiply<Scalar>({.rows = block.rows,
                    .cols = block.cols,
                    .inner = gradient.samples,
                    .a_stride = gradient.by_sample_stride,
                    .b_stride = inputs_stride,
                    .c_stride = destination.stride,
                    .accumulate = destination.accumulate},
                   gradient.by_sample,
                   inputs,
                   destination.data);
  target.End(block);
}

// The same for a bias, whose input is 1.
template <typename Scalar>
void WriteBiasGradient(GradientTarget<Scalar>& target, Index first, Index units, const SampleSum<Scalar>& gradient) {
  const ParameterBlock block{.first = first, .rows = units, .cols = 1, .stride = units};
  const auto destination = target.Begin(block);
  Eigen::Map<Vector<Scalar>> bias(destination.data, units);
  if (!destination.accumulate) bias.setZero();
  const Eigen::Map<const Matrix<Scalar>, Eigen::Unaligned, Eigen::OuterStride<>> by_sample(
      gradient.by_sample, units, gradient.samples, Eigen::OuterStride<>(gradient.by_sample_stride));
  for (Index sample = 0; sample < gradient.samples; ++sample) bias += by_sample.col(sample);
  target.End(block);
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_WEIGHT_GRADIENT_H_
