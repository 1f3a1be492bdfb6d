// SPDX-License-Identifier: Apache-2.0

#include <algorithm>

#include "models/schemes/schemes.h"

namespace hyperwidth {

Model ConditionalBias(const MlpShape& e, const MlpShape& q, const std::vector<Index>& layers) {
  Validate("e", e);
  Validate("q", q);
  const auto is_chosen = [&](Index layer) { return std::count(layers.begin(), layers.end(), layer) > 0; };
  Index units_of_chosen = 0;
  for (Index layer = 0; layer < q.layers(); ++layer) {
    if (is_chosen(layer)) units_of_chosen += q.sizes[static_cast<std::size_t>(layer) + 1];
  }
  RequireSize("outputs of e, the units of the layers whose biases it generates", e.outputs(), units_of_chosen);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value biases = builder.Mlp("e", graph.Condition(e.inputs()), e, Role::kCondition);
  Index used = 0;
  Value value = graph.X(q.inputs());
  for (Index layer = 0; layer < q.layers(); ++layer) {
    if (layer > 0) value = graph.Apply(q.function, value);
    const Index units = q.sizes[static_cast<std::size_t>(layer) + 1];
    const bool has_bias = q.has_bias && !is_chosen(layer);
    value = builder.Linear("q." + std::to_string(layer), value, units, Role::kPrimary, has_bias);
    if (!is_chosen(layer)) continue;
    value = graph.Add(value, graph.Slice(biases, used, units));
    used += units;
  }
  return builder.Finish("conditional-bias", value);
}

}  // namespace hyperwidth
