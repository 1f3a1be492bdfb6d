// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_OPTIMIZER_OPTIONS_H_
#define HYPERWIDTH_TRAINING_OPTIMIZER_OPTIONS_H_

#include <limits>
#include <optional>
#include <string>

#include "training/learning_rate_schedule.h"

namespace hyperwidth {

enum class OptimizerMethod { kSgd, kAdam, kAdamW, kAdadelta };

// "sgd", "adam", "adamw" or "adadelta".
std::string OptimizerMethodName(OptimizerMethod method);
// The inverse. Throws std::invalid_argument naming `name` and the accepted names.
OptimizerMethod ParseOptimizerMethod(const std::string& name);

struct OptimizerOptions {
  OptimizerMethod method = OptimizerMethod::kSgd;
  double learning_rate = 0.01;         // > 0, before the schedule; Adadelta's own is 1
  double momentum = 0;                 // SGD, in [0, 1)
  double weight_decay = 0;             // >= 0; added to the gradient as weight_decay * parameter, but for AdamW
  double beta1 = 0.9;                  // Adam, AdamW, in [0, 1): decay of the mean gradient
  double beta2 = 0.999;                // Adam, AdamW, in [0, 1): decay of the mean squared gradient
  std::optional<double> epsilon = {};  // > 0; none: 1e-8 for Adam and AdamW, 1e-6 for Adadelta
  bool nesterov = false;               // SGD: the step is g + momentum v; needs momentum
  double rho = 0.9;                    // Adadelta, in [0, 1): decay of both mean squares
  // If the Euclidean norm of the whole gradient is larger, the gradient is made this long; infinity: never. Else > 0.
  double max_gradient_norm = std::numeric_limits<double>::infinity();
  LearningRateSchedule schedule = {};  // of the step: what the learning rate is multiplied by
};

// Throws std::invalid_argument naming the first option outside its range.
void Validate(const OptimizerOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_OPTIMIZER_OPTIONS_H_
