// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <string>
#include <vector>

#include "models/schemes/schemes.h"

namespace hyperwidth {

Model LowRank(const MlpShape& z, const PrimaryNetwork& g, const std::vector<std::string>& moved) {
  Validate("z", z);
  RequireNames(g, moved);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value code = builder.Mlp("z", graph.Condition(z.inputs()), z, Role::kCondition);
  const auto weights = [&](const WeightShape& weight) {
    const Value start = TrainedWeights(builder, "g", weight);
    if (!IsAmong(moved, weight)) return start;
    const double fan_in = static_cast<double>(weight.fan_in * z.outputs());
    const Value directions = builder.Parameter("g." + weight.name + ".directions",
                                               weight.size(),
                                               z.outputs(),
                                               Role::kPrimary,
                                               Initialization::Uniform(1 / std::sqrt(fan_in)));
    return graph.Add(start, graph.Slice(graph.Affine(directions, code), 0, weight.rows, weight.cols));
  };
  return builder.Finish("low-rank", g.Build(graph, graph.X(g.inputs()), weights));
}

}  // namespace hyperwidth
