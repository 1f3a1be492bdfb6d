// SPDX-License-Identifier: Apache-2.0

#include "theory/relu_network.h"

#include <algorithm>
#include <utility>

namespace hyperwidth {

void ReluNetwork::AddLayer(Layer layer) { layers_.push_back(std::move(layer)); }

double ReluNetwork::Evaluate(const std::vector<double>& x) const {
  std::vector<double> values = x;
  for (std::size_t i = 0; i < layers_.size(); ++i) {
    std::vector<double> next;
    next.reserve(layers_[i].size());
    for (const Unit& unit : layers_[i]) {
      double sum = unit.bias;
      for (const Entry& entry : unit.entries) sum += entry.weight * values[entry.input];
      next.push_back(i + 1 < layers_.size() ? std::max(sum, 0.0) : sum);
    }
    values = std::move(next);
  }
  return values[0];
}

std::int64_t ReluNetwork::NumParameters() const {
  std::int64_t count = 0;
  for (const Layer& layer : layers_) {
    for (const Unit& unit : layer) count += static_cast<std::int64_t>(unit.entries.size()) + unit.has_bias;
  }
  return count;
}

std::vector<std::int64_t> ReluNetwork::Units() const {
  std::vector<std::int64_t> units;
  for (const Layer& layer : layers_) units.push_back(static_cast<std::int64_t>(layer.size()));
  return units;
}

}  // namespace hyperwidth
