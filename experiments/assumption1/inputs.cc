// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/inputs.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <stdexcept>
#include <utility>
#include <vector>

#include "models/pass/executor.h"
#include "models/pass/pass.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kNoiseStream = 11;
constexpr Index kChunk = 250;  // inputs that are looked at together

}  // namespace

ImageInputs::ImageInputs(TrainTestImages images)
    : images_(std::move(images)), scale_(MeasurePixelScale(images_.train)) {}

ImageShape ImageInputs::shape() const {
  return {.channels = images_.train.channels, .height = images_.train.height, .width = images_.train.width};
}

void ImageInputs::Fill(Split split, std::span<const Index> items, Matrix<float>& x) const {
  std::array<float, 256> scaled;
  for (std::size_t grey = 0; grey < scaled.size(); ++grey) {
    scaled[grey] = static_cast<float>((static_cast<double>(grey) / 255 - scale_.mean) / scale_.deviation);
  }
  x.resize(shape().size(), static_cast<Index>(items.size()));
  for (Index column = 0; column < x.cols(); ++column) {
    const std::span<const std::uint8_t> image = Of(split).image(items[static_cast<std::size_t>(column)]);
    for (Index pixel = 0; pixel < x.rows(); ++pixel) x(pixel, column) = scaled[image[static_cast<std::size_t>(pixel)]];
  }
}

void NoiseInputs::Fill(Split split, std::span<const Index> items, Matrix<float>& x) const {
  x.resize(shape().size(), static_cast<Index>(items.size()));
  for (Index column = 0; column < x.cols(); ++column) {
    const auto item = static_cast<std::uint64_t>(items[static_cast<std::size_t>(column)]);
    RandomStream random(seed_, {kNoiseStream, static_cast<std::uint64_t>(split), item});
    for (Index entry = 0; entry < x.rows(); ++entry) x(entry, column) = static_cast<float>(random.Uniform(-1, 1));
  }
}

AnsweredInputs::AnsweredInputs(const Inputs& inputs, const Matrix<float>& answers)
    : inputs_(inputs), answers_(answers) {
  if (answers.cols() == inputs.count(Split::kTrain)) return;
  throw std::invalid_argument("answers: found " + std::to_string(answers.cols()) + ", accepted: one for each of " +
                              std::to_string(inputs.count(Split::kTrain)) + " training inputs");
}

void AnsweredInputs::Fill(Index /*epoch*/, std::span<const Index> items, TrainingBatch<float>& batch) const {
  inputs_.Fill(Split::kTrain, items, batch.x);
  batch.targets.resize(answers_.rows(), batch.x.cols());
  for (Index column = 0; column < batch.x.cols(); ++column) {
    batch.targets.col(column) = answers_.col(items[static_cast<std::size_t>(column)]);
  }
  batch.group_starts = {0, batch.x.cols()};  // there is no condition
}

Matrix<float> OutputsOn(const Model& network, const ConstVectorRef<float>& theta, const Inputs& inputs, Split split) {
  const SerialExecutor executor;
  Pass<float> pass(network, executor);
  const Index count = inputs.count(split);
  Matrix<float> outputs(network.graph.shape(network.output).rows, count);
  Batch<float> batch;
  std::vector<Index> items;
  for (Index first = 0; first < count; first += kChunk) {
    items.resize(static_cast<std::size_t>(std::min(kChunk, count - first)));
    std::iota(items.begin(), items.end(), first);
    inputs.Fill(split, items, batch.x);
    batch.group_starts = {0, batch.x.cols()};
    outputs.middleCols(first, batch.x.cols()) = pass.Forward(theta, batch);
  }
  return outputs;
}

double MeanSquare(const Matrix<float>& a, const Matrix<float>& b) {
  return (a.cast<double>() - b.cast<double>()).squaredNorm() / static_cast<double>(a.size());
}

}  // namespace hyperwidth
