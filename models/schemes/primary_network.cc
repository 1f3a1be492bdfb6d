// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/primary_network.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

// The weight and the bias of one layer.
void AddLayer(std::vector<WeightShape>& weights,
              Index layer,
              Index units,
              Index columns,
              Index fan_out,
              bool has_bias,
              bool is_before_function) {
  const std::string name = std::to_string(layer);
  weights.push_back({.name = name + ".weight",
                     .rows = units,
                     .cols = columns,
                     .fan_in = columns,
                     .fan_out = fan_out,
                     .is_bias = false,
                     .is_before_function = is_before_function});
  if (!has_bias) return;
  weights.push_back({.name = name + ".bias",
                     .rows = units,
                     .cols = 1,
                     .fan_in = columns,
                     .fan_out = fan_out,
                     .is_bias = true,
                     .is_before_function = is_before_function});
}

class Mlp final : public PrimaryNetwork {
 public:
  explicit Mlp(const MlpShape& shape) : shape_(shape) {
    Validate("the primary network", shape);
    for (Index layer = 0; layer < shape.layers(); ++layer) {
      const auto at = static_cast<std::size_t>(layer);
      const Index units = shape.sizes[at + 1];
      AddLayer(weights_, layer, units, shape.sizes[at], units, shape.has_bias, layer + 1 < shape.layers());
    }
  }

  Index inputs() const override { return shape_.inputs(); }
  Index outputs() const override { return shape_.outputs(); }
  bool IsRelu() const override { return shape_.function == Function::kRelu; }
  const std::vector<WeightShape>& weights() const override { return weights_; }

  Value Build(Graph& graph, Value x, const Weights& source) const override {
    Value value = x;
    for (std::size_t i = 0; i < weights_.size(); i += shape_.has_bias ? 2 : 1) {
      if (i > 0) value = graph.Apply(shape_.function, value);
      const Value weight = source(weights_[i]);
      value = shape_.has_bias ? graph.Affine(weight, value, source(weights_[i + 1])) : graph.Affine(weight, value);
    }
    return value;
  }

 private:
  MlpShape shape_;
  std::vector<WeightShape> weights_;
};

class Convolutional final : public PrimaryNetwork {
 public:
  explicit Convolutional(const ConvolutionalShape& shape) {
    if (shape.filters.empty() || shape.dense.empty()) {
      throw std::invalid_argument(
          "a convolutional network without filters or dense layers; accepted: at least one each");
    }
    if (shape.kernel % 2 == 0) {
      throw std::invalid_argument("kernel: found " + std::to_string(shape.kernel) + ", accepted: an odd number");
    }
    Index channels = shape.channels;
    Index height = shape.height;
    Index width = shape.width;
    inputs_ = channels * height * width;
    for (const Index filters : shape.filters) {
      convolutions_.push_back({.channels = channels,
                               .height = height,
                               .width = width,
                               .kernel = shape.kernel,
                               .stride = 1,
                               .padding = shape.kernel / 2});
      poolings_.push_back({.channels = filters, .height = height, .width = width, .window = shape.pooling});
      const Index columns = channels * shape.kernel * shape.kernel;
      const auto layer = static_cast<Index>(convolutions_.size()) - 1;
      AddLayer(weights_, layer, filters, columns, filters * shape.kernel * shape.kernel, true, true);
      channels = filters;
      height = poolings_.back().OutputHeight();
      width = poolings_.back().OutputWidth();
      if (height < 1 || width < 1)
        throw std::invalid_argument("an image becomes empty after pooling " + std::to_string(layer + 1) +
                                    " times; accepted: a larger "
                                    "image or fewer filters");
    }
    Index columns = channels * height * width;
    for (std::size_t i = 0; i < shape.dense.size(); ++i) {
      const auto layer = static_cast<Index>(convolutions_.size() + i);
      AddLayer(weights_, layer, shape.dense[i], columns, shape.dense[i], true, i + 1 < shape.dense.size());
      columns = shape.dense[i];
    }
  }

  Index inputs() const override { return inputs_; }
  Index outputs() const override { return weights_.back().rows; }
  bool IsRelu() const override { return true; }
  const std::vector<WeightShape>& weights() const override { return weights_; }

  Value Build(Graph& graph, Value x, const Weights& source) const override {
    Value value = x;
    std::size_t next = 0;
    for (std::size_t i = 0; i < convolutions_.size(); ++i, next += 2) {
      const Value kernels = source(weights_[next]);
      value = graph.Convolve(kernels, value, convolutions_[i], source(weights_[next + 1]));
      value = graph.Apply(Function::kRelu, value);
      if (poolings_[i].window > 1) value = graph.Pool(value, poolings_[i]);
    }
    for (; next < weights_.size(); next += 2) {
      const Value weight = source(weights_[next]);
      value = graph.Affine(weight, value, source(weights_[next + 1]));
      if (next + 2 < weights_.size()) value = graph.Apply(Function::kRelu, value);
    }
    return value;
  }

 private:
  Index inputs_ = 0;
  std::vector<Convolution> convolutions_;
  std::vector<Pooling> poolings_;
  std::vector<WeightShape> weights_;
};

}  // namespace

Index PrimaryNetwork::NumWeights() const {
  Index count = 0;
  for (const WeightShape& weight : weights()) count += weight.size();
  return count;
}

std::unique_ptr<PrimaryNetwork> MlpPrimary(const MlpShape& shape) { return std::make_unique<Mlp>(shape); }

std::unique_ptr<PrimaryNetwork> ConvolutionalPrimary(const ConvolutionalShape& shape) {
  return std::make_unique<Convolutional>(shape);
}

bool IsAmong(const std::vector<std::string>& names, const WeightShape& weight) {
  return names.empty() || std::find(names.begin(), names.end(), weight.name) != names.end();
}

void RequireNames(const PrimaryNetwork& g, const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    std::string known;
    bool is_known = false;
    for (const WeightShape& weight : g.weights()) {
      is_known = is_known || weight.name == name;
      known += (known.empty() ? "" : ", ") + weight.name;
    }
    if (!is_known) throw std::invalid_argument("g has no weights named '" + name + "'; accepted: " + known);
  }
}

Value TrainedWeights(ModelBuilder& builder, const std::string& name, const WeightShape& weight) {
  const Initialization start = Initialization::Uniform(1 / std::sqrt(static_cast<double>(weight.fan_in)));
  return builder.Parameter(name + "." + weight.name, weight.rows, weight.cols, Role::kPrimary, start);
}

}  // namespace hyperwidth
