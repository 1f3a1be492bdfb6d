// SPDX-License-Identifier: Apache-2.0
//
// Networks of x whose weights may come from anywhere: from theta, generated, or a sum of both. A primary network lists
// the weights it needs; whoever builds it says where each comes from.

#ifndef HYPERWIDTH_MODELS_SCHEMES_PRIMARY_NETWORK_H_
#define HYPERWIDTH_MODELS_SCHEMES_PRIMARY_NETWORK_H_

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "models/schemes/builder.h"

namespace hyperwidth {

// One tensor of weights.
struct WeightShape {
  std::string name;  // "0.weight", "1.bias"
  Index rows = 1;
  Index cols = 1;
  Index fan_in = 1;   // inputs of one unit
  Index fan_out = 1;  // units that one input reaches
  bool is_bias = false;
  bool is_before_function = true;  // of a layer that a nonlinearity follows

  Index size() const { return rows * cols; }
};

class PrimaryNetwork {
 public:
  // Where a tensor of weights comes from: a value of its shape.
  using Weights = std::function<Value(const WeightShape&)>;

  virtual ~PrimaryNetwork() = default;

  virtual Index inputs() const = 0;
  virtual Index outputs() const = 0;
  virtual bool IsRelu() const = 0;  // whether the function between layers is a ReLU
  // Layer by layer, the weight of a layer before its bias.
  virtual const std::vector<WeightShape>& weights() const = 0;
  virtual Value Build(Graph& graph, Value x, const Weights& weights) const = 0;

  Index NumWeights() const;
};

// An MLP. Throws: std::invalid_argument as Validate.
std::unique_ptr<PrimaryNetwork> MlpPrimary(const MlpShape& shape);

// A small convolutional network: convolutions with ReLU and maximum pooling after each, then an MLP on what is left.
struct ConvolutionalShape {
  Index channels = 1;  // of the image
  Index height = 1;
  Index width = 1;
  std::vector<Index> filters;  // output channels of each convolution
  Index kernel = 3;            // padded, so that images keep their size; odd
  Index pooling = 2;           // window; 1 for none
  std::vector<Index> dense;    // sizes of the layers on top: {hidden.., outputs}
};

// Throws: std::invalid_argument for an even kernel, no filters or no dense layer, and where an image would become
// empty.
std::unique_ptr<PrimaryNetwork> ConvolutionalPrimary(const ConvolutionalShape& shape);

// Whether these names, some of g.weights() or none for all, have that of the weight among them.
bool IsAmong(const std::vector<std::string>& names, const WeightShape& weight);

// Throws: std::invalid_argument for a name that none of g.weights() has, listing those accepted.
void RequireNames(const PrimaryNetwork& g, const std::vector<std::string>& names);

// `name`.`weight.name` in theta, with PyTorch's default start.
Value TrainedWeights(ModelBuilder& builder, const std::string& name, const WeightShape& weight);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_SCHEMES_PRIMARY_NETWORK_H_
