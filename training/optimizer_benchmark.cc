// SPDX-License-Identifier: Apache-2.0
//
// bazel run //training:optimizer_benchmark: the bytes per second that each optimiser's step moves over ten million
// parameters on one thread, and as a share of what copying moves in the same run. Copying reads a vector and writes
// another, which is fetched before; a step is counted in the same way: every vector that it reads or writes, once for
// each. The gradient is in cache when a block is applied, as in training, and is not counted.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>

#include "training/optimizer.h"

namespace hyperwidth {
namespace {

constexpr Index kParameters = 10'000'000;
constexpr Index kBlock = 4096;  // as a product hands them over: they stay in the first two levels of cache

// Bytes per second of the best of some copies.
double CopyBandwidth() {
  const Vector<float> from = Vector<float>::Random(kParameters);
  Vector<float> to = Vector<float>::Zero(kParameters);
  double best = 0;
  for (int repetition = 0; repetition < 20; ++repetition) {
    const auto start = std::chrono::steady_clock::now();
    to = from * 2.0f;
    benchmark::DoNotOptimize(to.data());
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - start;
    best = std::max(best, 3.0 * sizeof(float) * static_cast<double>(kParameters) / seconds.count());
  }
  return best;
}

// `streams`: reads and writes of vectors as long as the parameters'.
void Step(benchmark::State& state, const OptimizerOptions& options, double streams) {
  static const double copy_bandwidth = CopyBandwidth();
  Vector<float> theta = Vector<float>::Random(kParameters);
  Optimizer<float> optimizer(options, theta);
  const Vector<float> gradient = Vector<float>::Constant(kBlock, 1e-3f);
  for ([[maybe_unused]] auto iteration : state) {
    optimizer.BeginStep();
    for (Index first = 0; first < kParameters; first += kBlock) {
      const Index rows = std::min(kBlock, kParameters - first);
      const ParameterBlock block{.first = first, .rows = rows, .cols = 1, .stride = rows};
      const auto destination = optimizer.Begin(block);
      Eigen::Map<Vector<float>> target(destination.data, rows);
      if (destination.accumulate) {
        target += optimizer.scale() * gradient.head(rows);
      } else {
        target = optimizer.scale() * gradient.head(rows);
      }
      optimizer.End(block);
    }
    optimizer.EndStep();
  }
  const double bytes = streams * sizeof(float) * static_cast<double>(kParameters);
  state.counters["bytes_per_second"] =
      benchmark::Counter(bytes * static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
  state.counters["share_of_copying"] =
      benchmark::Counter(bytes * static_cast<double>(state.iterations()) / copy_bandwidth, benchmark::Counter::kIsRate);
}

// theta read and written; with a velocity that, too; Adam and Adadelta have two such vectors, and the gradient's own is
// fetched and written. Clipping reads the gradient twice more.
BENCHMARK_CAPTURE(Step, sgd, OptimizerOptions{.learning_rate = 0.01}, 2);
BENCHMARK_CAPTURE(Step, momentum, OptimizerOptions{.learning_rate = 0.01, .momentum = 0.9}, 4);
BENCHMARK_CAPTURE(Step, nesterov, OptimizerOptions{.learning_rate = 0.01, .momentum = 0.9, .nesterov = true}, 6);
BENCHMARK_CAPTURE(Step, adam, OptimizerOptions{.method = OptimizerMethod::kAdam}, 8);
BENCHMARK_CAPTURE(Step, adamw, OptimizerOptions{.method = OptimizerMethod::kAdamW, .weight_decay = 0.01}, 8);
BENCHMARK_CAPTURE(Step, adadelta, OptimizerOptions{.method = OptimizerMethod::kAdadelta, .learning_rate = 1}, 8);
BENCHMARK_CAPTURE(Step, adam_clipped, OptimizerOptions{.method = OptimizerMethod::kAdam, .max_gradient_norm = 1}, 10);

}  // namespace
}  // namespace hyperwidth
