// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/target_network.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>

#include "models/schemes/builder.h"

namespace hyperwidth {
namespace {

// A value that is an image.
struct Image {
  Value value;
  ImageShape shape;
};

Value Weight(ModelBuilder& builder, const std::string& name, Index rows, Index fan_in) {
  const double bound = std::sqrt(6.0 / static_cast<double>(fan_in));
  return builder.Parameter(name + ".weight", rows, fan_in, Role::kPrimary, Initialization::Uniform(bound));
}

Value Bias(ModelBuilder& builder, const std::string& name, Index rows) {
  return builder.Parameter(name + ".bias", rows, 1, Role::kPrimary, Initialization::Constant(0));
}

// Convolution, ReLU and pooling.
Image Layer(
    ModelBuilder& builder, const std::string& name, const Image& image, Index channels, const TargetShape& shape) {
  const Convolution convolution{.channels = image.shape.channels,
                                .height = image.shape.height,
                                .width = image.shape.width,
                                .kernel = shape.kernel,
                                .stride = shape.stride,
                                .padding = 0};
  const Index side = std::min(image.shape.height, image.shape.width);
  if (side < shape.kernel || (side - shape.kernel) / shape.stride + 1 < shape.pooling) {
    throw std::invalid_argument(name + ": found an image of " + std::to_string(image.shape.height) + " x " +
                                std::to_string(image.shape.width) + ", accepted: one that a kernel of " +
                                std::to_string(shape.kernel) + " and pooling by " + std::to_string(shape.pooling) +
                                " leave something of");
  }
  Image result{
      .value = {},
      .shape = {.channels = channels, .height = convolution.OutputHeight(), .width = convolution.OutputWidth()}};
  const Value kernels = Weight(builder, name, channels, image.shape.channels * shape.kernel * shape.kernel);
  result.value = builder.graph.Apply(
      Function::kRelu, builder.graph.Convolve(kernels, image.value, convolution, Bias(builder, name, channels)));
  if (shape.pooling == 1) return result;
  const Pooling pooling{.kind = Pooling::Kind::kMaximum,
                        .channels = channels,
                        .height = result.shape.height,
                        .width = result.shape.width,
                        .window = shape.pooling};
  result.value = builder.graph.Pool(result.value, pooling);
  result.shape = {.channels = channels, .height = pooling.OutputHeight(), .width = pooling.OutputWidth()};
  return result;
}

}  // namespace

Model TargetNetwork(const ImageShape& image, const TargetShape& shape) {
  ModelBuilder builder;
  const Image x{.value = builder.graph.X(image.size()), .shape = image};
  const Image first = Layer(builder, "conv1", x, kFirstChannels, shape);
  const Image second = Layer(builder, "conv2", first, kSecondChannels, shape);
  const Value weight = Weight(builder, "fc", shape.outputs, second.shape.size());
  return builder.Finish("target", builder.graph.Affine(weight, second.value, Bias(builder, "fc", shape.outputs)));
}

}  // namespace hyperwidth
