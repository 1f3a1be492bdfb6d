// SPDX-License-Identifier: Apache-2.0
//
// The gradient of one output for each sample alone, which the method of Levenberg and Marquardt needs.

#ifndef HYPERWIDTH_MODELS_PASS_OUTPUT_GRADIENTS_H_
#define HYPERWIDTH_MODELS_PASS_OUTPUT_GRADIENTS_H_

#include "models/graph/graph.h"
#include "models/pass/batch.h"
#include "models/pass/scratch.h"
#include "models/pass/store.h"

namespace hyperwidth {

// Everything counts as varying with the sample, so that what samples share is computed for each of them: for small
// networks and few samples. Buffers grow to the largest batch seen and are reused. The model must outlive it. One
// thread.
template <typename Scalar>
class OutputGradients {
 public:
  // Throws: std::invalid_argument as Validate, or if the model has more than one output.
  explicit OutputGradients(const Model& model);

  // Column j of `gradients` [entries of theta, samples] is the gradient of sample j's output with respect to theta.
  // Throws: std::invalid_argument, with what was found and what is accepted, if theta or the batch do not fit.
  void Evaluate(const ConstVectorRef<Scalar>& theta, const Batch<Scalar>& batch, Matrix<Scalar>& gradients);

 private:
  void PassOn(Index node, const Piece& panel);

  const Model& model_;
  Store<Scalar> store_;
  Scratch<Scalar> scratch_;
  std::vector<Index> nodes_;  // that are computed, in order
  bool has_gradients_that_add_up_ = false;
};

extern template class OutputGradients<float>;
extern template class OutputGradients<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_PASS_OUTPUT_GRADIENTS_H_
