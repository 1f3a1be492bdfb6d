// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operator_model.h"

#include <algorithm>
#include <cmath>
#include <exception>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/conditioned_data/condition_errors.h"
#include "training/named_scheme.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {
namespace {

constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads

TrainerOptions TrainerOptionsFor(const OperatorsOptions& options, Index items, std::uint64_t seed) {
  TrainerOptions trainer;
  trainer.optimizer.method = OptimizerMethod::kAdam;
  trainer.optimizer.learning_rate = options.learning_rate;
  trainer.optimizer.schedule = {.shape = ScheduleShape::kCosine, .period = static_cast<Index>(options.steps)};
  trainer.batch_size = std::min(static_cast<Index>(options.batch_functions), items);
  const Index steps_of_epoch = (items + trainer.batch_size - 1) / trainer.batch_size;
  trainer.epochs = (static_cast<Index>(options.steps) + steps_of_epoch - 1) / steps_of_epoch;
  trainer.seed = seed;
  trainer.threads = kThreads;
  return trainer;
}

Fields FieldsOf(const std::vector<ConditionError>& errors, const SizedScheme& sized) {
  double squared_error = 0, squared_target = 0, relative = 0;
  for (const ConditionError& error : errors) {
    squared_error += error.squared_error_in_units;
    squared_target += error.squared_target_in_units;
    relative += error.RelativeL2();
  }
  return {{"relative_l2", relative / static_cast<double>(errors.size())},
          {"relative_rms", std::sqrt(squared_error / squared_target)},
          {"total_parameters", static_cast<std::int64_t>(sized.cost.trainable_parameters)},
          {"primary_parameters",
           static_cast<std::int64_t>(sized.cost.primary_parameters + sized.cost.generated_parameters)}};
}

}  // namespace

SizedScheme SizedOperator(const std::string& scheme,
                          Index kappa,
                          const OperatorData& data,
                          const OperatorsOptions& options) {
  SizeRequest request{.scheme = scheme,
                      .size = static_cast<double>(kappa),
                      .measure = SizeMeasure::kKappa,
                      .total_for_kappa = static_cast<double>(options.total),
                      .x_size = data.x_size,
                      .condition_size = data.condition_size,
                      .outputs = data.outputs,
                      .primary_layers = options.primary_layers,
                      .condition_layers = options.condition_layers,
                      .condition_ratio = options.condition_ratio,
                      .function = options.activation};
  std::exception_ptr refusal;  // of the kappa that was asked for
  for (; request.size >= 1; --request.size) {
    try {
      SmallestSize(request);
    } catch (const std::invalid_argument&) {  // no such kappa
      if (!refusal) refusal = std::current_exception();
      continue;
    }
    try {
      return SolveWidths(request);
    } catch (const std::invalid_argument& error) {  // not the kappa, but the total
      throw std::invalid_argument("total, for kappa = " + std::to_string(static_cast<Index>(request.size)) + " of " +
                                  data.task + ": " + error.what());
    }
  }
  std::rethrow_exception(refusal);
}

Fields TrainAndTest(const std::string& scheme,
                    const SizedScheme& sized,
                    const OperatorData& data,
                    const OperatorsOptions& options,
                    std::uint64_t seed,
                    const StopRequest& stop) {
  const Model model = NamedScheme(scheme, sized.sizes);
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(seed, theta);
  const BlockSource<float> source(data.train, static_cast<Index>(options.batch_points), seed);
  const MeanSquaredError<float> objective;
  Trainer<float> trainer(model, source, objective, TrainerOptionsFor(options, source.size(), seed), theta);
  trainer.Enter([&] {
    for (std::int64_t step = 0; step < options.steps; ++step) {
      stop.Check();
      trainer.Step();
    }
  });
  return FieldsOf(ErrorsByCondition<float>(model, data.test, data.standardisation.y, theta, kThreads), sized);
}

}  // namespace hyperwidth
