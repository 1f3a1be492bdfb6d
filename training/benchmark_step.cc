// SPDX-License-Identifier: Apache-2.0
#include "training/benchmark_step.h"

#include "models/graph/planner.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

Model MakeModel(const BenchmarkStep::Options& options) { return NamedScheme(options.scheme, options.sizes); }

Index OutputsOf(const Model& model) { return model.graph.shape(model.output).rows; }

TrainingBatch<float> RandomBatch(const Model& model, Index conditions, Index samples_each) {
  TrainingBatch<float> batch;
  batch.group_starts = EqualGroups(conditions, samples_each);
  batch.x = Matrix<float>::Random(model.graph.x_size(), batch.samples());
  batch.condition = Matrix<float>::Random(model.graph.condition_size(), conditions);
  if (model.graph.condition_count() > 0) {
    for (Index g = 0; g < conditions; ++g) batch.condition_ids.push_back(g % model.graph.condition_count());
  }
  if (OutputsOf(model) == 1) {
    batch.targets = Matrix<float>::Random(1, batch.samples());
    return batch;
  }
  batch.labels.resize(batch.samples());
  for (Index j = 0; j < batch.samples(); ++j) batch.labels[j] = static_cast<int>(j % OutputsOf(model));
  return batch;
}

std::unique_ptr<Objective<float>> ObjectiveFor(Index outputs) {
  if (outputs == 1) return std::make_unique<MeanSquaredError<float>>();
  return std::make_unique<CrossEntropy<float>>();
}

Vector<float> StartOf(const Model& model) {
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  return theta;
}

}  // namespace

SchemeSizes RotationSizes(Index pixels, Index depth) {
  constexpr Index kUnits = 10;   // of the primary network
  constexpr Index kWidth = 100;  // of f and e
  return {.x_size = pixels,
          .condition_size = pixels,
          .outputs = 12,
          .condition_hidden = std::vector<Index>(static_cast<std::size_t>(depth) + 1, kWidth),
          .primary_hidden = {kUnits},
          .scalars = (pixels + 1) * kUnits,
          .generated_has_bias = false};
}

BenchmarkStep::BenchmarkStep(const Options& options)
    : batch_(RandomBatch(MakeModel(options), options.conditions, options.samples_each)),
      planned_(MakeModel(options), batch_, options.threads),
      theta_(StartOf(planned_.model())),
      objective_(ObjectiveFor(OutputsOf(planned_.model()))),
      optimizer_({.learning_rate = 1e-5}, theta_) {}

void BenchmarkStep::Run() {
  const Matrix<float>& outputs = planned_.pass().Forward(theta_, batch_);
  output_gradient_.resize(outputs.rows(), outputs.cols());
  objective_->Evaluate(outputs, batch_, output_gradient_);
  optimizer_.BeginStep();
  planned_.pass().Backward(theta_, output_gradient_, optimizer_);
  optimizer_.EndStep(planned_.executor());
}

double BenchmarkStep::flops() const {
  return 2 * static_cast<double>(StepCost(planned_.model(), batch_.samples(), batch_.conditions()));
}

}  // namespace hyperwidth
