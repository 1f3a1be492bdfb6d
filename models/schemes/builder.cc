// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/builder.h"

#include <cmath>
#include <stdexcept>

namespace hyperwidth {

Index MlpShape::HiddenUnits() const {
  Index units = 0;
  for (std::size_t i = 1; i + 1 < sizes.size(); ++i) units += sizes[i];
  return units;
}

Index MlpShape::NumParameters() const {
  Index count = 0;
  for (std::size_t i = 1; i < sizes.size(); ++i) count += sizes[i] * (sizes[i - 1] + (has_bias ? 1 : 0));
  return count;
}

void Validate(const std::string& name, const MlpShape& shape) {
  if (shape.sizes.size() < 2) {
    throw std::invalid_argument(name + " has " + std::to_string(shape.sizes.size()) +
                                " layer sizes; accepted: at least two, inputs and outputs");
  }
  for (std::size_t i = 0; i < shape.sizes.size(); ++i) {
    if (shape.sizes[i] < 1) {
      throw std::invalid_argument(name + ", layer size " + std::to_string(i) + ": found " +
                                  std::to_string(shape.sizes[i]) + ", accepted: at least 1");
    }
  }
}

Value ModelBuilder::Parameter(
    const std::string& name, Index rows, Index cols, Role role, const Initialization& initialization) {
  return graph.Parameter(parameters.Add(name, rows, cols, role, initialization));
}

Value ModelBuilder::Linear(const std::string& name, Value input, Index outputs, Role role, bool has_bias) {
  const Index inputs = graph.shape(input).rows;
  const Initialization start = Initialization::Uniform(1 / std::sqrt(static_cast<double>(inputs)));
  const Value weights = Parameter(name + ".weight", outputs, inputs, role, start);
  if (!has_bias) return graph.Affine(weights, input);
  return graph.Affine(weights, input, Parameter(name + ".bias", outputs, 1, role, start));
}

Value ModelBuilder::Mlp(const std::string& name, Value input, const MlpShape& shape, Role role) {
  Validate(name, shape);
  RequireSize("inputs of " + name, shape.inputs(), graph.shape(input).rows);
  Value value = input;
  for (Index layer = 0; layer < shape.layers(); ++layer) {
    if (layer > 0) value = graph.Apply(shape.function, value);
    const Index units = shape.sizes[static_cast<std::size_t>(layer) + 1];
    value = Linear(name + "." + std::to_string(layer), value, units, role, shape.has_bias);
  }
  return value;
}

Model ModelBuilder::Finish(const std::string& name, Value output) const {
  Model model{.name = name, .parameters = parameters, .graph = graph, .output = output};
  Validate(model);
  return model;
}

}  // namespace hyperwidth
