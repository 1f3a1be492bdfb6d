// SPDX-License-Identifier: Apache-2.0
#include "training/trainer_options.h"

#include <sstream>
#include <string>

namespace hyperwidth {
namespace {

std::string DivergenceMessage(Index epoch, Index step, const TrainerOptions& options) {
  std::ostringstream message;
  message << "the loss is not a finite number at step " << step << " (epoch " << epoch
          << ") with optimizer=" << OptimizerMethodName(options.optimizer.method)
          << " lr=" << options.optimizer.learning_rate << " momentum=" << options.optimizer.momentum
          << " weight-decay=" << options.optimizer.weight_decay << " batch-size=" << options.batch_size
          << " seed=" << options.seed << "; a smaller lr usually helps";
  return message.str();
}

}  // namespace

DivergenceError::DivergenceError(Index epoch, Index step, const TrainerOptions& options)
    : std::runtime_error(DivergenceMessage(epoch, step, options)), step_(step) {}

void Validate(const TrainerOptions& options) {
  const auto require = [](Index found, Index minimum, const char* option) {
    if (found >= minimum) return;
    throw std::invalid_argument(std::string(option) + ": found " + std::to_string(found) + ", accepted: at least " +
                                std::to_string(minimum));
  };
  Validate(options.optimizer);
  require(options.epochs, 1, "epochs");
  require(options.batch_size, 1, "batch size");
  require(options.shards, 1, "shards");
  require(options.patience, 0, "patience");
  require(options.threads, 0, "threads");
}

}  // namespace hyperwidth
