// SPDX-License-Identifier: Apache-2.0
#include "models/schemes/table_network.h"

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <string>

#include "models/pass/per_sample_pass.h"

namespace hyperwidth {
namespace {

// The tensors are laid out before the graph is built, the table last: who looks at one unit or one entry counts on it.
Model TableModel(Index primary_dim, Index width, Index embedding_dim, Index conditions) {
  if (primary_dim < 1 || width < 1 || embedding_dim < 0 || conditions < 1) {
    throw std::invalid_argument("table network: primary_dim = " + std::to_string(primary_dim) + ", width = " +
                                std::to_string(width) + ", embedding_dim = " + std::to_string(embedding_dim) +
                                ", conditions = " + std::to_string(conditions) + "; accepted: at least 1, 1, 0 and 1");
  }
  ParameterLayout layout;
  Graph graph;
  const auto tensor = [&](const std::string& name, Index rows, Index cols, Role role) {
    // Nobody starts from the layout: RandomParameters does.
    return graph.Parameter(layout.Add(name, rows, cols, role, Initialization::Constant(0)));
  };
  const Value hidden_weights = tensor("q.0.weight", width, primary_dim + embedding_dim, Role::kPrimary);
  const Value hidden_bias = tensor("q.0.bias", width, 1, Role::kPrimary);
  const Value output_weights = tensor("q.1.weight", 1, width, Role::kPrimary);
  const Value output_bias = tensor("q.1.bias", 1, 1, Role::kPrimary);
  Value input = graph.X(primary_dim);
  if (embedding_dim > 0) {
    const Value table = tensor("table.weight", embedding_dim, conditions, Role::kTable);
    input = graph.Concatenate({input, graph.Gather(table, graph.ConditionId(conditions))});
  }
  const Value hidden = graph.Apply(Function::kRelu, graph.Affine(hidden_weights, input, hidden_bias));
  const Value output = graph.Affine(output_weights, hidden, output_bias);
  return {.name = "table network", .parameters = layout, .graph = graph, .output = output};
}

// Of mean 0 and variance 1 (Box and Muller). Searches are repeated bit for bit: layout.cc's has other last bits.
double Normal(RandomStream& random) {
  const double radius = std::sqrt(-2 * std::log1p(-random.Uniform()));
  return radius * std::cos(2 * std::numbers::pi * random.Uniform());
}

}  // namespace

TableNetwork::TableNetwork(Index primary_dim, Index width, Index embedding_dim, Index conditions)
    : primary_dim_(primary_dim),
      width_(width),
      embedding_dim_(embedding_dim),
      conditions_(conditions),
      model_(TableModel(primary_dim, width, embedding_dim, conditions)) {}

Batch<double> TableNetwork::BatchOfAll(const ConstMatrixRef<double>& x) const {
  Batch<double> batch{.x = x.replicate(1, conditions_)};
  for (Index condition = 0; condition < conditions_; ++condition) {
    if (embedding_dim_ > 0) batch.condition_ids.push_back(condition);
    batch.group_starts.push_back((condition + 1) * x.cols());
  }
  return batch;
}

Batch<double> TableNetwork::BatchOf(Index condition, const ConstMatrixRef<double>& x) const {
  Batch<double> batch{.x = x, .group_starts = {0, x.cols()}};
  if (embedding_dim_ > 0) batch.condition_ids = {condition};
  return batch;
}

Matrix<double> TableNetwork::Inputs(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const {
  const Index k = embedding_dim_;
  const Eigen::Map<const Matrix<double>> table(parameters.data() + primary_parameter_count(), k, conditions_);
  Matrix<double> inputs(input_size(), x.cols() * conditions_);
  for (Index condition = 0; condition < conditions_; ++condition) {
    auto columns = inputs.middleCols(condition * x.cols(), x.cols());
    columns.topRows(primary_dim_) = x;
    if (k > 0) columns.bottomRows(k).colwise() = table.col(condition);
  }
  return inputs;
}

Matrix<double> TableNetwork::Values(const Vector<double>& parameters, const ConstMatrixRef<double>& x) const {
  return PerSamplePass<double>(model_).Forward(parameters, BatchOfAll(x)).reshaped(x.cols(), conditions_);
}

TableNetwork::Unit TableNetwork::GetUnit(const Vector<double>& parameters, Index unit) const {
  const Index bias = input_size() * width_;  // where the biases begin
  Unit value{.weights = Vector<double>(input_size())};
  for (Index input = 0; input < input_size(); ++input) value.weights[input] = parameters[input * width_ + unit];
  value.bias = parameters[bias + unit];
  value.output_weight = parameters[bias + width_ + unit];
  return value;
}

void TableNetwork::SetUnit(Index unit, const Unit& value, Vector<double>& parameters) const {
  const Index bias = input_size() * width_;
  for (Index input = 0; input < input_size(); ++input) parameters[input * width_ + unit] = value.weights[input];
  parameters[bias + unit] = value.bias;
  parameters[bias + width_ + unit] = value.output_weight;
}

TableNetwork::Unit TableNetwork::RandomUnitThrough(const Vector<double>& input,
                                                   double weight_scale,
                                                   double output_scale,
                                                   RandomStream& random) const {
  Unit unit{.weights = Vector<double>(input.size())};
  for (double& weight : unit.weights) weight = weight_scale * Normal(random);
  unit.bias = -unit.weights.dot(input);
  unit.output_weight = output_scale * Normal(random);
  return unit;
}

Vector<double> TableNetwork::RandomParameters(double weight_scale, RandomStream& random) const {
  Vector<double> parameters = Vector<double>::Zero(parameter_count());
  for (double& entry : parameters.tail(embedding_dim_ * conditions_)) entry = random.Uniform(-1, 1);
  const double output_scale = 0.5 / std::sqrt(static_cast<double>(width_));
  for (Index unit = 0; unit < width_; ++unit) {
    Vector<double> input(input_size());
    for (double& coordinate : input.head(primary_dim_)) coordinate = random.Uniform(-1, 1);
    const auto condition = static_cast<Index>(random.Below(static_cast<std::uint64_t>(conditions_)));
    input.tail(embedding_dim_) =
        parameters.segment(primary_parameter_count() + condition * embedding_dim_, embedding_dim_);
    SetUnit(unit, RandomUnitThrough(input, weight_scale, output_scale, random), parameters);
  }
  return parameters;
}

}  // namespace hyperwidth
