// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/sparse_network.h"

#include <algorithm>
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
  Matrix<double> outputs(output_size(), x.cols());
  // Made once: for large layers, getting memory takes as long as filling it.
  Index most = input_size_;
  for (const Layer& layer : layers_) most = std::max(most, layer.units());
  Block values(kBlock, most), next(kBlock, most);
  for (Index first = 0; first < x.cols(); first += kBlock) {
    const Index count = std::min(kBlock, x.cols() - first);
    values.leftCols(input_size_).setZero();
    values.topLeftCorner(count, input_size_) = x.middleCols(first, count).transpose();
    const double* parameter = parameters.data();
    for (const Layer& layer : layers_) {
      parameter = layer.Forward(parameter, values, next);
      values.swap(next);
    }
    outputs.middleCols(first, count) = values.topLeftCorner(count, output_size()).transpose();
  }
  return outputs;
}

const double* SparseNetwork::Layer::Forward(const double* parameter, const Block& values, Block& next) const {
  const std::int32_t* input = inputs.data();
  for (Index unit = 0; unit < units(); ++unit) {
    Eigen::Array<double, kBlock, 1> sum = Eigen::Array<double, kBlock, 1>::Zero();
    const auto index = static_cast<std::size_t>(unit);
    const std::int32_t* const end = inputs.data() + first_input[index + 1];
    for (; input != end; ++input) sum += *parameter++ * values.col(*input).array();
    if (has_bias[index]) sum += *parameter++;
    next.col(unit) = sum.cwiseMax(0.0);
  }
  return parameter;
}

}  // namespace hyperwidth
