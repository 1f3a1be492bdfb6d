// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_trainings.h"

#include <cmath>

#include "experiments/program/run_config.h"
#include "training/learning_rate_schedule.h"

namespace hyperwidth {
namespace {

Fields StudyOf(const TrainTestImages& images) {
  return {{"experiment", std::string("rotation_trainings")},
          {"train", images.train.source},
          {"train_images", std::int64_t{images.train.count}},
          {"test", images.test.source},
          {"test_images", std::int64_t{images.test.count}}};
}

// A folder without config.json cannot be resumed, so that comes first.
const RunFolder& Configured(const RunFolder& folder, const TrainTestImages& images) {
  WriteOrCheckConfig(folder, StudyOf(images));
  return folder;
}

}  // namespace

Fields RotationTrainingValues(const RotationRunOptions& options) {
  const RotationArchitecture& sizes = options.architecture;
  const TrainerOptions& trainer = options.trainer;
  const OptimizerOptions& optimizer = trainer.optimizer;
  const LearningRateSchedule& schedule = optimizer.schedule;
  const auto integer = [](Index value) { return static_cast<std::int64_t>(value); };
  return {
      {"model", RotationModelName(options.model)},
      {"image_size", integer(sizes.image_size)},
      {"depth", integer(sizes.depth)},
      {"width", integer(sizes.width)},
      {"last_width", integer(sizes.last_width)},
      {"primary_width", integer(sizes.primary_width)},
      // A hypernetwork has none.
      {"embedding_dim", options.model == RotationModel::kEmbedding ? integer(sizes.EmbeddingDim()) : std::int64_t{0}},
      {"generated_has_bias", std::int64_t{sizes.generated_has_bias}},
      {"function", Name(sizes.function)},
      {"labels", RotationLabelsName(options.labels)},
      {"scale_mean", options.scale.mean},
      {"scale_deviation", options.scale.deviation},
      {"precision", PrecisionName(options.precision)},
      {"train_images", options.train_images},
      {"validation_images", options.validation_images},
      {"epochs_each", options.epochs_each},
      {"seed", trainer.seed},
      {"epochs", integer(trainer.epochs)},
      {"batch_size", integer(trainer.batch_size)},
      {"shards", integer(trainer.shards)},
      {"patience", integer(trainer.patience)},
      {"optimizer", OptimizerMethodName(optimizer.method)},
      {"lr", optimizer.learning_rate},
      {"momentum", optimizer.momentum},
      {"nesterov", std::int64_t{optimizer.nesterov}},
      {"weight_decay", optimizer.weight_decay},
      {"beta1", optimizer.beta1},
      {"beta2", optimizer.beta2},
      {"rho", optimizer.rho},
      {"epsilon", optimizer.epsilon.value_or(0.0)},
      // No trial's value is infinite.
      {"max_gradient_norm", std::isfinite(optimizer.max_gradient_norm) ? optimizer.max_gradient_norm : 0.0},
      {"schedule", ScheduleShapeName(schedule.shape)},
      {"warm_up", integer(schedule.warm_up)},
      {"schedule_period", integer(schedule.period)},
      {"schedule_decay", schedule.decay},
      {"schedule_floor", schedule.floor}};
}

RotationTrainings::RotationTrainings(const RunFolder& folder, const TrainTestImages& images)
    : journal_(Configured(folder, images), StudyOf(images)) {}

std::optional<TrialOutcome> RotationTrainings::Find(const RotationRunOptions& options) const {
  const TrialOutcome* const outcome = journal_.Find(RotationTrainingValues(options));
  return outcome == nullptr ? std::nullopt : std::optional(*outcome);
}

void RotationTrainings::Keep(const RotationRunOptions& options, const TrialOutcome& outcome) {
  journal_.Append({.values = RotationTrainingValues(options), .outcome = outcome});
}

}  // namespace hyperwidth
