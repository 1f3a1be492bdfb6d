// SPDX-License-Identifier: Apache-2.0
#include "training/objectives.h"
#include "training/require_targets.h"

namespace hyperwidth {

template <typename Scalar>
LossSum MeanSquaredError<Scalar>::Compute(const ConstMatrixRef<Scalar>& outputs,
                                          const TrainingBatch<Scalar>& batch,
                                          MatrixRef<Scalar>* gradient) const {
  RequireTargets<Scalar>(name(), outputs, batch);
  const double output_count = static_cast<double>(outputs.rows());
  if (gradient != nullptr) {
    const auto scale = static_cast<Scalar>(2 / (output_count * static_cast<double>(outputs.cols())));
    *gradient = scale * (outputs - batch.targets);
  }
  const double squares = (outputs - batch.targets).template cast<double>().squaredNorm();
  return {.loss = squares / output_count, .terms = outputs.cols(), .wrong = 0, .samples = outputs.cols()};
}

template class MeanSquaredError<float>;
template class MeanSquaredError<double>;

}  // namespace hyperwidth
