// SPDX-License-Identifier: Apache-2.0

#include "models/graph/planner.h"

#include <stdexcept>
#include <utility>

#include "gtest/gtest.h"
#include "models/graph/cost.h"
#include "models/graph/interpreter.h"
#include "models/graph/random_graph.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

Vector<double> RandomVector(RandomStream& random, Index size) {
  Vector<double> vector(size);
  for (Index i = 0; i < size; ++i) vector[i] = random.Uniform(-1, 1);
  return vector;
}

// Outputs and all gradients are those of the model as it was, to rounding.
void ExpectSameFunction(const Model& model, const Model& planned, std::uint64_t seed) {
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(seed, theta);
  RandomStream random(seed, {3});
  const SampleInputs inputs{.x = RandomVector(random, model.graph.x_size()),
                            .condition = RandomVector(random, model.graph.condition_size()),
                            .condition_id = 0};
  Interpreter plain(model), other(planned);
  const Vector<double> expected = plain.Forward(theta, inputs);
  const Vector<double> direction = RandomVector(random, expected.size());
  EXPECT_LT((other.Forward(theta, inputs) - expected).norm(), 1e-12 * (1 + expected.norm())) << model.name;
  const Vector<double> gradient = plain.Backward(direction).theta;
  EXPECT_LT((other.Backward(direction).theta - gradient).norm(), 1e-12 * (1 + gradient.norm())) << model.name;
}

TEST(Plan, ComputesTheSameAndCostsNoMoreOnRandomGraphs) {
  int cheaper = 0;
  for (std::uint64_t seed = 1; seed <= 300; ++seed) {
    const Model model = RandomModel(seed, 12);
    for (const auto& [samples, conditions] : {std::pair<Index, Index>{1, 1}, {64, 64}, {1000, 10}}) {
      const Model planned = Plan(model, samples, conditions);
      EXPECT_EQ(planned.parameters.size(), model.parameters.size());
      const Index before = StepCost(model, samples, conditions);
      const Index after = StepCost(planned, samples, conditions);
      EXPECT_LE(after, before) << model.name;
      cheaper += after < before;
      ExpectSameFunction(model, planned, seed);
    }
  }
  EXPECT_GT(cheaper, 100);
}

struct Built {
  ParameterLayout layout;
  Graph graph;

  Value Dense(const std::string& name, Value input, Index units) {
    const Initialization start = Initialization::Uniform(0.1);
    const Value weights =
        graph.Parameter(layout.Add(name + ".weight", units, graph.shape(input).rows, Role::kPrimary, start));
    return graph.Affine(weights, input, graph.Parameter(layout.Add(name + ".bias", units, 1, Role::kPrimary, start)));
  }
};

// q([x; e(I)]) with a wide embedding that nothing bends before q reads it.
Model WideEmbedding(Index x, Index hidden, Index k, Index units) {
  Built b;
  const Value code = b.Dense("e", b.graph.Apply(Function::kRelu, b.Dense("h", b.graph.Condition(20), hidden)), k);
  const Value first = b.Dense("q.0", b.graph.Concatenate({b.graph.X(x), code}), units);
  const Value y = b.Dense("q.1", b.graph.Apply(Function::kRelu, first), 3);
  return {"wide", b.layout, b.graph, y};
}

TEST(Plan, NeverComputesAWideEmbeddingThatIsReadLinearly) {
  const Model model = WideEmbedding(30, 100, 7850, 10);
  const Model planned = Plan(model, 64, 64);
  const Cost cost = CostOf(planned);
  EXPECT_EQ(cost.multiply_adds_per_step, 10 * 7850 * 100 + 10 * 7850);  // W A and W c
  EXPECT_EQ(cost.multiply_adds_per_condition, 20 * 100 + 10 * 100);
  EXPECT_EQ(cost.multiply_adds_per_sample, 10 * 30 + 3 * 10);
  EXPECT_EQ(CostOf(model).multiply_adds_per_condition, 20 * 100 + 100 * 7850);
  ExpectSameFunction(model, planned, 1);
}

// With few samples the product W A does not pay; the split by axis still does.
TEST(Plan, LeavesTheOrderWhereItIsCheaper) {
  const Model model = WideEmbedding(30, 100, 50, 40);
  const Cost cost = CostOf(Plan(model, 4, 2));
  EXPECT_EQ(cost.multiply_adds_per_step, 0);
  EXPECT_EQ(cost.multiply_adds_per_condition, 20 * 100 + 100 * 50 + 40 * 50);
  EXPECT_EQ(cost.multiply_adds_per_sample, 40 * 30 + 3 * 40);
}

