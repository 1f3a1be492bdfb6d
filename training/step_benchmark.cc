// SPDX-License-Identifier: Apache-2.0
//
// How near a training step comes to what the hardware can do. Each benchmark is timed in turns with a large matrix
// product on one thread: `share` is the ratio of floating-point operations per second, per thread, and `samples/s` what
// a user sees. The steps include the loss, the gradient and the update by plain descent; not the data.

#include <algorithm>
#include <chrono>
#include <string>

#include "benchmark/benchmark.h"
#include "models/pass/product.h"
#include "models/types.h"
#include "training/benchmark_step.h"
#include "training/matrix_product_peak.h"

namespace hyperwidth {
namespace {

constexpr int kTurns = 15;     // of a benchmark and the peak
constexpr Index kWidth = 100;  // of the layer below the generator's last

MatrixProductPeak& Peak() {
  static MatrixProductPeak peak;
  return peak;
}

// Times `work` and the peak in turns.
template <typename Work>
void MeasureShare(benchmark::State& state, double flops, double threads, const Work& work) {
  // As long as the peak's two products together, about 40 ms.
  const int at_once = std::max(1, static_cast<int>(0.04 * 1e11 * threads / flops));
  work();
  double seconds = 0, iterations = 0;
  for (auto _ : state) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < at_once; ++i) work();
    const double elapsed = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    state.SetIterationTime(elapsed / at_once);
    seconds += elapsed;
    iterations += at_once;
    Peak().Measure();
  }
  const double rate = flops * iterations / seconds;
  state.counters["GFLOP/s"] = rate / 1e9;
  state.counters["share"] = rate / threads / Peak().FlopsPerSecond();
  state.SetLabel(Peak().Description());
}

// The three products of the generator's last layer, on one block: 64 samples, `rows` outputs.
enum class HeadProduct { kOutputs, kInputGradient, kWeightGradient };

template <HeadProduct product>
void Head(benchmark::State& state) {
  const Index samples = state.range(0), rows = state.range(1), all = 7'960;
  const Matrix<float> inputs = Matrix<float>::Random(samples, kWidth);
  Matrix<float> weights = Matrix<float>::Random(all, kWidth);
  Matrix<float> outputs = Matrix<float>::Random(samples, rows);
  const Matrix<float> by_sample = 1e-6F * outputs.transpose();
  Matrix<float> input_gradient = inputs;
  const double flops = 2.0 * static_cast<double>(samples * rows * kWidth);
  MeasureShare(state, flops, 1, [&] {
    switch (product) {
      case HeadProduct::kOutputs:
        Multiply<float>({.rows = samples,
                         .cols = rows,
                         .inner = kWidth,
                         .a_stride = samples,
                         .b_stride = all,
                         .c_stride = samples,
                         .b_transposed = true},
                        inputs.data(),
                        weights.data(),
                        outputs.data());
        return;
      case HeadProduct::kInputGradient:
        Multiply<float>(
            {.rows = samples, .cols = kWidth, .inner = rows, .a_stride = samples, .b_stride = all, .c_stride = samples},
            outputs.data(),
            weights.data(),
            input_gradient.data());
        return;
      case HeadProduct::kWeightGradient:
        Multiply<float>({.rows = rows,
                         .cols = kWidth,
                         .inner = samples,
                         .a_stride = rows,
                         .b_stride = samples,
                         .c_stride = all,
                         .accumulate = true},
                        by_sample.data(),
                        inputs.data(),
                        weights.data());
        return;
    }
  });
}

void HeadSizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"samples", "rows"})->UseManualTime()->Iterations(kTurns)->Unit(benchmark::kMicrosecond);
  benchmark->Args({64, 250})->Args({256, 250});
}
BENCHMARK_TEMPLATE(Head, HeadProduct::kOutputs)->Apply(HeadSizes);
BENCHMARK_TEMPLATE(Head, HeadProduct::kInputGradient)->Apply(HeadSizes);
BENCHMARK_TEMPLATE(Head, HeadProduct::kWeightGradient)->Apply(HeadSizes);

void Step(benchmark::State& state, const std::string& scheme) {
  BenchmarkStep step({.scheme = scheme,
                      .sizes = RotationSizes(state.range(0), state.range(1)),
                      .conditions = state.range(2),
                      .threads = static_cast<int>(state.range(3))});
  step.Enter([&] { MeasureShare(state, step.flops(), static_cast<double>(state.range(3)), [&] { step.Run(); }); });
  state.counters["samples/s"] = state.counters["GFLOP/s"] * 1e9 / step.flops() * static_cast<double>(state.range(2));
}

// A coordinate network: 64 points x for each of 16 conditions, against as many samples with a condition of their own.
void Grouped(benchmark::State& state) {
  constexpr Index kConditions = 16, kGroup = 64;
  const SchemeSizes sizes = {.x_size = 2,
                             .condition_size = 64,
                             .outputs = 1,
                             .condition_hidden = {kWidth, kWidth},
                             .primary_hidden = {state.range(0), state.range(0)},
                             .function = Function::kSine};
  BenchmarkStep grouped({.sizes = sizes, .conditions = kConditions, .samples_each = kGroup});
  BenchmarkStep apart({.sizes = sizes, .conditions = kConditions * kGroup});
  const auto seconds = [](BenchmarkStep& step, int repetitions) {
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < repetitions; ++i) step.Run();
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count() / repetitions;
  };
  seconds(grouped, 1);
  seconds(apart, 1);
  double of_grouped = 0, of_apart = 0;
  for (auto _ : state) {
    const double elapsed = seconds(grouped, 20);
    state.SetIterationTime(elapsed);
    of_grouped += elapsed;
    of_apart += seconds(apart, 2);
  }
  state.counters["apart/grouped"] = of_apart / of_grouped;
}
BENCHMARK(Grouped)->ArgName("width")->Arg(32)->Arg(64)->UseManualTime()->Iterations(kTurns)->Unit(
    benchmark::kMicrosecond);

void StepSizes(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"pixels", "depth", "batch", "threads"})
      ->UseManualTime()
      ->Iterations(kTurns)
      ->Unit(benchmark::kMillisecond);
  for (const int pixels : {784, 3'072}) {
    for (const int threads : {1, 2}) benchmark->Args({pixels, 4, 64, threads});
  }
  for (const int depth : {2, 8}) benchmark->Args({784, depth, 64, 1});
  for (const int pixels : {784, 3'072}) benchmark->Args({pixels, 4, 256, 1});
}
BENCHMARK_CAPTURE(Step, hypernetwork, "hypernetwork")->Apply(StepSizes);
BENCHMARK_CAPTURE(Step, embedding, "embedding")->Apply(StepSizes);

}  // namespace
}  // namespace hyperwidth

BENCHMARK_MAIN();
