// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, line by line, and what README.md says of it.

#include "gtest/gtest.h"
#include "models/graph/cost.h"
#include "models/graph/graph.h"
#include "models/pass/pass.h"

using namespace hyperwidth;

// x in R^2, I in R^3, y in R. g has 8 hidden units, so 33 weights, all generated.
Model HandMadeHypernetwork() {
  ParameterLayout layout;
  Graph graph;
  const auto tensor = [&](const std::string& name, Index rows, Index cols) {
    return graph.Parameter(layout.Add(name, rows, cols, Role::kCondition, Initialization::Uniform(0.3)));
  };
  const Value condition = graph.Condition(3);
  const Value features = graph.Affine(tensor("f.0.weight", 16, 3), condition, tensor("f.0.bias", 16, 1));
  const Value hidden_of_f = graph.Apply(Function::kRelu, features);
  const Value weights = graph.Affine(tensor("f.1.weight", 33, 16), hidden_of_f, tensor("f.1.bias", 33, 1));
  const Value first = graph.Affine(graph.Slice(weights, 0, 8, 2), graph.X(2), graph.Slice(weights, 16, 8));
  const Value hidden = graph.Apply(Function::kTanh, first);
  const Value y = graph.Affine(graph.Slice(weights, 24, 1, 8), hidden, graph.Slice(weights, 32, 1));
  return {.name = "by hand", .parameters = layout, .graph = graph, .output = y};
}

namespace {

TEST(Readme, HypernetworkCostsWhatItSays) {
  const Cost cost = CostOf(HandMadeHypernetwork());
  EXPECT_EQ(cost.trainable_parameters, 625);
  EXPECT_EQ(cost.generated_parameters, 33);
  EXPECT_EQ(cost.kappa, 3);
  EXPECT_EQ(cost.multiply_adds_per_condition, 576);
  EXPECT_EQ(cost.multiply_adds_per_sample, 24);
}

TEST(Readme, HypernetworkRuns) {
  const Model model = HandMadeHypernetwork();
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  const Batch<float> batch{
      .x = Matrix<float>::Ones(2, 5), .condition = Matrix<float>::Ones(3, 2), .group_starts = {0, 3, 5}};
  EXPECT_EQ(Pass<float>(model, SerialExecutor()).Forward(theta, batch).cols(), 5);
}

}  // namespace
