// SPDX-License-Identifier: Apache-2.0

#include <cmath>
#include <stdexcept>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "models/graph/initialization_report.h"
#include "models/graph/interpreter.h"
#include "models/random_stream.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

constexpr Index kCondition = 20, kX = 60;

std::vector<SampleInputs> Batch(Index samples) {
  RandomStream random(2);
  std::vector<SampleInputs> batch;
  for (Index i = 0; i < samples; ++i) {
    SampleInputs sample{.x = Vector<double>(kX), .condition = Vector<double>(kCondition)};
    for (double& entry : sample.x) entry = std::sqrt(3) * random.Uniform(-1, 1);  // mean square 1
    for (double& entry : sample.condition) entry = std::sqrt(3) * random.Uniform(-1, 1);
    batch.push_back(sample);
  }
  return batch;
}

// The mean square of the inputs of the hidden functions of g, and of f's last hidden layer, in a hypernetwork that
// starts in this way.
struct Sizes {
  double features = 0;
  std::vector<double> hidden;     // values before each function of g
  std::vector<double> gradients;  // with respect to them
};

Sizes SizesFor(const HeadStart& start, double* features = nullptr) {
  const auto g = MlpPrimary({.sizes = {kX, 50, 45, 40, 10}, .function = Function::kRelu});
  const MlpShape f{.sizes = {kCondition, 60, g->NumWeights()}, .function = Function::kRelu};
  const Model model = Hypernetwork(f, *g, {.start = start});
  Vector<double> theta(model.parameters.size());
  Sizes sizes;
  constexpr int kSeeds = 3;
  for (int seed = 1; seed <= kSeeds; ++seed) {
    model.parameters.Initialize<double>(static_cast<std::uint64_t>(seed), theta);
    const InitializationReport report = ReportInitialization(model, theta, Batch(4));
    std::vector<double> hidden, gradients;
    for (const ValueReport& row : report.values) {
      if (row.operation == Operation::kApply && row.axis == Axis::kCondition)
        sizes.features += row.mean_square / kSeeds;
      if (row.operation != Operation::kAffine || row.axis != Axis::kSample) continue;
      hidden.push_back(row.mean_square);
      gradients.push_back(row.gradient_mean_square);
    }
    sizes.hidden.resize(hidden.size());
    sizes.gradients.resize(gradients.size());
    for (std::size_t i = 0; i < hidden.size(); ++i) sizes.hidden[i] += hidden[i] / kSeeds;
    for (std::size_t i = 0; i < gradients.size(); ++i) sizes.gradients[i] += gradients[i] / kSeeds;
  }
  if (features != nullptr) *features = sizes.features;
  return sizes;
}

// With ReLUs, the values before them keep a mean square of 2 (1 comes out of x's linear layer and its bias).
TEST(HeadStart, HyperfanInKeepsTheSizeOfActivations) {
  double features = 0;
  const Sizes dense = SizesFor({}, &features);
  const Sizes hyperfan = SizesFor({.kind = HeadStart::Kind::kHyperfanIn, .feature_mean_square = features});
  // The first layer sees x, of mean square 1, not the half of a ReLU's input: 2 (1 + 1) / 2. From then on each layer
  // has 2 (m / 2 + 1) / 2 = m / 2 + 1, which stays at 2.
  for (std::size_t i = 0; i + 1 < hyperfan.hidden.size(); ++i) EXPECT_NEAR(hyperfan.hidden[i], 2, 0.5) << i;
  // Started like any dense layer, heads know nothing of the inputs that g's units add up.
  EXPECT_GT(dense.hidden[0], 4);
}

TEST(HeadStart, HyperfanOutKeepsTheSizeOfGradients) {
  double features = 0;
  SizesFor({}, &features);
  const Sizes hyperfan = SizesFor({.kind = HeadStart::Kind::kHyperfanOut, .feature_mean_square = features});
  // Not exactly 1 even in the mean: the outputs, here their own gradients, and the weights of all layers are large for
  // the same conditions.
  EXPECT_NEAR(std::log(hyperfan.gradients[0] / hyperfan.gradients[2]), 0, 1.2);
}

TEST(HeadStart, BiasOnlyStartsAsTheNetworkWouldByItself) {
  const auto g = MlpPrimary({.sizes = {kX, 50, 10}, .function = Function::kRelu});
  const Model model = Hypernetwork({.sizes = {kCondition, 60, g->NumWeights()}, .function = Function::kRelu},
                                   *g,
                                   {.start = {.kind = HeadStart::Kind::kBiasOnly, .small = 1e-4}});
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  const auto largest = [&](const std::string& name) {
    const Tensor& tensor = model.parameters.Find(name);
    return theta.segment(tensor.first, tensor.size()).cwiseAbs().maxCoeff();
  };
  EXPECT_NEAR(largest("f.head.0.weight.bias"), 1 / std::sqrt(60.0), 1e-3);  // PyTorch's start for 60 inputs
  EXPECT_NEAR(largest("f.head.1.weight.bias"), 1 / std::sqrt(50.0), 1e-2);
  EXPECT_NEAR(largest("f.head.0.weight.weight"), 1e-4 / std::sqrt(60.0), 1e-7);
  // So all conditions start with nearly the same network.
  Interpreter interpreter(model);
  std::vector<SampleInputs> batch = Batch(2);
  batch[1].x = batch[0].x;
  const Vector<double> first = interpreter.Forward(theta, batch[0]);
  EXPECT_LT((interpreter.Forward(theta, batch[1]) - first).norm(), 0.01 * first.norm());
}

