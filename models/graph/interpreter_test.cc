// SPDX-License-Identifier: Apache-2.0

#include "models/graph/interpreter.h"

#include <cmath>
#include <set>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/gradient_check.h"
#include "models/graph/random_graph.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

Vector<double> RandomVector(RandomStream& random, Index size) {
  Vector<double> vector(size);
  for (Index i = 0; i < size; ++i) vector[i] = random.Uniform(-1, 1);
  return vector;
}

TEST(Interpreter, GradientsOfRandomGraphsAreThoseOfFiniteDifferences) {
  std::set<Operation> seen;
  for (std::uint64_t seed = 1; seed <= 150; ++seed) {
    const Model model = RandomModel(seed, 5);
    if (model.parameters.size() > 700) continue;  // a difference for each takes long
    for (const Node& node : model.graph.nodes()) seen.insert(node.operation);
    Vector<double> theta(model.parameters.size());
    model.parameters.Initialize<double>(seed, theta);
    RandomStream random(seed, {1});
    const SampleInputs inputs{.x = RandomVector(random, 3), .condition = RandomVector(random, 4), .condition_id = 1};
    const Vector<double> direction = RandomVector(random, 2);
    Interpreter interpreter(model);
    interpreter.Forward(theta, inputs);
    const SampleGradients gradients = interpreter.Backward(direction);
    Interpreter probe(model);
    const auto moved = [&](const Vector<double>& point) {
      SampleInputs there = inputs;
      there.x = point.segment(theta.size(), 3);
      there.condition = point.tail(4);
      return direction.dot(probe.Forward(point.head(theta.size()), there));
    };
    Vector<double> point(theta.size() + 7);
    point << theta, inputs.x, inputs.condition;
    Vector<double> found(point.size());
    found << gradients.theta, gradients.x, gradients.condition;
    EXPECT_LT(RelativeError(found, FiniteDifferenceGradient(moved, point)), 1e-6) << model.name;
  }
  EXPECT_EQ(seen.size(), 17u);  // every operation
}

// Values in closed form, each operation by itself.
TEST(Interpreter, ComputesWhatTheGraphSays) {
  ParameterLayout layout;
  Graph graph;
  const Value x = graph.X(2);
  const Value id = graph.ConditionId(2);
  const Value weights = graph.Parameter(layout.Add("weights", 2, 2, Role::kPrimary, {}));
  const Value bias = graph.Parameter(layout.Add("bias", 2, 1, Role::kPrimary, {}));
  const Value table = graph.Parameter(layout.Add("table", 2, 2, Role::kTable, {}));
  const Value affine = graph.Affine(weights, x, bias);
  const Value gathered = graph.Gather(table, id);
  const Value product = graph.Multiply(affine, gathered);
  const Value scaled = graph.Multiply(graph.Sum(product), x);
  const Value all = graph.Concatenate({scaled, graph.Slice(product, 1, 1), graph.Constant(7)});
  const Model model{"hand-made", layout, graph, all};
  Vector<double> theta(10);
  theta << 1, 2, 3, 4,  // columns (1, 2) and (3, 4)
      10, 20, 5, 6, -1, 2;
  Interpreter interpreter(model);
  const Vector<double> y = interpreter.Forward(theta, {.x = Vector<double>{{1.0, 2.0}}, .condition_id = 1});
  // affine = (1 + 6 + 10, 2 + 8 + 20) = (17, 30); times (-1, 2) = (-17, 60), sum 43.
  EXPECT_EQ(interpreter.value(affine)(0), 17);
  EXPECT_EQ(interpreter.value(product)(1), 60);
  EXPECT_EQ(y, (Vector<double>{{43.0, 86.0, 60.0, 7.0}}));
}

TEST(Interpreter, ConvolvesWithStrideAndPadding) {
  Graph graph;
  ParameterLayout layout;
  const Convolution convolution{.channels = 1, .height = 3, .width = 3, .kernel = 3, .stride = 2, .padding = 1};
  const Value kernels = graph.Parameter(layout.Add("kernels", 1, 9, Role::kPrimary, {}));
  const Value y = graph.Convolve(kernels, graph.X(9), convolution, graph.Constant(100, 1));
  const Model model{"convolution", layout, graph, y};
  Vector<double> theta(9), x(9);
  theta << 1, 2, 3, 4, 5, 6, 7, 8, 9;
  x << 1, 0, 0, 0, 10, 0, 0, 0, 1000;
  // The image's corner (0, 0) lies under the kernel's centre for output (0, 0), its centre under the lower right entry.
  EXPECT_EQ(Interpreter(model).Forward(theta, {.x = x}),
            (Vector<double>{{100 + 5 + 90.0, 100 + 70.0, 100 + 30.0, 100 + 10 + 5000.0}}));
}

TEST(Interpreter, PoolsWindowsAndDropsWhatIsLeftOver) {
  for (const auto kind : {Pooling::Kind::kMaximum, Pooling::Kind::kMean}) {
    Graph graph;
    const Value y = graph.Pool(graph.X(12), {.kind = kind, .channels = 2, .height = 2, .width = 3, .window = 2});
    const Model model{"pooling", {}, graph, y};
    Vector<double> x(12);
    x << 1, 2, 99, 3, 4, 99, -1, -2, 99, -3, -4, 99;
    const bool largest = kind == Pooling::Kind::kMaximum;
    EXPECT_EQ(Interpreter(model).Forward({}, {.x = x}), (Vector<double>{{largest ? 4.0 : 2.5, largest ? -1.0 : -2.5}}));
  }
}

TEST(Interpreter, RefusesWhatDoesNotFit) {
  const Model model = RandomModel(3, 4);
  Interpreter interpreter(model);
  const Vector<double> theta = Vector<double>::Zero(model.parameters.size());
  const SampleInputs inputs{.x = Vector<double>::Zero(3), .condition = Vector<double>::Zero(4), .condition_id = 2};
  EXPECT_THROW(interpreter.Backward(Vector<double>::Zero(2)), std::invalid_argument);  // before any Forward
  EXPECT_NO_THROW(interpreter.Forward(theta, inputs));
  EXPECT_THROW(interpreter.Forward(Vector<double>::Zero(theta.size() + 1), inputs), std::invalid_argument);
  SampleInputs wrong = inputs;
  wrong.condition_id = 3;
  EXPECT_THROW(interpreter.Forward(theta, wrong), std::invalid_argument);
  wrong = inputs;
  wrong.x = Vector<double>::Zero(2);
  EXPECT_THROW(interpreter.Forward(theta, wrong), std::invalid_argument);
  wrong = inputs;
  wrong.condition = Vector<double>::Zero(5);
  EXPECT_THROW(interpreter.Forward(theta, wrong), std::invalid_argument);
  EXPECT_THROW(interpreter.Backward(Vector<double>::Zero(3)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
