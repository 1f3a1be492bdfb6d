// SPDX-License-Identifier: Apache-2.0
//
// DeepONet and two of its kin, which move the coordinates at which the trunk is evaluated.

#include <cmath>

#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

Value Bias(ModelBuilder& builder, Index outputs) {
  return builder.Parameter("bias", outputs, 1, Role::kPrimary, Initialization::Constant(0));
}

// Throws unless each output has as many functions.
void RequireFunctions(const MlpShape& t, Index outputs) {
  if (outputs < 1) RequireSize("outputs", outputs, 1);
  RequireSize("outputs of t, a multiple of the outputs; left over", t.outputs() % outputs, 0);
}

// The sum over each output's own products, and a bias.
Model FinishSums(ModelBuilder builder, const std::string& name, Value products, Index outputs) {
  Graph& graph = builder.graph;
  const Index p = graph.shape(products).rows / outputs;
  std::vector<Value> sums;
  for (Index j = 0; j < outputs; ++j) sums.push_back(graph.Sum(graph.Slice(products, j * p, p)));
  const Value all = graph.Concatenate(sums);
  return builder.Finish(name, graph.Add(all, Bias(builder, outputs)));
}

}  // namespace

Model DeepOnet(const MlpShape& b, const MlpShape& t, Index outputs) {
  Validate("b", b);
  Validate("t", t);
  RequireSize("outputs of b, as many as t has", b.outputs(), t.outputs());
  RequireFunctions(t, outputs);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value coefficients = builder.Mlp("b", graph.Condition(b.inputs()), b, Role::kCondition);
  const Value functions = builder.Mlp("t", graph.X(t.inputs()), t, Role::kPrimary);
  return FinishSums(builder, "deeponet", graph.Multiply(coefficients, functions), outputs);
}

Model ShiftDeepOnet(const MlpShape& b, const MlpShape& s, const MlpShape& d, const MlpShape& t, Index outputs) {
  for (const auto& [name, shape] : {std::pair("b", &b), std::pair("s", &s), std::pair("d", &d), std::pair("t", &t)}) {
    Validate(name, *shape);
  }
  RequireFunctions(t, outputs);
  const Index count = t.outputs();  // functions, of all outputs together
  const Index dim = t.inputs();
  RequireSize("outputs of b, as many as t has", b.outputs(), count);
  RequireSize("outputs of s, a scale for every coordinate and function", s.outputs(), count * dim);
  RequireSize("outputs of d, a shift for every coordinate and function", d.outputs(), count * dim);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value x = graph.X(dim);
  const auto of_condition = [&](const std::string& name, const MlpShape& shape) {
    return builder.Mlp(name, graph.Condition(b.inputs()), shape, Role::kCondition);
  };
  const Value coefficients = of_condition("b", b);
  const Value scales = of_condition("s", s);
  const Value shifts = of_condition("d", d);
  // One trunk, evaluated for each function but for its last layer, of which function l needs unit l: its tensors are
  // made once and shared, the last one with a column for each function.
  MlpShape hidden = t;
  hidden.sizes.pop_back();
  const std::string last = "t." + std::to_string(t.layers() - 1);
  const bool has_hidden = hidden.sizes.size() > 1;
  const auto trunk = has_hidden ? MlpPrimary(hidden) : nullptr;
  std::vector<Value> weights;
  for (std::size_t i = 0; has_hidden && i < trunk->weights().size(); ++i) {
    weights.push_back(TrainedWeights(builder, "t", trunk->weights()[i]));
  }
  const Index width = hidden.outputs();
  const Initialization start = Initialization::Uniform(1 / std::sqrt(static_cast<double>(width)));
  const Value columns = builder.Parameter(last + ".columns", width, count, Role::kPrimary, start);
  const Value biases = t.has_bias ? builder.Parameter(last + ".bias", count, 1, Role::kPrimary, start) : Value{};
  std::vector<Value> functions;
  for (Index l = 0; l < count; ++l) {
    const Value moved =
        graph.Add(graph.Multiply(graph.Slice(scales, l * dim, dim), x), graph.Slice(shifts, l * dim, dim));
    std::size_t next = 0;
    const auto shared = [&](const WeightShape&) { return weights[next++]; };
    const Value features = has_hidden ? graph.Apply(t.function, trunk->Build(graph, moved, shared)) : moved;
    const Value bias = t.has_bias ? graph.Slice(biases, l, 1) : Value{};
    functions.push_back(graph.Affine(graph.Slice(columns, l * width, 1, width), features, bias));
  }
  const Value products = graph.Multiply(coefficients, graph.Concatenate(functions));
  return FinishSums(builder, "shift-deeponet", products, outputs);
}

Model FlexDeepOnet(const MlpShape& b, const MlpShape& c, const MlpShape& t, Index outputs) {
  for (const auto& [name, shape] : {std::pair("b", &b), std::pair("c", &c), std::pair("t", &t)}) Validate(name, *shape);
  RequireFunctions(t, outputs);
  const Index dim = t.inputs();
  RequireSize("outputs of b, as many as t has", b.outputs(), t.outputs());
  RequireSize("outputs of c, a scale and a shift for every coordinate", c.outputs(), 2 * dim);
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value coefficients = builder.Mlp("b", graph.Condition(b.inputs()), b, Role::kCondition);
  const Value change = builder.Mlp("c", graph.Condition(b.inputs()), c, Role::kCondition);
  const Value scaled = graph.Multiply(graph.Slice(change, 0, dim), graph.X(dim));
  const Value functions = builder.Mlp("t", graph.Add(scaled, graph.Slice(change, dim, dim)), t, Role::kPrimary);
  return FinishSums(builder, "flex-deeponet", graph.Multiply(coefficients, functions), outputs);
}

}  // namespace hyperwidth