TEST(HeadStart, VariancesAreThoseOfTheFormulas) {
  const WeightShape weight{.name = "0.weight", .rows = 5, .cols = 8, .fan_in = 8, .fan_out = 5};
  WeightShape bias = weight;
  bias.is_bias = true;
  const auto variance = [&](HeadStart::Kind kind, const WeightShape& shape, bool is_relu, bool biases) {
    const HeadStart start{.kind = kind, .feature_mean_square = 0.5};
    const Initialization found = InitializationOf(start, shape, 10, is_relu, biases).weight;
    EXPECT_EQ(found.kind, Initialization::Kind::kUniform);
    return found.scale * found.scale / 3;
  };
  constexpr auto kIn = HeadStart::Kind::kHyperfanIn;
  constexpr auto kOut = HeadStart::Kind::kHyperfanOut;
  EXPECT_NEAR(variance(kIn, weight, false, false), 1 / (8 * 10 * 0.5), 1e-15);
  EXPECT_NEAR(variance(kIn, weight, true, false), 2 / (8 * 10 * 0.5), 1e-15);
  EXPECT_NEAR(variance(kIn, weight, true, true), 2 / (2 * 8 * 10 * 0.5), 1e-15);
  EXPECT_NEAR(variance(kIn, bias, true, true), 2 / (2 * 10 * 0.5), 1e-15);
  EXPECT_NEAR(variance(kOut, weight, true, true), 2 / (5 * 10 * 0.5), 1e-15);
  EXPECT_EQ(variance(kOut, bias, true, true), 0);  // more inputs than units: nothing is left for the bias
  bias.fan_out = 32;
  EXPECT_NEAR(variance(kOut, bias, false, true), (1 - 8.0 / 32) / (10 * 0.5), 1e-15);
  WeightShape last = weight;
  last.is_before_function = false;
  EXPECT_NEAR(variance(kIn, last, true, false), 1 / (8 * 10 * 0.5), 1e-15);
}

TEST(InitializationReport, RefusesAStartThatLeavesATensorWithoutGradient) {
  const auto g = MlpPrimary({.sizes = {kX, 5, 2}, .function = Function::kRelu});
  const Model model = Hypernetwork({.sizes = {kCondition, 6, g->NumWeights()}, .function = Function::kRelu},
                                   *g,
                                   {.start = {.kind = HeadStart::Kind::kBiasOnly, .small = 0}});
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  try {
    ReportInitialization(model, theta, Batch(3));
    FAIL();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), ::testing::HasSubstr("'f.0.weight'"));
  }
  EXPECT_THROW(ReportInitialization(model, theta, {}), std::invalid_argument);
}

TEST(InitializationReport, GivesMeanSquaresOverTheBatch) {
  ModelBuilder builder;
  const Value y = builder.Mlp("h", builder.graph.X(2), {.sizes = {2, 1}}, Role::kPrimary);
  const Model model = builder.Finish("h", y);
  const Vector<double> theta{{3.0, 4.0, 1.0}};
  const InitializationReport report =
      ReportInitialization(model, theta, {{.x = Vector<double>{{1.0, 0.0}}}, {.x = Vector<double>{{0.0, 2.0}}}});
  // Outputs 4 and 9, whose gradients they are.
  ASSERT_EQ(report.values.size(), 2u);
  EXPECT_EQ(report.values[0].mean_square, (1 + 4) / 4.0);
  EXPECT_EQ(report.values[1].mean_square, (16 + 81) / 2.0);
  EXPECT_EQ(report.values[1].gradient_mean_square, (16 + 81) / 2.0);
  EXPECT_EQ(report.tensors[0].name, "h.0.weight");
  EXPECT_EQ(report.tensors[0].mean_square, (9 + 16) / 2.0);
  EXPECT_EQ(report.tensors[0].gradient_mean_square, (16 + 18 * 18) / 2.0);
  EXPECT_EQ(report.tensors[1].gradient_mean_square, 13 * 13);
}

// However large the condition is, f's first layer sees a vector of one length, and at the start the generated weights
// are theta_0 and something of one size.
TEST(Hypernetwork, SeesConditionsOfOneLengthIfAsked) {
  const auto g = MlpPrimary({.sizes = {2, 5, 1}});
  const GeneratedWeights generated{.adds_to_trained = true, .preserves_input_norm = true};
  const Model model = Hypernetwork({.sizes = {6, 16, NumGenerated(*g)}}, *g, generated);
  EXPECT_EQ(model.graph.condition_size(), 3);
  Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(1, theta);
  Value seen;
  for (std::size_t i = 0; i < model.graph.nodes().size(); ++i) {
    const Node& node = model.graph.nodes()[i];
    if (node.operation == Operation::kConcatenate) seen = Value{static_cast<Index>(i)};
  }
  Interpreter interpreter(model);
  for (const double scale : {1e-3, 0.5, 1.0, 20.0}) {
    interpreter.Forward(theta, {.x = Vector<double>::Ones(2), .condition = scale * Vector<double>::LinSpaced(3, 0, 1)});
    const Matrix<double>& encoded = interpreter.value(seen);
    EXPECT_NEAR(encoded.squaredNorm(), 3, 1e-12);
    EXPECT_NEAR(encoded(1), std::sin(std::acos(-1.0) / 2 * scale / 2), 1e-12);
    EXPECT_NEAR(encoded(4), std::cos(std::acos(-1.0) / 2 * scale / 2), 1e-12);
  }
  EXPECT_THROW(Hypernetwork({.sizes = {5, 16, NumGenerated(*g)}}, *g, generated), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
