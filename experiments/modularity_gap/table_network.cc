// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/table_network.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

Mlp Primary(Index primary_dim, Index width, Index embedding_dim, Index conditions) {
  if (primary_dim < 1 || width < 1 || embedding_dim < 0 || conditions < 1) {
    throw std::invalid_argument("table network: primary_dim = " + std::to_string(primary_dim) + ", width = " +
                                std::to_string(width) + ", embedding_dim = " + std::to_string(embedding_dim) +
                                ", conditions = " + std::to_string(conditions) + "; accepted: at least 1, 1, 0 and 1");
  }
  return Mlp({primary_dim + embedding_dim, width, 1}, Activation::kRelu);
}

}  // namespace

TableNetwork::TableNetwork(Index primary_dim, Index width, Index embedding_dim, Index conditions)
    : primary_(Primary(primary_dim, width, embedding_dim, conditions)),
      primary_dim_(primary_dim),
      conditions_(conditions) {}

Matrix<double> TableNetwork::Inputs(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const {
  const Index k = embedding_dim();
  const Eigen::Map<const Matrix<double>> table(parameters.data() + primary_.parameter_count(), k, conditions_);
  Matrix<double> inputs(primary_dim_ + k, x.cols() * conditions_);
  for (Index condition = 0; condition < conditions_; ++condition) {
    auto columns = inputs.middleCols(condition * x.cols(), x.cols());
    columns.topRows(primary_dim_) = x;
    if (k > 0) columns.bottomRows(k).colwise() = table.col(condition);
  }
  return inputs;
}

Matrix<double> TableNetwork::Values(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const {
  MlpWorkspace<double> workspace;
  primary_.Forward<double>(parameters.head(primary_.parameter_count()), Inputs(parameters, x), workspace);
  return workspace.outputs().reshaped(x.cols(), conditions_);
}

TableNetwork::Unit TableNetwork::GetUnit(const Vector<double>& parameters, Index unit) const {
  Unit value{.weights = Vector<double>(primary_.input_size())};
  for (Index input = 0; input < primary_.input_size(); ++input)
    value.weights[input] = parameters[input * width() + unit];
  value.bias = parameters[primary_.bias_offset(0) + unit];
  value.output_weight = parameters[primary_.weight_offset(1) + unit];
  return value;
}

void TableNetwork::SetUnit(Index unit, const Unit& value, Vector<double>& parameters) const {
  for (Index input = 0; input < primary_.input_size(); ++input)
    parameters[input * width() + unit] = value.weights[input];
  parameters[primary_.bias_offset(0) + unit] = value.bias;
  parameters[primary_.weight_offset(1) + unit] = value.output_weight;
}

TableNetwork::Unit TableNetwork::RandomUnitThrough(const Vector<double>& input,
                                                   double weight_scale,
                                                   double output_scale,
                                                   RandomStream& random) const {
  Unit unit{.weights = Vector<double>(input.size())};
  for (double& weight : unit.weights) weight = weight_scale * NormalNumber(random);
  unit.bias = -unit.weights.dot(input);
  unit.output_weight = output_scale * NormalNumber(random);
  return unit;
}

Vector<double> TableNetwork::RandomParameters(double weight_scale, RandomStream& random) const {
  Vector<double> parameters = Vector<double>::Zero(parameter_count());
  for (double& entry : parameters.tail(embedding_dim() * conditions_)) entry = random.Uniform(-1, 1);
  const double output_scale = 0.5 / std::sqrt(static_cast<double>(width()));
  for (Index unit = 0; unit < width(); ++unit) {
    Vector<double> input(primary_.input_size());
    for (double& coordinate : input.head(primary_dim_)) coordinate = random.Uniform(-1, 1);
    const auto condition = static_cast<Index>(random.Below(static_cast<std::uint64_t>(conditions_)));
    input.tail(embedding_dim()) =
        parameters.segment(primary_.parameter_count() + condition * embedding_dim(), embedding_dim());
    SetUnit(unit, RandomUnitThrough(input, weight_scale, output_scale, random), parameters);
  }
  return parameters;
}

double NormalNumber(RandomStream& random) {
  const double radius = std::sqrt(-2 * std::log1p(-random.Uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.Uniform());
}

}  // namespace hyperwidth
