// SPDX-License-Identifier: Apache-2.0

#include "models/graph/cost.h"

#include "models/graph/narrowest_cut.h"

namespace hyperwidth {
namespace {

Index MultiplyAddsOf(const Graph& graph, const Node& node) {
  if (node.operation == Operation::kAffine || node.operation == Operation::kContract) {
    return graph.shape(node.inputs[0]).size();
  }
  if (node.operation == Operation::kProduct) return graph.shape(node.inputs[0]).size() * node.shape.cols;
  if (node.operation != Operation::kConvolve) return 0;
  return graph.shape(node.inputs[0]).size() * node.convolution.OutputHeight() * node.convolution.OutputWidth();
}

// The one of three counters that belongs to the axis.
Index& Of(Axis axis, Index& theta, Index& condition, Index& sample) {
  return axis == Axis::kTheta ? theta : axis == Axis::kCondition ? condition : sample;
}

}  // namespace

Index Cost::BytesAtPeak(Index samples, Index conditions, Index bytes_per_scalar) const {
  const Index values = values_per_step + conditions * values_per_condition + samples * values_per_sample;
  return 2 * (values + trainable_parameters) * bytes_per_scalar;
}

Cost CostOf(const Model& model) {
  Validate(model);
  const Graph& graph = model.graph;
  Cost cost{.primary_parameters = model.parameters.SizeOf(Role::kPrimary),
            .condition_parameters = model.parameters.SizeOf(Role::kCondition),
            .table_parameters = model.parameters.SizeOf(Role::kTable),
            .trainable_parameters = model.parameters.size(),
            .kappa = FindNarrowestCut(graph, model.output).kappa};
  const std::vector<bool> needed = IsNeededFor(graph, model.output);
  std::vector<bool> is_counted(needed.size(), false);  // among the generated parameters
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const Node& node = graph.nodes()[i];
    if (!needed[i]) continue;
    Of(node.axis, cost.multiply_adds_per_step, cost.multiply_adds_per_condition, cost.multiply_adds_per_sample) +=
        MultiplyAddsOf(graph, node);
    const bool is_held = node.operation != Operation::kParameter;  // parameters lie in theta
    if (is_held)
      Of(node.axis, cost.values_per_step, cost.values_per_condition, cost.values_per_sample) += node.shape.size();
    const bool has_weights = node.operation == Operation::kAffine || node.operation == Operation::kConvolve;
    if (!has_weights || node.axis != Axis::kSample) continue;
    for (const std::size_t operand : {std::size_t{0}, std::size_t{2}}) {
      if (operand >= node.inputs.size()) continue;
      const auto at = static_cast<std::size_t>(node.inputs[operand].index);
      if (graph.nodes()[at].axis != Axis::kCondition || is_counted[at]) continue;
      is_counted[at] = true;
      cost.generated_parameters += graph.nodes()[at].shape.size();
    }
  }
  return cost;
}

}  // namespace hyperwidth
