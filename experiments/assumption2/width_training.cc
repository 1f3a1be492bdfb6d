// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/width_training.h"

#include <stdexcept>
#include <string>

#include "models/schemes/builder.h"
#include "training/objectives.h"
#include "training/trainer.h"

namespace hyperwidth {

Matrix<float> UnitVectors(const std::vector<std::uint8_t>& labels, Index classes) {
  Matrix<float> vectors = Matrix<float>::Zero(classes, static_cast<Index>(labels.size()));
  for (std::size_t i = 0; i < labels.size(); ++i) {
    if (labels[i] >= classes) {
      throw std::invalid_argument("label: found " + std::to_string(labels[i]) + ", accepted: 0 to " +
                                  std::to_string(classes - 1));
    }
    vectors(labels[i], static_cast<Index>(i)) = 1;
  }
  return vectors;
}

double TestErrorOfWidth(const WidthImages& data,
                        Function function,
                        Index width,
                        const TrainerOptions& trainer_options,
                        const StopRequest& stop) {
  const Index size = data.images->shape().size();
  ModelBuilder builder;
  const MlpShape shape{.sizes = {size, width, data.train.rows()}, .function = function};
  const Model network = builder.Finish("network", builder.Mlp("f", builder.graph.X(size), shape, Role::kPrimary));
  Vector<float> theta(network.parameters.size());
  network.parameters.Initialize<float>(trainer_options.seed, theta);
  const AnsweredInputs answered(*data.images, data.train);
  const MeanSquaredError<float> objective;
  Trainer<float> trainer(network, answered, objective, trainer_options, theta);
  trainer.Enter([&] {
    while (!trainer.IsDone()) {
      stop.Check();
      trainer.Step();
    }
  });
  return MeanSquare(OutputsOn(network, theta, *data.images, Split::kTest), data.test);
}

}  // namespace hyperwidth
