// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_REQUIRE_TARGETS_H_
#define HYPERWIDTH_TRAINING_REQUIRE_TARGETS_H_

#include <stdexcept>
#include <string>

#include "models/types.h"
#include "training/batch.h"

namespace hyperwidth {

// For objectives that compare outputs with targets. Throws: std::invalid_argument, naming the objective, if the batch's
// targets do not have the shape of the outputs.
template <typename Scalar>
void RequireTargets(const char* objective, const ConstMatrixRef<Scalar>& outputs, const TrainingBatch<Scalar>& batch) {
  if (batch.targets.rows() == outputs.rows() && batch.targets.cols() == outputs.cols()) return;
  throw std::invalid_argument(std::string(objective) + ": the targets are [" + std::to_string(batch.targets.rows()) +
                              ", " + std::to_string(batch.targets.cols()) + "], accepted: the outputs' shape [" +
                              std::to_string(outputs.rows()) + ", " + std::to_string(outputs.cols()) + "]");
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_REQUIRE_TARGETS_H_
