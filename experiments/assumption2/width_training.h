// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_TRAINING_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_TRAINING_H_

#include <cstdint>
#include <memory>
#include <vector>

#include "experiments/assumption1/inputs.h"
#include "models/graph/function.h"
#include "training/run/stop_request.h"
#include "training/trainer_options.h"

namespace hyperwidth {

// Images with their classes as unit vectors, [classes, images].
struct WidthImages {
  std::shared_ptr<const Inputs> images;
  Matrix<float> train;
  Matrix<float> test;
};

// A column for each label. Throws: std::invalid_argument for a label that is not below `classes`.
Matrix<float> UnitVectors(const std::vector<std::uint8_t>& labels, Index classes);

// Trains one hidden layer of `width` units with the function, from the trainer's seed and in its order, for mean
// squared error, and returns that on the test images. Throws: DivergenceError, Stopped.
double TestErrorOfWidth(
    const WidthImages& data, Function function, Index width, const TrainerOptions& trainer, const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_WIDTH_TRAINING_H_
