// SPDX-License-Identifier: Apache-2.0
#include "models/conditional_model.h"

#include <stdexcept>

#include "models/partwise_pass.h"

namespace hyperwidth {
namespace {

void CheckSize(const std::string& model, const char* what, Index found, Index accepted) {
  if (found == accepted) return;
  throw std::invalid_argument(model + " model: " + what + " is " + std::to_string(found) +
                              ", accepted: " + std::to_string(accepted));
}

}  // namespace

template <typename Scalar>
void ConditionalModel<Scalar>::CheckShapes(const ConstVectorRef<Scalar>& parameters,
                                           const ConstMatrixRef<Scalar>& x,
                                           const ConstMatrixRef<Scalar>& condition) const {
  CheckSize(name(), "number of parameters", parameters.size(), parameter_count());
  CheckSize(name(), "size of the primary input x", x.rows(), primary_input_size());
  CheckSize(name(), "size of the condition I", condition.rows(), condition_size());
  CheckSize(name(), "number of conditions", condition.cols(), x.cols());
}

template <typename Scalar>
std::unique_ptr<BatchPass<Scalar>> ConditionalModel<Scalar>::MakeBatchPass(const Executor& executor) const {
  return std::make_unique<PartwisePass<Scalar>>(*this, executor);
}

template <typename Scalar>
const Matrix<Scalar>& ConditionalModel<Scalar>::Forward(const ConstVectorRef<Scalar>& parameters,
                                                        const ConstMatrixRef<Scalar>& x,
                                                        const ConstMatrixRef<Scalar>& condition,
                                                        Workspace& workspace) const {
  CheckShapes(parameters, x, condition);
  return DoForward(parameters, x, condition, workspace);
}

template <typename Scalar>
void ConditionalModel<Scalar>::Backward(const ConstVectorRef<Scalar>& parameters,
                                        const ConstMatrixRef<Scalar>& x,
                                        const ConstMatrixRef<Scalar>& condition,
                                        const ConstMatrixRef<Scalar>& output_gradient,
                                        Workspace& workspace,
                                        VectorRef<Scalar> parameter_gradient) const {
  CheckShapes(parameters, x, condition);
  CheckSize(name(), "number of rows of the output gradient", output_gradient.rows(), output_size());
  CheckSize(name(), "number of columns of the output gradient", output_gradient.cols(), x.cols());
  CheckSize(name(), "size of the parameter gradient", parameter_gradient.size(), parameter_count());
  DoBackward(parameters, x, condition, output_gradient, workspace, parameter_gradient);
}

template class ConditionalModel<float>;
template class ConditionalModel<double>;

}  // namespace hyperwidth
