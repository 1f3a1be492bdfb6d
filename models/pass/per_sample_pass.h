// SPDX-License-Identifier: Apache-2.0
//
// The gradient of an output for each sample alone, which the method of Levenberg and Marquardt needs.

#ifndef HYPERWIDTH_MODELS_PASS_PER_SAMPLE_PASS_H_
#define HYPERWIDTH_MODELS_PASS_PER_SAMPLE_PASS_H_

#include <vector>

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/pass/scratch.h"
#include "models/pass/store.h"

namespace hyperwidth {

// Everything counts as varying with the sample, and what samples share is computed for each of them: for small networks
// and thousands of samples, where the normal equations take most of the time. Products are Eigen's, over all samples,
// so that the bits do not depend on which kernels a processor has.
//
// Buffers grow to the largest batch seen and are reused. The model must outlive it. One thread.
template <typename Scalar>
class PerSamplePass {
 public:
  // Throws: std::invalid_argument as Validate.
  explicit PerSamplePass(const Model& model);

  // The outputs [rows, samples], valid until the next call. Throws: std::invalid_argument, with what was found and what
  // is accepted, if theta or the batch do not fit.
  const Matrix<Scalar>& Forward(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch);

  // For a model with one output: column j of `gradients` [entries of theta, samples] is the gradient of sample j's
  // output with respect to theta. Throws: std::invalid_argument as Forward, or for a model with more outputs.
  void OutputGradients(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch, Matrix<Scalar>& gradients);

 private:
  void Compute(const Piece& panel);
  void PassOn(Index node, const Piece& panel);

  const Model& model_;
  Store<Scalar> store_;
  Scratch<Scalar> scratch_;
  std::vector<Index> nodes_;  // that are computed, in order
  bool has_gradients_that_add_up_ = false;
  Matrix<Scalar> outputs_;
};

extern template class PerSamplePass<float>;
extern template class PerSamplePass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_PER_SAMPLE_PASS_H_
