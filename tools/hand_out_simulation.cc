// SPDX-License-Identifier: Apache-2.0
//
// At how many processes do their trials stop being faster? Measures how long each trial of a real study takes, the
// quick form of modularity_gap on one thread, and simulates the study, and a longer one, in more and more processes:
//
//   bazel run //tools:hand_out_simulation -- --per-trial=4e-5 --wait=4e-4 --at-end=1e-8
//
// with the costs that //training/mpi:hand_out_benchmark prints.

#include <fmt/format.h>
#include <time.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "tools/hand_out.h"
#include "training/run/run_folder.h"
#include "training/trials/trial_executor.h"

namespace hyperwidth {
namespace {

constexpr int kMostProcesses = 4096;

// Of this thread, on which trials run: what else the machine does is not in it.
double ProcessorSeconds() {
  ::timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec);
}

// Measures one trial after the other, and how long each takes.
class TimingExecutor final : public TrialExecutor {
 public:
  void Run(const std::vector<std::size_t>& order,
           const Measure& measure,
           const Keep& keep,
           std::atomic<bool>& stop) override {
    for (const std::size_t trial : order) {
      if (stop.load()) return;
      const double start = ProcessorSeconds();
      TrialOutcome outcome = measure(trial);
      seconds_.push_back(ProcessorSeconds() - start);
      keep(trial, std::move(outcome), /*wait=*/false);
    }
  }
  // In the order in which they are handed out.
  const std::vector<double>& seconds() const { return seconds_; }

 private:
  std::vector<double> seconds_;
};

std::vector<double> TrialsOfStudy() {
  TimingExecutor executor;
  auto options = QuickForm<ModularityGapOptions>();
  options.program.processes.executor = &executor;
  options.program.threads = 1;
  RunModularityGap(options, RunFolder::Nowhere());
  return executor.seconds();
}

void PrintTable(const std::string& title, const std::vector<double>& trials, const HandOutCosts& costs) {
  std::vector<double> sorted = trials;
  std::sort(sorted.begin(), sorted.end());
  fmt::print("\n{}: {} trials, median {:.3g} s, longest {:.3g} s\n",
             title,
             trials.size(),
             sorted[sorted.size() / 2],
             sorted.back());
  fmt::print("{:>9} {:>10} {:>9} {:>11}  {}\n", "processes", "seconds", "speedup", "efficiency", "limit");
  for (int processes = 1; processes <= kMostProcesses; processes *= 2) {
    const HandOutRun run = SimulateHandOut(trials, processes, costs);
    fmt::print("{:>9} {:>10.3f} {:>9.1f} {:>10.0f}%  {}\n",
               processes,
               run.seconds,
               Speedup(run),
               100 * Speedup(run) / processes,
               Limit(run, processes));
  }
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) {
  CLI::App app("At how many processes do their trials stop being faster?", "hand_out_simulation");
  hyperwidth::HandOutCosts costs;
  int count = 10'000;
  app.add_option("--per-trial", costs.per_trial, "Seconds to hand out a trial")->required();
  app.add_option("--wait", costs.wait, "Seconds until it begins")->required();
  app.add_option("--at-end", costs.at_end, "Seconds to tell a process of an outcome at the end")->required();
  app.add_option("--trials", count, "Trials of the longer study  [10000]")->check(CLI::Range(1, 10'000'000));
  return hyperwidth::RunCommandLine(app, argc, argv, [&] {
    const std::vector<double> study = hyperwidth::TrialsOfStudy();
    hyperwidth::PrintTable("the study", study, costs);
    hyperwidth::PrintTable("drawn from it", hyperwidth::DrawTrials(study, count, /*seed=*/1), costs);
    return hyperwidth::kExitSuccess;
  });
}
