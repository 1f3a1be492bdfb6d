// SPDX-License-Identifier: Apache-2.0
//
// How long one question takes inside the process. The problems: the running example, two with several bumps to try, and
// the corners where counts overflow every integer.

#include <cmath>

#include "benchmark/benchmark.h"
#include "theory/certified_statements.h"
#include "theory/gap.h"
#include "theory/statement.h"

namespace hyperwidth {
namespace {

Problem ProblemOf(const benchmark::State& state) {
  return {.smoothness = static_cast<int>(state.range(0)),
          .primary_dim = static_cast<int>(state.range(1)),
          .condition_dim = static_cast<int>(state.range(2)),
          .epsilon = std::pow(10.0, -static_cast<double>(state.range(3))),
          .depth = static_cast<int>(state.range(4))};
}

void BoundsQuery(benchmark::State& state) {
  const Problem problem = ProblemOf(state);
  for (auto _ : state) benchmark::DoNotOptimize(AllStatements(problem));
}

// The networks alone: searches over degrees and ways to divide epsilon.
void ConstructedQuery(benchmark::State& state) {
  const Problem problem = ProblemOf(state);
  for (auto _ : state) benchmark::DoNotOptimize(ConstructedStatements(problem));
}

void GapQuery(benchmark::State& state) {
  const Problem problem = ProblemOf(state);
  for (auto _ : state) benchmark::DoNotOptimize(CertifiedGap(problem));
}

void Problems(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgNames({"r", "m1", "m2", "log10(1/eps)", "depth"})->Unit(benchmark::kMillisecond);
  benchmark->Args({1, 1, 2, 3, 2})->Args({2, 2, 3, 5, 3})->Args({3, 3, 3, 6, 4});
  benchmark->Args({1, 50, 50, 12, 100})->Args({3, 50, 50, 12, 100})->Args({12, 50, 50, 12, 2});
  benchmark->Args({30, 10000, 10000, 12, 2})->Args({30, 1, 2, 12, 2});
}

BENCHMARK(BoundsQuery)->Apply(Problems);
BENCHMARK(ConstructedQuery)->Apply(Problems);
BENCHMARK(GapQuery)->Apply(Problems);

}  // namespace
}  // namespace hyperwidth

BENCHMARK_MAIN();
