// SPDX-License-Identifier: Apache-2.0
//
// A training step's passes, forward and backward, on one thread: the graph as it is written, and as Plan orders it.
// Shapes of the published rotation experiment on MNIST: x and I are images, q has a hidden layer of 10, e or f layers
// of 100; every sample has a condition of its own, or 64 share one.

#include <benchmark/benchmark.h>

#include "models/embedding_model.h"
#include "models/graph/planner.h"
#include "models/hypernetwork_model.h"
#include "models/pass/executor.h"
#include "models/pass/gradient_target.h"
#include "models/pass/pass.h"
#include "models/random_stream.h"
#include "models/schemes/schemes.h"

namespace hyperwidth {
namespace {

constexpr Index kImage = 784, kClasses = 12, kHidden = 10;

MlpShape Deep(Index outputs) {
  return {.sizes = {kImage, 100, 100, 100, 100, 100, outputs}, .function = Function::kElu};
}

Model Build(bool is_embedding) {
  if (is_embedding) {
    const Index k = 7850;
    return Embedding(Deep(k), {.sizes = {kImage + k, kHidden, kClasses}, .function = Function::kElu});
  }
  const auto g = MlpPrimary({.sizes = {kImage, kHidden, kClasses}, .function = Function::kElu});
  return Hypernetwork(Deep(g->NumWeights()), *g);
}

// Arguments: embedding (1) or hypernetwork (0); samples; samples that share a condition; planned or not.
void Step(benchmark::State& state) {
  const Index samples = state.range(1);
  const Index conditions = samples / state.range(2);
  const Model written = Build(state.range(0) == 1);
  const Model model = state.range(3) == 1 ? Plan(written, samples, conditions) : written;
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  Batch<float> batch{.x = Matrix<float>::Random(kImage, samples),
                     .condition = Matrix<float>::Random(kImage, conditions)};
  for (Index g = 1; g <= conditions; ++g) batch.group_starts.push_back(g * state.range(2));
  const Matrix<float> gradient = Matrix<float>::Random(kClasses, samples);
  Vector<float> theta_gradient(theta.size());
  const SerialExecutor executor;
  Pass<float> pass(model, executor);
  for (auto _ : state) {
    benchmark::DoNotOptimize(pass.Forward(theta, batch).data());
    GradientVector<float> target(theta_gradient);
    pass.Backward(theta, gradient, target);
    benchmark::DoNotOptimize(theta_gradient.data());
  }
  state.counters["multiply_adds"] = static_cast<double>(StepCost(model, samples, conditions));
}

// The passes of models/batch, written by hand for these two models, on one thread.
void OlderStep(benchmark::State& state) {
  const Index samples = state.range(1);
  const Index conditions = samples / state.range(2);
  const SerialExecutor executor;
  const std::vector<Index> deep = {kImage, 100, 100, 100, 100, 100};
  const auto with_outputs = [&](Index outputs) {
    std::vector<Index> sizes = deep;
    sizes.push_back(outputs);
    return Mlp(sizes, Activation::kElu);
  };
  const bool is_embedding = state.range(0) == 1;
  const Mlp g({kImage, kHidden, kClasses}, Activation::kElu);
  const Index k = 7850;
  const EmbeddingModel<float> embedding(with_outputs(k), Mlp({kImage + k, kHidden, kClasses}, Activation::kElu));
  const HypernetworkModel<float> hypernetwork(with_outputs(g.parameter_count()), g);
  const ConditionalModel<float>& model =
      is_embedding ? static_cast<const ConditionalModel<float>&>(embedding) : hypernetwork;
  Vector<float> theta(model.parameter_count());
  model.Initialize(1, theta);
  const Matrix<float> x = Matrix<float>::Random(kImage, samples);
  const Matrix<float> condition = Matrix<float>::Random(kImage, conditions);
  const Matrix<float> gradient = Matrix<float>::Random(kClasses, samples);
  Vector<float> theta_gradient(theta.size());
  const auto pass = model.MakeBatchPass(executor);
  for (auto _ : state) {
    benchmark::DoNotOptimize(pass->Forward(theta, x, condition).data());
    GradientVector<float> target(theta_gradient);
    pass->Backward(theta, gradient, target);
    benchmark::DoNotOptimize(theta_gradient.data());
  }
}

BENCHMARK(OlderStep)
    ->ArgNames({"embedding", "samples", "shared"})
    ->ArgsProduct({{1, 0}, {64, 256}, {1, 64}})
    ->Unit(benchmark::kMillisecond);
BENCHMARK(Step)
    ->ArgNames({"embedding", "samples", "shared", "planned"})
    ->ArgsProduct({{1, 0}, {64, 256}, {1, 64}, {0, 1}})
    ->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hyperwidth

BENCHMARK_MAIN();
