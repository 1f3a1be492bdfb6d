// SPDX-License-Identifier: Apache-2.0

#include "models/pass/output_gradients.h"

#include <stdexcept>
#include <string>

#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/pass/pass.h"

namespace hyperwidth {

template <typename Scalar>
OutputGradients<Scalar>::OutputGradients(const Model& model) : model_(model) {
  Validate(model);
  const Index outputs = model.graph.shape(model.output).rows;
  if (outputs != 1) {
    throw std::invalid_argument("outputs of model '" + model.name + "': found " + std::to_string(outputs) +
                                ", accepted: one");
  }
}

template <typename Scalar>
void OutputGradients<Scalar>::Evaluate(const ConstVectorRef<Scalar>& theta,
                                       const Batch<Scalar>& batch,
                                       Matrix<Scalar>& gradients) {
  const SerialExecutor executor;
  Pass<Scalar> pass(model_, executor);
  gradients.resize(theta.size(), batch.samples());
  for (Index g = 0; g < batch.conditions(); ++g) {
    const auto at = static_cast<std::size_t>(g);
    for (Index j = batch.group_starts[at]; j < batch.group_starts[at + 1]; ++j) {
      Batch<Scalar> one{.x = batch.x.col(j), .group_starts = {0, 1}};
      if (batch.condition.size() > 0) one.condition = batch.condition.col(g);
      if (!batch.condition_ids.empty()) one.condition_ids = {batch.condition_ids[at]};
      pass.Forward(theta, one);
      GradientVector<Scalar> target(gradients.col(j));
      pass.Backward(theta, Matrix<Scalar>::Ones(1, 1), target);
    }
  }
}

template class OutputGradients<float>;
template class OutputGradients<double>;

}  // namespace hyperwidth
