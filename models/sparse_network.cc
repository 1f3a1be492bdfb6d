// SPDX-License-Identifier: Apache-2.0
#include "models/sparse_network.h"

#include <stdexcept>
#include <string>

namespace hyperwidth {

void SparseNetwork::AddLayer(const std::vector<Unit>& units, std::vector<double>& parameters) {
  Layer layer;
  for (const Unit& unit : units) {
    for (const auto& [input, weight] : unit.inputs) {
      if (input < 0 || input >= output_size()) {
        throw std::invalid_argument("sparse network: input is " + std::to_string(input) + ", accepted: 0 to " +
                                    std::to_string(output_size() - 1));
      }
      layer.inputs.push_back(static_cast<std::int32_t>(input));
      parameters.push_back(weight);
    }
    if (unit.has_bias) parameters.push_back(unit.bias);
    layer.has_bias.push_back(unit.has_bias);
    layer.first_input.push_back(static_cast<std::int64_t>(layer.inputs.size()));
    parameter_count_ += static_cast<Index>(unit.inputs.size()) + (unit.has_bias ? 1 : 0);
  }
  layers_.push_back(std::move(layer));
}

Matrix<double> SparseNetwork::Forward(const ConstVectorRef<double>& parameters, const ConstMatrixRef<double>& x) const {
  if (parameters.size() != parameter_count_ || x.rows() != input_size_) {
    throw std::invalid_argument("sparse network: " + std::to_string(parameters.size()) + " parameters and " +
                                std::to_string(x.rows()) + " inputs, accepted: " + std::to_string(parameter_count_) +
                                " and " + std::to_string(input_size_));
  }
  // One column per unit, so that a unit's sum over its inputs runs through memory.
  Matrix<double> values = x.transpose();
  const double* parameter = parameters.data();
  for (const Layer& layer : layers_) {
    Matrix<double> next(x.cols(), layer.units());
    for (Index unit = 0; unit < layer.units(); ++unit) {
      auto sum = next.col(unit);
      sum.setZero();
      const auto index = static_cast<std::size_t>(unit);
      for (std::int64_t i = layer.first_input[index]; i < layer.first_input[index + 1]; ++i) {
        sum += *parameter++ * values.col(layer.inputs[static_cast<std::size_t>(i)]);
      }
      if (layer.has_bias[index]) sum.array() += *parameter++;
      sum = sum.cwiseMax(0.0);
    }
    values = std::move(next);
  }
  return values.transpose();
}

}  // namespace hyperwidth
