// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <stdexcept>
#include <string>

#include "training/objectives.h"
#include "training/require_targets.h"

namespace hyperwidth {

template <typename Scalar>
LossSum RelativeL2<Scalar>::Compute(const ConstMatrixRef<Scalar>& outputs,
                                    const TrainingBatch<Scalar>& batch,
                                    MatrixRef<Scalar>* gradient) const {
  RequireTargets<Scalar>(name(), outputs, batch);
  if (batch.samples() != outputs.cols()) {
    throw std::invalid_argument("relative-l2: the groups have " + std::to_string(batch.samples()) +
                                " samples, accepted: as many as the outputs, " + std::to_string(outputs.cols()));
  }
  const auto starts = [&](Index group) { return batch.group_starts[static_cast<std::size_t>(group)]; };
  LossSum sum{.loss = 0, .terms = 0, .wrong = 0, .samples = outputs.cols()};
  for (Index group = 0; group < batch.conditions(); ++group) sum.terms += starts(group + 1) > starts(group) ? 1 : 0;
  for (Index group = 0; group < batch.conditions(); ++group) {
    const Index first = starts(group), count = starts(group + 1) - first;
    if (count == 0) continue;
    const auto targets = batch.targets.middleCols(first, count).template cast<double>();
    const auto errors = outputs.middleCols(first, count).template cast<double>() - targets;
    const double size = targets.norm();
    if (size == 0) {
      throw std::invalid_argument("relative-l2: the targets of condition " + std::to_string(group) +
                                  " of the batch are all 0, accepted: at least one that is not");
    }
    const double distance = errors.norm();
    sum.loss += distance / size;
    if (gradient == nullptr) continue;
    // At its minimum, where the norm has a kink, the gradient is 0. A NaN takes the other way.
    const double scale = distance == 0 ? 0 : 1 / (distance * size * static_cast<double>(sum.terms));
    gradient->middleCols(first, count) = (scale * errors).template cast<Scalar>();
  }
  return sum;
}

template class RelativeL2<float>;
template class RelativeL2<double>;

}  // namespace hyperwidth
