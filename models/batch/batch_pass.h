// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_BATCH_BATCH_PASS_H_
#define HYPERWIDTH_MODELS_BATCH_BATCH_PASS_H_

#include "models/pass/gradient_target.h"
#include "models/types.h"

namespace hyperwidth {

// A model's way of handling a whole batch fast: the same functions as ConditionalModel::Forward and Backward, split
// into tasks for an executor, with buffers that are kept from one batch to the next. How a batch is split depends on
// its shape alone, and sums are taken in a fixed order: the number of threads does not change a bit.
template <typename Scalar>
class BatchPass {
 public:
  // Of the model.
  struct Sizes {
    Index parameters = 0;
    Index primary_input = 0;
    Index condition = 0;
    Index output = 0;
  };

  explicit BatchPass(const Sizes& sizes) : sizes_(sizes) {}
  virtual ~BatchPass() = default;

  // h(x, I; theta), [output_size, samples]; stays until the next call. x is [primary_input_size, samples], condition
  // [condition_size, conditions]; consecutive samples / conditions columns of x share a condition, and what depends on
  // the condition alone is computed once for them. Throws std::invalid_argument if a size does not fit or there are no
  // samples.
  const Matrix<Scalar>& Forward(const ConstVectorRef<Scalar>& parameters,
                                const ConstMatrixRef<Scalar>& x,
                                const ConstMatrixRef<Scalar>& condition);

  // Given the gradient with respect to the outputs of the last Forward, [output_size, samples], hands the one with
  // respect to the parameters, summed over samples, to `target`, which may change the parameters on the way. Needs the
  // parameters of that Forward, unchanged so far. Throws like Forward.
  void Backward(const ConstVectorRef<Scalar>& parameters,
                const ConstMatrixRef<Scalar>& output_gradient,
                GradientTarget<Scalar>& target);

 private:
  virtual const Matrix<Scalar>& DoForward(const ConstVectorRef<Scalar>& parameters,
                                          const ConstMatrixRef<Scalar>& x,
                                          const ConstMatrixRef<Scalar>& condition) = 0;
  virtual void DoBackward(const ConstVectorRef<Scalar>& parameters,
                          const ConstMatrixRef<Scalar>& output_gradient,
                          GradientTarget<Scalar>& target) = 0;

  Sizes sizes_;
  Index samples_ = 0;  // of the last Forward
};

extern template class BatchPass<float>;
extern template class BatchPass<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_BATCH_BATCH_PASS_H_
