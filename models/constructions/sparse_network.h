// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_CONSTRUCTIONS_SPARSE_NETWORK_H_
#define HYPERWIDTH_MODELS_CONSTRUCTIONS_SPARSE_NETWORK_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "models/types.h"

namespace hyperwidth {

// Layers of ReLU units of which each sees only a few units of the layer before: the wiring, which as matrices of a
// graph would be nearly all zeros. The parameters are one flat vector: for each unit in turn the weights of its inputs,
// then its bias if it has one.
class SparseNetwork {
 public:
  explicit SparseNetwork(Index input_size) : input_size_(input_size) {}

  struct Unit {
    std::vector<std::pair<Index, double>> inputs;  // unit of the layer before, and its weight
    bool has_bias = false;
    double bias = 0;
  };

  // Appends a layer, and the units' weights and biases to `parameters`.
  // Throws std::invalid_argument if an input is not a unit of the layer before.
  void AddLayer(const std::vector<Unit>& units, std::vector<double>& parameters);

  Index input_size() const { return input_size_; }
  Index output_size() const { return layers_.empty() ? input_size_ : layers_.back().units(); }
  Index parameter_count() const { return parameter_count_; }
  int depth() const { return static_cast<int>(layers_.size()); }

  // The units of the last layer, ReLU included: x [input_size, samples], result [output_size, samples].
  // A sample's outputs are the same bits in whatever batch it comes. Memory besides the result: kBlock times the two
  // largest layers. Throws std::invalid_argument if a shape does not fit.
  Matrix<double> Forward(const ConstVectorRef<double>& parameters, const ConstMatrixRef<double>& x) const;

 private:
  // Samples computed together, one column per unit: a unit's sum over its inputs stays in registers, and the layers of
  // a network of a million units in a few hundred mebibytes.
  static constexpr Index kBlock = 16;
  using Block = Eigen::Matrix<double, kBlock, Eigen::Dynamic>;

  struct Layer {
    std::vector<std::int64_t> first_input = {0};  // [units + 1], into `inputs`
    std::vector<std::int32_t> inputs;
    std::vector<bool> has_bias;
    Index units() const { return static_cast<Index>(has_bias.size()); }
    // Fills the first units() columns of `next`; returns the first parameter of the next layer.
    const double* Forward(const double* parameter, const Block& values, Block& next) const;
  };

  Index input_size_;
  Index parameter_count_ = 0;
  std::vector<Layer> layers_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_CONSTRUCTIONS_SPARSE_NETWORK_H_
