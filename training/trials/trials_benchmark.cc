// SPDX-License-Identifier: Apache-2.0
//
// bazel run //training/trials:trials_benchmark: what ten thousand trials cost that do nothing, with their journal
// and their table, beside a journal in which each waits for the disk. The folder is in TMPDIR, else in /tmp.

#include <benchmark/benchmark.h>

#include <filesystem>

#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr int kTrials = 10'000;
const Fields kStudy = {{"study", "benchmark"}, {"seed", 1}};

RunFolder Fresh() {
  return RunFolder(std::filesystem::temp_directory_path() / "trials_benchmark", ExistingRun::kOverwrite);
}

Fields Values(int n) { return {{"method", "hypernetwork"}, {"m1", 1}, {"n", n}, {"rate", 1.0 / (n + 1)}}; }

Fields Measured(int n) { return {{"error", 0.1 * n}, {"iterations", n}}; }

void Report(benchmark::State& state, int trials) {
  state.counters["per_trial"] =
      benchmark::Counter(trials, benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void EmptyTrials(benchmark::State& state) {
  std::vector<Trial> trials;
  for (int n = 0; n < kTrials; ++n) {
    trials.push_back({.values = Values(n), .measure = [n](const StopRequest&) { return Measured(n); }});
  }
  for ([[maybe_unused]] auto iteration : state) {
    const RunFolder folder = Fresh();
    RunTrialsInFolder(trials, folder, kStudy, {.threads = static_cast<int>(state.range(0))});
  }
  Report(state, kTrials);
}
BENCHMARK(EmptyTrials)->ArgName("threads")->Arg(1)->Arg(2)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

void OneAtATime(benchmark::State& state) {
  constexpr int kOutcomes = 500;
  for ([[maybe_unused]] auto iteration : state) {
    TrialJournal journal(Fresh(), kStudy);
    for (int n = 0; n < kOutcomes; ++n) journal.Append({.values = Values(n), .outcome = Measured(n)});
  }
  Report(state, kOutcomes);
}
BENCHMARK(OneAtATime)->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);

// A run that is continued when it has finished: the journal is read, and the table written.
void ReadAgain(benchmark::State& state) {
  std::vector<TrialRecord> records;
  std::vector<Trial> trials;
  for (int n = 0; n < kTrials; ++n) {
    records.push_back({.values = Values(n), .outcome = Measured(n)});
    trials.push_back({.values = Values(n), .measure = {}});
  }
  const RunFolder folder = Fresh();
  TrialJournal(folder, kStudy).Append(records);
  for ([[maybe_unused]] auto iteration : state) RunTrialsInFolder(trials, folder, kStudy, {});
  Report(state, kTrials);
}
BENCHMARK(ReadAgain)->UseRealTime()->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace hyperwidth

BENCHMARK_MAIN();
