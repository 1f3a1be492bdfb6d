// SPDX-License-Identifier: Apache-2.0
#include "models/batch/batch_pass.h"

#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

void CheckSize(const char* what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(std::string("batch: ") + what + " is " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

}  // namespace

template <typename Scalar>
const Matrix<Scalar>& BatchPass<Scalar>::Forward(const ConstVectorRef<Scalar>& parameters,
                                                 const ConstMatrixRef<Scalar>& x,
                                                 const ConstMatrixRef<Scalar>& condition) {
  CheckSize("number of parameters", parameters.size(), sizes_.parameters);
  CheckSize("size of the primary input x", x.rows(), sizes_.primary_input);
  CheckSize("size of the condition I", condition.rows(), sizes_.condition);
  if (condition.cols() < 1 || x.cols() < 1 || x.cols() % condition.cols() != 0) {
    throw std::invalid_argument("batch: number of conditions is " + std::to_string(condition.cols()) +
                                ", accepted: a divisor of the number of samples, " + std::to_string(x.cols()) +
                                ", which is at least 1");
  }
  samples_ = x.cols();
  return DoForward(parameters, x, condition);
}

template <typename Scalar>
void BatchPass<Scalar>::Backward(const ConstVectorRef<Scalar>& parameters,
                                 const ConstMatrixRef<Scalar>& output_gradient,
                                 GradientTarget<Scalar>& target) {
  CheckSize("number of parameters", parameters.size(), sizes_.parameters);
  CheckSize("number of rows of the output gradient", output_gradient.rows(), sizes_.output);
  CheckSize("number of columns of the output gradient", output_gradient.cols(), samples_);
  DoBackward(parameters, output_gradient, target);
}

template class BatchPass<float>;
template class BatchPass<double>;

}  // namespace hyperwidth
