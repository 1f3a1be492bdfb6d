// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "training/objectives.h"

namespace hyperwidth {

template <typename Scalar>
LossSum FlowLikelihood<Scalar>::Compute(const ConstMatrixRef<Scalar>& outputs,
                                        const TrainingBatch<Scalar>& /*batch*/,
                                        MatrixRef<Scalar>* gradient) const {
  const Index dimension = outputs.rows() - 1, samples = outputs.cols();
  if (dimension < 1) {
    throw std::invalid_argument("flow-nll: the model has " + std::to_string(outputs.rows()) +
                                " outputs, accepted: at least 2, z and the logarithm of the determinant");
  }
  const auto z = outputs.topRows(dimension);
  const auto log_determinant = outputs.row(dimension);
  const double constant = 0.5 * std::log(2 * std::numbers::pi) * static_cast<double>(dimension * samples);
  if (gradient != nullptr) {
    const auto scale = static_cast<Scalar>(1 / static_cast<double>(samples));
    gradient->topRows(dimension) = scale * z;
    gradient->row(dimension).setConstant(-scale);
  }
  return {
      .loss = 0.5 * z.template cast<double>().squaredNorm() + constant - log_determinant.template cast<double>().sum(),
      .terms = samples,
      .wrong = 0,
      .samples = samples};
}

template class FlowLikelihood<float>;
template class FlowLikelihood<double>;

}  // namespace hyperwidth
