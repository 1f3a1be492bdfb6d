// SPDX-License-Identifier: Apache-2.0

#include "models/schemes/primary_network.h"

#include <cmath>
#include <stdexcept>

#include "gtest/gtest.h"
#include "models/gradient_check.h"
#include "models/graph/cost.h"
#include "models/graph/interpreter.h"
#include "models/random_stream.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

const ConvolutionalShape kConvolutional{
    .channels = 2, .height = 6, .width = 5, .filters = {3, 4}, .kernel = 3, .pooling = 2, .dense = {7, 2}};

Model Trained(const PrimaryNetwork& network) {
  ModelBuilder builder;
  const auto weights = [&](const WeightShape& weight) { return TrainedWeights(builder, "g", weight); };
  return builder.Finish("trained", network.Build(builder.graph, builder.graph.X(network.inputs()), weights));
}

Vector<double> RandomVector(RandomStream& random, Index size) {
  Vector<double> vector(size);
  for (Index i = 0; i < size; ++i) vector[i] = random.Uniform(-1, 1);
  return vector;
}

void ExpectRightGradients(const Model& model) {
  RandomStream random(3);
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  const SampleInputs inputs{.x = RandomVector(random, model.graph.x_size()),
                            .condition = RandomVector(random, model.graph.condition_size())};
  Interpreter interpreter(model);
  const Vector<double> direction = RandomVector(random, interpreter.Forward(theta, inputs).size());
  const Vector<double> found = interpreter.Backward(direction).theta;
  const auto output = [&](const Vector<double>& point) { return direction.dot(interpreter.Forward(point, inputs)); };
  EXPECT_LT(RelativeError(found, FiniteDifferenceGradient(output, theta)), 1e-6) << model.name;
}

TEST(ConvolutionalPrimary, ListsItsWeights) {
  const auto network = ConvolutionalPrimary(kConvolutional);
  EXPECT_EQ(network->inputs(), 2 * 6 * 5);
  EXPECT_EQ(network->outputs(), 2);
  // 6 x 5 becomes 3 x 2, then 1 x 1.
  const std::vector<std::pair<Index, Index>> shapes = {
      {3, 18}, {3, 1}, {4, 27}, {4, 1}, {7, 4}, {7, 1}, {2, 7}, {2, 1}};
  ASSERT_EQ(network->weights().size(), shapes.size());
  Index total = 0;
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    const WeightShape& weight = network->weights()[i];
    EXPECT_EQ(weight.rows, shapes[i].first);
    EXPECT_EQ(weight.cols, shapes[i].second);
    EXPECT_EQ(weight.is_bias, i % 2 == 1);
    EXPECT_EQ(weight.name, std::to_string(i / 2) + (i % 2 == 0 ? ".weight" : ".bias"));
    EXPECT_EQ(weight.is_before_function, i < 6);
    EXPECT_EQ(weight.fan_in, shapes[i - i % 2].second);
    total += weight.size();
  }
  EXPECT_EQ(network->NumWeights(), total);
}

TEST(PrimaryNetwork, IsTrainedOrGeneratedInWholeOrInPart) {
  const MlpShape mlp{.sizes = {60, 4, 2}, .function = Function::kTanh};
  for (const bool is_convolutional : {false, true}) {
    const auto network = is_convolutional ? ConvolutionalPrimary(kConvolutional) : MlpPrimary(mlp);
    const Model trained = Trained(*network);
    EXPECT_EQ(CostOf(trained).primary_parameters, network->NumWeights());
    ExpectRightGradients(trained);
    const Index all = network->NumWeights();
    const MlpShape f{.sizes = {5, 6, all}, .function = Function::kTanh};
    const Model generated = Hypernetwork(f, *network);
    EXPECT_EQ(CostOf(generated).generated_parameters, all);
    EXPECT_EQ(CostOf(generated).primary_parameters, 0);
    ExpectRightGradients(generated);
    const GeneratedWeights first{.names = {"0.weight", "1.bias"}, .adds_to_trained = true};
    const Index some = NumGenerated(*network, first);
    const Model partly = Hypernetwork({.sizes = {5, 6, some}, .function = Function::kTanh}, *network, first);
    EXPECT_EQ(CostOf(partly).generated_parameters, some);
    EXPECT_EQ(CostOf(partly).primary_parameters, all);
    ExpectRightGradients(partly);
  }
}

// A generated network with the weights of a trained one computes the same.
TEST(PrimaryNetwork, GeneratedWeightsAreUsedLikeTrainedOnes) {
  const auto network = ConvolutionalPrimary(kConvolutional);
  const Model trained = Trained(*network);
  const Model generated = Hypernetwork({.sizes = {1, network->NumWeights()}, .function = Function::kTanh}, *network);
  RandomStream random(9);
  const Vector<double> theta = RandomVector(random, trained.parameters.size());
  Vector<double> head = Vector<double>::Zero(generated.parameters.size());
  for (const Tensor& tensor : trained.parameters.tensors()) {
    const Tensor& bias = generated.parameters.Find("f.head" + tensor.name.substr(1) + ".bias");
    head.segment(bias.first, bias.size()) = theta.segment(tensor.first, tensor.size());
  }
  const Vector<double> x = RandomVector(random, network->inputs());
  EXPECT_EQ(Interpreter(trained).Forward(theta, {.x = x}),
            Interpreter(generated).Forward(head, {.x = x, .condition = Vector<double>{{0.3}}}));
}

TEST(PrimaryNetwork, EveryFunctionHasTheRightGradients) {
  for (const Function function : AllFunctions()) {
    if (function == Function::kLog) continue;  // of positive numbers only
    ExpectRightGradients(Trained(*MlpPrimary({.sizes = {3, 4, 4, 1}, .function = function})));
    ExpectRightGradients(Trained(*MlpPrimary({.sizes = {3, 4, 1}, .function = function, .has_bias = false})));
  }
}

TEST(ConvolutionalPrimary, RefusesWhatCannotBeBuilt) {
  ConvolutionalShape shape = kConvolutional;
  shape.kernel = 2;
  EXPECT_THROW(ConvolutionalPrimary(shape), std::invalid_argument);
  shape = kConvolutional;
  shape.filters = {};
  EXPECT_THROW(ConvolutionalPrimary(shape), std::invalid_argument);
  shape = kConvolutional;
  shape.dense = {};
  EXPECT_THROW(ConvolutionalPrimary(shape), std::invalid_argument);
  shape = kConvolutional;
  shape.filters = {3, 3, 3};
  EXPECT_THROW(ConvolutionalPrimary(shape), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
