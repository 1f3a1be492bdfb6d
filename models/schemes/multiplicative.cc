// SPDX-License-Identifier: Apache-2.0

#include <cmath>

#include "models/schemes/schemes.h"

namespace hyperwidth {

Model Multiplicative(const MlpShape& e, const MlpShape& q) {
  Validate("e", e);
  Validate("q", q);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value x = graph.X(q.inputs());
  const Value z = builder.Mlp("e", graph.Condition(e.inputs()), e, Role::kCondition);
  const Index units = q.sizes[1];
  // z^T W x: the weights that meet x are linear in z, a column of W for each of its entries.
  const double fan_in = static_cast<double>(q.inputs() * e.outputs());
  const Value interaction = builder.Parameter("q.0.interaction",
                                              units * q.inputs(),
                                              e.outputs(),
                                              Role::kPrimary,
                                              Initialization::Uniform(1 / std::sqrt(fan_in)));
  const Value weights = graph.Slice(graph.Affine(interaction, z), 0, units, q.inputs());
  const Value linear_in_z = builder.Linear("q.0.condition", z, units, Role::kPrimary, /*has_bias=*/false);
  Value value =
      graph.Add(graph.Affine(weights, x, linear_in_z), builder.Linear("q.0", x, units, Role::kPrimary, q.has_bias));
  for (Index layer = 1; layer < q.layers(); ++layer) {
    value = graph.Apply(q.function, value);
    const Index next = q.sizes[static_cast<std::size_t>(layer) + 1];
    value = builder.Linear("q." + std::to_string(layer), value, next, Role::kPrimary, q.has_bias);
  }
  return builder.Finish("multiplicative", value);
}

}  // namespace hyperwidth
