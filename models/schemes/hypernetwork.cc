// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cmath>
#include <numbers>
#include <stdexcept>

#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

bool GeneratesBiases(const PrimaryNetwork& g, const GeneratedWeights& generated) {
  for (const WeightShape& weight : g.weights()) {
    if (weight.is_bias && IsAmong(generated.names, weight)) return true;
  }
  return false;
}

// A head of its own for each tensor, so that each can start in its own way.
Value Head(ModelBuilder& builder,
           const std::string& name,
           Value hidden,
           Index size,
           const HeadInitialization& start,
           bool has_bias) {
  const Index features = builder.graph.shape(hidden).rows;
  const Value weights = builder.Parameter(name + ".weight", size, features, Role::kCondition, start.weight);
  if (!has_bias) return builder.graph.Affine(weights, hidden);
  return builder.graph.Affine(
      weights, hidden, builder.Parameter(name + ".bias", size, 1, Role::kCondition, start.bias));
}

// [sin(pi I / 2); cos(pi I / 2)].
Value OfConstantNorm(Graph& graph, Index size) {
  if (size % 2 != 0) {
    throw std::invalid_argument("inputs of f: found " + std::to_string(size) +
                                ", accepted: an even number, a sine and a cosine for each entry of the condition");
  }
  const Value quarter = graph.Constant(std::numbers::pi / 2);
  const Value angle = graph.Multiply(graph.Condition(size / 2), quarter);
  const Value sine = graph.Apply(Function::kSine, angle);
  const Value cosine = graph.Apply(Function::kSine, graph.Add(angle, quarter));
  return graph.Concatenate({sine, cosine});
}

}  // namespace

HeadInitialization InitializationOf(
    const HeadStart& start, const WeightShape& weight, Index features, bool is_relu, bool biases_are_generated) {
  const auto of_variance = [](double variance) { return Initialization::Uniform(std::sqrt(3 * variance)); };
  const double dense = 1 / std::sqrt(static_cast<double>(features));
  const double size_of_features = static_cast<double>(features) * start.feature_mean_square;
  const double gain = is_relu && weight.is_before_function ? 2 : 1;
  const double share = biases_are_generated ? 2 : 1;  // weights and biases contribute a half each
  switch (start.kind) {
    case HeadStart::Kind::kDense:
      return {Initialization::Uniform(dense), Initialization::Uniform(dense)};
    case HeadStart::Kind::kHyperfanIn:
      if (weight.is_bias) return {of_variance(gain / (2 * size_of_features)), Initialization::Constant(0)};
      return {of_variance(gain / (share * static_cast<double>(weight.fan_in) * size_of_features)),
              Initialization::Constant(0)};
    case HeadStart::Kind::kHyperfanOut: {
      const double ratio = static_cast<double>(weight.fan_in) / static_cast<double>(weight.fan_out);
      if (weight.is_bias) {
        return {of_variance(gain * std::max(1 - ratio, 0.0) / size_of_features), Initialization::Constant(0)};
      }
      return {of_variance(gain / (static_cast<double>(weight.fan_out) * size_of_features)),
              Initialization::Constant(0)};
    }
    case HeadStart::Kind::kBiasOnly:
      return {Initialization::Uniform(start.small * dense),
              Initialization::Uniform(1 / std::sqrt(static_cast<double>(weight.fan_in)))};
  }
  return {};
}

Index NumGenerated(const PrimaryNetwork& g, const GeneratedWeights& generated) {
  RequireNames(g, generated.names);
  Index count = 0;
  for (const WeightShape& weight : g.weights()) count += IsAmong(generated.names, weight) ? weight.size() : 0;
  return count;
}

Model Hypernetwork(const MlpShape& f, const PrimaryNetwork& g, const GeneratedWeights& generated) {
  Validate("f", f);
  RequireSize("outputs of f, the weights of g that it generates", f.outputs(), NumGenerated(g, generated));
  ModelBuilder builder;
  Graph& graph = builder.graph;
  Value hidden = generated.preserves_input_norm ? OfConstantNorm(graph, f.inputs()) : graph.Condition(f.inputs());
  for (Index layer = 0; layer + 1 < f.layers(); ++layer) {
    const Index units = f.sizes[static_cast<std::size_t>(layer) + 1];
    hidden = builder.Linear("f." + std::to_string(layer), hidden, units, Role::kCondition, f.has_bias);
    hidden = graph.Apply(f.function, hidden);
  }
  const bool biases_are_generated = GeneratesBiases(g, generated);
  const auto weights = [&](const WeightShape& weight) {
    if (!IsAmong(generated.names, weight)) return TrainedWeights(builder, "g", weight);
    const HeadInitialization start =
        InitializationOf(generated.start, weight, graph.shape(hidden).rows, g.IsRelu(), biases_are_generated);
    const Value head = Head(builder, "f.head." + weight.name, hidden, weight.size(), start, f.has_bias);
    const Value delta = graph.Slice(head, 0, weight.rows, weight.cols);
    return generated.adds_to_trained ? graph.Add(TrainedWeights(builder, "g", weight), delta) : delta;
  };
  return builder.Finish("hypernetwork", g.Build(graph, graph.X(g.inputs()), weights));
}

Model ChunkedHypernetwork(const MlpShape& z, const MlpShape& f, const PrimaryNetwork& g) {
  Validate("z", z);
  Validate("f", f);
  const Index chunk_dim = f.inputs() - z.outputs();
  if (chunk_dim < 1) {
    throw std::invalid_argument("inputs of f: found " + std::to_string(f.inputs()) + ", accepted: more than the " +
                                std::to_string(z.outputs()) + " outputs of z, the rest being the chunk's name");
  }
  ModelBuilder builder;
  Graph& graph = builder.graph;
  const Value code = builder.Mlp("z", graph.Condition(z.inputs()), z, Role::kCondition);
  const auto generator = MlpPrimary(f);
  std::vector<Value> shared;  // by all chunks
  for (const WeightShape& weight : generator->weights()) {
    const Initialization start = Initialization::Uniform(1 / std::sqrt(static_cast<double>(weight.fan_in)));
    shared.push_back(builder.Parameter("f." + weight.name, weight.rows, weight.cols, Role::kCondition, start));
  }
  std::vector<Value> chunks;
  for (Index made = 0; made < g.NumWeights(); made += f.outputs()) {
    const std::string name = "chunk." + std::to_string(chunks.size());
    const Value chunk = builder.Parameter(name, chunk_dim, 1, Role::kCondition, Initialization::Normal(1));
    std::size_t next = 0;
    chunks.push_back(
        generator->Build(graph, graph.Concatenate({code, chunk}), [&](const WeightShape&) { return shared[next++]; }));
  }
  const Value all = graph.Concatenate(chunks);
  Index used = 0;
  const auto weights = [&](const WeightShape& weight) {
    const Value value = graph.Slice(all, used, weight.rows, weight.cols);
    used += weight.size();
    return value;
  };
  return builder.Finish("chunked-hypernetwork", g.Build(graph, graph.X(g.inputs()), weights));
}

}  // namespace hyperwidth
