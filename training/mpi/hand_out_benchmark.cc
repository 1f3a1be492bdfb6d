// SPDX-License-Identifier: Apache-2.0
//
// What it costs to hand out a trial that takes no time, and to tell of its outcome at the end:
//
//   for n in 2 3 5 9 17; do mpirun --oversubscribe -n $n hand_out_benchmark; done
//
// Process 0 spends the run in one trial that waits for all others, so that these are measured elsewhere, on one thread
// of each process. In two processes, a trial takes the way to and fro; in many, as long as process 0 is busy with it. A
// row is the fastest of some runs.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdio>
#include <limits>
#include <thread>
#include <utility>
#include <vector>

#include "training/mpi/mpi_program.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr int kTrials = 10'000, kRuns = 3;

using Clock = std::chrono::steady_clock;

double Since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

// Another executor, of which it knows how long its End takes.
class TimedEnd final : public TrialExecutor {
 public:
  explicit TimedEnd(TrialExecutor& executor) : executor_(executor) {}
  bool keeps() const override { return executor_.keeps(); }
  void Begin(const std::vector<Trial>& trials, int threads) override { executor_.Begin(trials, threads); }
  void Run(const std::vector<std::size_t>& order,
           const Measure& measure,
           const Keep& keep,
           std::atomic<bool>& stop) override {
    const Clock::time_point start = Clock::now();
    executor_.Run(order, measure, keep, stop);
    run_ = Since(start);
  }
  void End(const TrialOutcomes* outcomes, const std::atomic<bool>& stop) override {
    const Clock::time_point start = Clock::now();
    executor_.End(outcomes, stop);
    end_ = Since(start);
  }
  double run() const { return run_; }
  double end() const { return end_; }

 private:
  TrialExecutor& executor_;
  double run_ = 0, end_ = 0;
};

// The seconds of a run and of its end.
std::pair<double, double> Measure(TrialExecutor& executor) {
  const bool is_first = executor.keeps();
  std::atomic<int> kept = 0;
  std::vector<Trial> trials;
  for (int n = 0; n < kTrials; ++n) {
    // The first one is handed out first.
    trials.push_back(
        {.values = {{"n", n}}, .work = n == 0 ? 2.0 : 1.0, .measure = [&, n, is_first](const StopRequest& stop) {
           while (is_first && kept < kTrials - 1) {
             stop.Check();
             std::this_thread::sleep_for(std::chrono::microseconds(100));
           }
           return Fields{{"error", 0.1 * n}, {"iterations", n}};
         }});
  }
  TimedEnd timed(executor);
  const TrialOptions options{
      .threads = 1, .on_outcome = [&kept](const TrialOutcomes&, std::size_t) { ++kept; }, .executor = &timed};
  RunTrialsInFolder(trials, RunFolder::Nowhere(), {{"study", "benchmark"}}, options);
  return {timed.run(), timed.end()};
}

int Benchmark(TrialExecutor& executor) {
  double run = std::numeric_limits<double>::infinity(), end = run;
  for (int i = 0; i < kRuns; ++i) {
    const auto [run_seconds, end_seconds] = Measure(executor);
    run = std::min(run, run_seconds);
    end = std::min(end, end_seconds);
  }
  std::printf(
      "%.1f microseconds a trial, %.0f nanoseconds a trial at the end\n", run / kTrials * 1e6, end / kTrials * 1e9);
  return 0;
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  return hyperwidth::RunWithMpi(
      argc, argv, [](int /*count*/, char** /*arguments*/, hyperwidth::TrialExecutor& executor, int /*threads*/) {
        return hyperwidth::Benchmark(executor);
      });
}
