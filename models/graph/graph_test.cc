// SPDX-License-Identifier: Apache-2.0

#include "models/graph/graph.h"

#include <algorithm>
#include <functional>
#include <stdexcept>
#include <string>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/graph/random_graph.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

std::string MessageOf(const std::function<void()>& call) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "accepted";
}

Tensor Weights(ParameterLayout& layout, const std::string& name, Index rows, Index cols) {
  return layout.Add(name, rows, cols, Role::kPrimary, Initialization::Uniform(1));
}

// g(x; f(I)) with one layer each: the generated weights are an operand like any other.
TEST(Graph, ValuesKnowWhatTheyVaryWith) {
  ParameterLayout layout;
  Graph graph;
  const Value x = graph.X(2);
  const Value condition = graph.Condition(3);
  const Value trained = graph.Parameter(Weights(layout, "f.weight", 8, 3));
  const Value generated = graph.Affine(trained, condition);
  const Value weights = graph.Slice(generated, 0, 4, 2);
  const Value y = graph.Affine(weights, x);
  EXPECT_EQ(graph.axis(x), Axis::kSample);
  EXPECT_EQ(graph.axis(condition), Axis::kCondition);
  EXPECT_EQ(graph.axis(trained), Axis::kTheta);
  EXPECT_EQ(graph.axis(generated), Axis::kCondition);
  EXPECT_EQ(graph.axis(weights), Axis::kCondition);
  EXPECT_EQ(graph.axis(y), Axis::kSample);
  EXPECT_EQ(graph.axis(graph.Apply(Function::kTanh, trained)), Axis::kTheta);
  EXPECT_EQ(graph.axis(graph.Gather(trained, graph.ConditionId(3))), Axis::kCondition);
  EXPECT_EQ(graph.axis(graph.Add(generated, trained.IsNone() ? generated : graph.Constant(1))), Axis::kCondition);
  EXPECT_EQ(graph.shape(y), (Shape{4, 1}));
}

TEST(Graph, AxesOfRandomGraphsAreTheLargestOfTheInputs) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Model model = RandomModel(seed, 12);
    for (const Node& node : model.graph.nodes()) {
      Axis largest = Axis::kTheta;
      for (const Value input : node.inputs) largest = std::max(largest, model.graph.axis(input));
      if (node.inputs.empty()) continue;
      EXPECT_EQ(node.axis, largest);
    }
    EXPECT_NO_THROW(Validate(model));
  }
}

TEST(Graph, ShapesFollowFromTheOperands) {
  ParameterLayout layout;
  Graph graph;
  const Value x = graph.X(6);
  const Value kernels = graph.Parameter(Weights(layout, "kernels", 5, 2 * 9));
  const Value image = graph.Affine(graph.Parameter(Weights(layout, "to image", 2 * 7 * 8, 6)), x);
  const Convolution convolution{.channels = 2, .height = 7, .width = 8, .kernel = 3, .stride = 2, .padding = 1};
  EXPECT_EQ(graph.shape(graph.Convolve(kernels, image, convolution)), (Shape{5 * 4 * 4, 1}));
  EXPECT_EQ(graph.shape(graph.Pool(image, {.channels = 2, .height = 7, .width = 8, .window = 3})),
            (Shape{2 * 2 * 2, 1}));
  EXPECT_EQ(graph.shape(graph.Concatenate({x, image})), (Shape{6 + 112, 1}));
  EXPECT_EQ(graph.shape(graph.Slice(image, 100, 3, 4)), (Shape{3, 4}));
  EXPECT_EQ(graph.shape(graph.Multiply(graph.Sum(x), image)), (Shape{112, 1}));
  EXPECT_EQ(graph.shape(graph.Multiply(image, graph.Sum(x))), (Shape{112, 1}));
}

TEST(Graph, HasEachInputOnce) {
  Graph graph;
  EXPECT_EQ(graph.X(3).index, graph.X(3).index);
  EXPECT_EQ(graph.Condition(2).index, graph.Condition(2).index);
  EXPECT_EQ(graph.ConditionId(7).index, graph.ConditionId(7).index);
  EXPECT_EQ(graph.x_size(), 3);
  EXPECT_EQ(graph.condition_size(), 2);
  EXPECT_EQ(graph.condition_count(), 7);
  EXPECT_THAT(MessageOf([&] { graph.X(4); }), AllOf(HasSubstr("found 4 x 1"), HasSubstr("3 x 1")));
  EXPECT_THAT(MessageOf([&] { graph.Condition(1); }), HasSubstr("found 1 x 1"));
  EXPECT_THAT(MessageOf([&] { graph.ConditionId(8); }), HasSubstr("8 conditions"));
  EXPECT_EQ(Graph().x_size(), 0);
  EXPECT_EQ(Graph().condition_count(), 0);
}

