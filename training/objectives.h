// SPDX-License-Identifier: Apache-2.0
//
// What models are trained for. Outputs of any finite size are handled without overflow where the result has none; a
// NaN gives a NaN.

#ifndef HYPERWIDTH_TRAINING_OBJECTIVES_H_
#define HYPERWIDTH_TRAINING_OBJECTIVES_H_

#include "training/objective.h"

namespace hyperwidth {

// "cross-entropy": -log softmax(outputs)[label], mean over samples. Wrong: samples whose largest output is not the
// label's. Throws: for a batch without a label for each sample, and for labels that are not one of the outputs.
template <typename Scalar>
class CrossEntropy final : public Objective<Scalar> {
 public:
  const char* name() const override { return "cross-entropy"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

// "mse": (output - target)^2, mean over samples and outputs. Throws: for targets of another shape than the outputs.
template <typename Scalar>
class MeanSquaredError final : public Objective<Scalar> {
 public:
  const char* name() const override { return "mse"; }

 private:
  LossSum Compute(const ConstMatrixRef<Scalar>& outputs,
                  const TrainingBatch<Scalar>& batch,
                  MatrixRef<Scalar>* gradient) const override;
};

extern template class CrossEntropy<float>;
extern template class CrossEntropy<double>;
extern template class MeanSquaredError<float>;
extern template class MeanSquaredError<double>;

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OBJECTIVES_H_
