// SPDX-License-Identifier: Apache-2.0
//
// The networks behind the constructed upper bounds: layers of sparse affine maps with ReLU between them, one output.

#ifndef HYPERWIDTH_THEORY_RELU_NETWORK_H_
#define HYPERWIDTH_THEORY_RELU_NETWORK_H_

#include <cstdint>
#include <vector>

namespace hyperwidth {

class ReluNetwork {
 public:
  struct Entry {
    int input;  // a unit of the layer before, or a coordinate of x
    double weight;
  };
  // One affine function. What is listed is counted as a parameter, whatever its value: leave out what is zero by
  // construction.
  struct Unit {
    std::vector<Entry> entries;
    double bias = 0;
    bool has_bias = false;
  };
  using Layer = std::vector<Unit>;

  void AddLayer(Layer layer);

  // The single unit of the last layer, without ReLU.
  double Evaluate(const std::vector<double>& x) const;

  std::int64_t NumParameters() const;
  std::vector<std::int64_t> Units() const;  // of each layer, from the first hidden one to the output
  int Depth() const { return static_cast<int>(layers_.size()); }  // weight layers

 private:
  std::vector<Layer> layers_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_RELU_NETWORK_H_