TEST(Graph, NamesShapesThatDoNotFit) {
  ParameterLayout layout;
  Graph graph;
  const Value x = graph.X(4);
  const Value matrix = graph.Parameter(Weights(layout, "matrix", 2, 3));
  const auto refused = [&](const std::string& found, const std::function<void()>& call) {
    EXPECT_THAT(MessageOf(call), HasSubstr(found));
  };
  refused("found 4 x 1, accepted: 3 x 1", [&] { graph.Affine(matrix, x); });
  refused("accepted: 2 x 1", [&] { graph.Affine(matrix, graph.Slice(x, 0, 3), x); });
  refused("found 2 x 3, accepted: a vector", [&] { graph.Concatenate({x, matrix}); });
  refused("found none", [&] { graph.Concatenate({}); });
  refused("entries 2 to 5, accepted: entries 0 to 3", [&] { graph.Slice(x, 2, 4); });
  refused("entries -1", [&] { graph.Slice(x, -1, 2); });
  refused("found 0, accepted: at least 1", [&] { graph.Slice(x, 0, 0); });
  refused("found 2 x 3, accepted: 2 x 5", [&] { graph.Gather(matrix, graph.ConditionId(5)); });
  refused("a computed value", [&] { graph.Gather(matrix, x); });
  refused("found 4 x 1, accepted: 2 x 3", [&] { graph.Add(matrix, x); });
  refused("found 2 x 3, accepted: 3 x 3", [&] { graph.Product(matrix, matrix); });
  refused("found 2 x 3, accepted: 8 x 3", [&] { graph.Contract(matrix, x, 2); });
  refused("varies with the sample", [&] { graph.Contract(x, graph.Constant(1), 4); });
  refused("rows of a contraction", [&] { graph.Contract(matrix, x, 0); });
  refused("found 0", [&] { Graph().X(0); });
  refused("number 99", [&] { graph.Sum({99}); });
  refused("number -1", [&] { graph.Sum({}); });
  const Convolution fits{.channels = 1, .height = 2, .width = 2, .kernel = 1};
  Convolution convolution = fits;
  convolution.kernel = 3;
  refused("found 3, accepted: at most 2", [&] { graph.Convolve(matrix, x, convolution); });
  convolution = fits;
  convolution.channels = 2;
  refused("image of a convolution: found 4 x 1, accepted: 8 x 1", [&] { graph.Convolve(matrix, x, convolution); });
  refused("kernels of a convolution: found 2 x 3, accepted: 2 x 1", [&] { graph.Convolve(matrix, x, fits); });
  convolution = fits;
  convolution.stride = 0;
  refused("stride", [&] { graph.Convolve(matrix, x, convolution); });
  convolution = fits;
  convolution.padding = -1;
  refused("padding", [&] { graph.Convolve(matrix, x, convolution); });
  refused("at most 2", [&] { graph.Pool(x, {.channels = 1, .height = 2, .width = 2, .window = 3}); });
  refused("found 4 x 1, accepted: 6 x 1", [&] { graph.Pool(x, {.channels = 1, .height = 2, .width = 3}); });
}

TEST(Validate, NamesTheTensorThatTheOutputDoesNotDependOn) {
  ParameterLayout layout;
  Graph graph;
  const Value x = graph.X(2);
  const Value used = graph.Parameter(Weights(layout, "used", 1, 2));
  const Value y = graph.Affine(used, x);
  const Value unused = graph.Parameter(Weights(layout, "unused", 1, 2));
  graph.Affine(unused, x);  // computed, but not for the output
  EXPECT_THAT(MessageOf([&] {
                Validate({"net", layout, graph, y});
              }),
              AllOf(HasSubstr("'net'"), HasSubstr("'unused'")));
  const Value both = graph.Add(y, graph.Affine(unused, x));
  EXPECT_EQ(MessageOf([&] { Validate({"net", layout, graph, both}); }), "accepted");
  EXPECT_THAT(MessageOf([&] { Validate({"net", layout, graph, used}); }), HasSubstr("found 1 x 2"));
}

}  // namespace
}  // namespace hyperwidth