// A hypernetwork's layer with a head of its own: made for each condition, or contracted.
Model Generated() {
  Built b;
  const Value features = b.graph.Apply(Function::kRelu, b.Dense("f", b.graph.Condition(20), 50));
  const Value weights = b.graph.Slice(b.Dense("head", features, 6 * 80), 0, 6, 80);
  const Value y = b.graph.Affine(weights, b.graph.X(80), b.Dense("bias", features, 6));
  return {"generated", b.layout, b.graph, y};
}

TEST(Plan, MakesNoMatrixForASingleVector) {
  const Model model = Generated();
  const Model planned = Plan(model, 64, 64);
  EXPECT_EQ(CostOf(planned).multiply_adds_per_condition, 20 * 50 + 6 * 50);
  EXPECT_EQ(CostOf(planned).multiply_adds_per_sample, 6 * 80 * 50 + 6 * 50 + 6 * 80);
  // Forward and backward: the generator twice, and three times before.
  const Index rest = 64 * (2 * 20 * 50 + 3 * 6 * 50);
  EXPECT_EQ(StepCost(model, 64, 64), rest + 64 * (3 * 6 * 80 * 50 + 2 * 6 * 80));
  EXPECT_EQ(StepCost(planned, 64, 64), rest + 64 * (2 * 6 * 80 * 50 + 3 * 6 * 50 + 2 * 6 * 80));
  ExpectSameFunction(model, planned, 1);
}

TEST(Plan, MakesNoDifferenceFromTrainedWeightsForASingleVector) {
  Built b;
  const Value features = b.graph.Apply(Function::kRelu, b.Dense("f", b.graph.Condition(20), 50));
  const Value delta = b.graph.Slice(b.Dense("head", features, 6 * 80), 0, 6, 80);
  const Value trained = b.graph.Parameter(b.layout.Add("g", 6, 80, Role::kPrimary, Initialization::Uniform(0.1)));
  const Value y = b.graph.Affine(b.graph.Add(trained, delta), b.graph.X(80), b.Dense("bias", features, 6));
  const Model model{"residual", b.layout, b.graph, y};
  const Model planned = Plan(model, 64, 64);
  EXPECT_EQ(CostOf(planned).multiply_adds_per_condition, 20 * 50 + 6 * 50);
  EXPECT_EQ(CostOf(planned).multiply_adds_per_sample, 6 * 80 * 50 + 6 * 50 + 2 * 6 * 80);
  ExpectSameFunction(model, planned, 1);
  EXPECT_EQ(CostOf(Plan(model, 640, 64)).multiply_adds_per_condition, 20 * 50 + 6 * 80 * 50 + 6 * 50);
}

// Shared by many samples, the matrix pays.
TEST(Plan, MakesAMatrixThatManySamplesShare) {
  const Model model = Generated();
  EXPECT_EQ(CostOf(Plan(model, 640, 64)).multiply_adds_per_condition, 20 * 50 + 6 * 80 * 50 + 6 * 50);
}

TEST(Plan, KeepsAValueThatIsReadElsewhere) {
  Built b;
  const Value code = b.Dense("e", b.graph.Apply(Function::kRelu, b.Dense("h", b.graph.Condition(20), 30)), 60);
  const Value read = b.Dense("q", code, 1);
  const Value squared = b.graph.Sum(b.graph.Multiply(code, code));
  const Value y = b.graph.Add(b.graph.Add(read, squared), b.graph.Sum(b.graph.X(2)));
  const Model model{"twice", b.layout, b.graph, y};
  // Alone, 30 instead of 60 + 30 * 60 per condition would pay for 60 * 30 once; but the code is needed anyway.
  const Cost cost = CostOf(Plan(model, 10, 10));
  EXPECT_EQ(cost.multiply_adds_per_condition, 20 * 30 + 30 * 60 + 60);
  EXPECT_EQ(cost.multiply_adds_per_step, 0);
}

TEST(Plan, RefusesAnEmptyBatch) {
  EXPECT_THROW(Plan(RandomModel(1, 2), 0, 1), std::invalid_argument);
  EXPECT_THROW(Plan(RandomModel(1, 2), 1, 0), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
