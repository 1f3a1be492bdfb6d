// SPDX-License-Identifier: Apache-2.0
#include "training/objective.h"

#include <stdexcept>
#include <string>

namespace hyperwidth {

template <typename Scalar>
LossSum Objective<Scalar>::Evaluate(const ConstMatrixRef<Scalar>& outputs,
                                    const TrainingBatch<Scalar>& batch,
                                    MatrixRef<Scalar> gradient) const {
  if (gradient.rows() != outputs.rows() || gradient.cols() != outputs.cols()) {
    throw std::invalid_argument(std::string(name()) + ": the gradient is [" + std::to_string(gradient.rows()) + ", " +
                                std::to_string(gradient.cols()) + "], accepted: the outputs' shape [" +
                                std::to_string(outputs.rows()) + ", " + std::to_string(outputs.cols()) + "]");
  }
  return Compute(outputs, batch, &gradient);
}

template class Objective<float>;
template class Objective<double>;

}  // namespace hyperwidth
