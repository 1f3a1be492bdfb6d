// SPDX-License-Identifier: Apache-2.0
#include "models/constructions/linear_spline.h"

#include <stdexcept>
#include <string>

#include "models/schemes/builder.h"

namespace hyperwidth {
namespace {

Model Network(Index cells) {
  if (cells < 1) {
    throw std::invalid_argument("linear spline: number of cells is " + std::to_string(cells) +
                                ", accepted: at least 1");
  }
  ModelBuilder builder;
  const MlpShape shape{.sizes = {1, cells, 1}, .function = Function::kRelu};
  return builder.Finish("linear spline", builder.Mlp("spline", builder.graph.X(1), shape, Role::kPrimary));
}

}  // namespace

LinearSpline::LinearSpline(Index cells) : cells_(cells), network_(Network(cells)) {}

Vector<double> LinearSpline::Parameters(const ConstVectorRef<double>& nodal_values) const {
  const Index n = cells();
  if (nodal_values.size() != n + 1) {
    throw std::invalid_argument("linear spline: number of nodal values is " + std::to_string(nodal_values.size()) +
                                ", accepted: " + std::to_string(n + 1));
  }
  const double width = 2 / static_cast<double>(n);
  Vector<double> parameters(parameter_count());
  auto input_weights = parameters.segment(0, n);
  auto hidden_biases = parameters.segment(n, n);
  auto output_weights = parameters.segment(2 * n, n);
  input_weights.setOnes();
  double slope = 0;
  for (Index i = 0; i < n; ++i) {
    const double next_slope = (nodal_values[i + 1] - nodal_values[i]) / width;
    hidden_biases[i] = -Node(i);
    output_weights[i] = next_slope - slope;
    slope = next_slope;
  }
  parameters[3 * n] = nodal_values[0];
  return parameters;
}

}  // namespace hyperwidth
