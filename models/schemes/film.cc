// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/schemes.h"

namespace hyperwidth {

Model Film(const MlpShape& e, const MlpShape& q) {
  Validate("e", e);
  Validate("q", q);
  RequireSize("outputs of e, a scale and a shift for every hidden unit of q", e.outputs(), 2 * q.HiddenUnits());
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value film = builder.Mlp("e", graph.Condition(e.inputs()), e, Role::kCondition);
  Value value = graph.X(q.inputs());
  Index unit = 0;
  for (Index layer = 0; layer < q.layers(); ++layer) {
    const Index units = q.sizes[static_cast<std::size_t>(layer) + 1];
    value = builder.Linear("q." + std::to_string(layer), value, units, Role::kPrimary, q.has_bias);
    if (layer + 1 == q.layers()) break;
    const Value scale = graph.Add(graph.Slice(film, unit, units), graph.Constant(1));
    const Value shift = graph.Slice(film, q.HiddenUnits() + unit, units);
    value = graph.Apply(q.function, graph.Add(graph.Multiply(scale, value), shift));
    unit += units;
  }
  return builder.Finish("film", value);
}

}  // namespace hyperwidth
