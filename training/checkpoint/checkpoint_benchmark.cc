// SPDX-License-Identifier: Apache-2.0
//
// bazel run //training/checkpoint:checkpoint_benchmark: bytes per second of a checkpoint of ten million parameters, its
// transposition and the disk's flush included. The file
// is written to TMPDIR, else to /tmp.

#include <benchmark/benchmark.h>

#include <filesystem>

#include "models/schemes/schemes.h"
#include "training/checkpoint/model_checkpoint.h"

namespace hyperwidth {
namespace {

Model TenMillionParameters() { return Concat({.sizes = {3200, 3124, 1}}, 1600); }

std::filesystem::path File() { return std::filesystem::temp_directory_path() / "checkpoint_benchmark.safetensors"; }

void Report(benchmark::State& state, const Model& model) {
  state.SetBytesProcessed(state.iterations() * model.parameters.size() * static_cast<Index>(sizeof(float)));
}

void Save(benchmark::State& state) {
  const Model model = TenMillionParameters();
  const Vector<float> theta = Vector<float>::Random(model.parameters.size());
  for ([[maybe_unused]] auto iteration : state) SaveModel<float>(File(), model, theta);
  Report(state, model);
}
BENCHMARK(Save)->UseRealTime()->Unit(benchmark::kMillisecond);

void Load(benchmark::State& state) {
  const Model model = TenMillionParameters();
  SaveModel<float>(File(), model, Vector<float>::Random(model.parameters.size()));
  for ([[maybe_unused]] auto iteration : state) benchmark::DoNotOptimize(LoadModel<float>(File(), model));
  std::filesystem::remove(File());
  Report(state, model);
}
BENCHMARK(Load)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hyperwidth

BENCHMARK_MAIN();
