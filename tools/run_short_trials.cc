// SPDX-License-Identifier: Apache-2.0
#include "tools/run_short_trials.h"

#include <bit>
#include <chrono>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/run_config.h"
#include "experiments/program/settings.h"
#include "models/random_stream.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr const char* kName = "short_trials";

struct ShortTrialsOptions {
  ProgramOptions program = {};
  std::int64_t lists = 3;
  std::int64_t trials = 100;
  std::int64_t milliseconds = 8;
};

SettingTable SettingTableOf(ShortTrialsOptions& options) {
  SettingTable table;
  table.Add({.name = "lists", .help = "Lists of trials", .accepted = IntegerAtLeast(1, 1000)}, options.lists);
  table.Add({.name = "trials", .help = "Trials of each list", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.trials);
  table.Add({.name = "milliseconds", .help = "The longest that a trial takes", .accepted = IntegerAtLeast(0, 10'000)},
            options.milliseconds);
  AddProgramSettings(options.program, table);
  return table;
}

TrialOutcome Measure(const ShortTrialsOptions& options, std::int64_t list, std::int64_t number, double x) {
  RandomStream random(
      options.program.seed,
      {static_cast<std::uint64_t>(list), static_cast<std::uint64_t>(number), std::bit_cast<std::uint64_t>(x)});
  const std::uint64_t bits = random();
  const auto longest = static_cast<std::uint64_t>(options.milliseconds);
  std::this_thread::sleep_for(std::chrono::microseconds(random() % (1000 * longest + 1)));
  Fields measured = {{"y", std::sin(x) + static_cast<double>(bits >> 11) * 0x1p-53},
                     {"bits", bits},
                     {"limit", number % 5 == 0 ? std::numeric_limits<double>::quiet_NaN() : -1 / x},
                     {"steps", std::vector<std::int64_t>(static_cast<std::size_t>(bits % 4), list)}};
  if (number % 10 == 3) throw std::domain_error("diverged, \"as\" it must");
  return number % 10 == 7 ? TrialOutcome::Pruned(std::move(measured)) : TrialOutcome(std::move(measured));
}

// One list; x comes from the outcomes of the one before.
std::vector<Trial> TrialsOf(const ShortTrialsOptions& options, std::int64_t list, const TrialOutcomes& before) {
  std::vector<Trial> trials;
  for (std::int64_t number = 0; number < options.trials; ++number) {
    double x = static_cast<double>(number) / 7;
    if (list > 0) {
      const TrialOutcome& earlier = *before.outcomes[static_cast<std::size_t>(number)];
      x = earlier.state == TrialState::kFailed ? -1 : OutcomeValue<double>(earlier.values, "y");
    }
    trials.push_back(
        {.values = {{"kind", number % 2 == 0 ? "even one" : "odd"}, {"list", list}, {"number", number}, {"x", x}},
         .work = 1 + static_cast<double>(number % 3),
         .measure = [options, list, number, x](const StopRequest& stop) {
           stop.Check();
           return Measure(options, list, number, x);
         }});
  }
  return trials;
}

int Run(const ShortTrialsOptions& options) {
  const RunFolder folder = OpenRunFolder(options.program, kName);
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  std::int64_t list = 0;
  TrialsInFolder trials(folder,
                        StudyOf(kName, settings),
                        {.threads = ResolvedThreads(options.program),
                         .ends = TrialEnds::kAny,
                         .on_outcome =
                             [&list](const TrialOutcomes&, std::size_t trial) {
                               std::printf("finished %lld %zu\n", static_cast<long long>(list), trial);
                               std::fflush(stdout);
                             },
                         .executor = options.program.processes.executor});
  TrialOutcomes found;
  for (; list < options.lists; ++list) {
    found = trials.Run(TrialsOf(options, list, found));
    if (!found.complete) {
      std::fprintf(stderr, "interrupted in list %lld; continue with --resume\n", static_cast<long long>(list));
      return kExitCheckFailed;
    }
  }
  return kExitSuccess;
}

}  // namespace

int RunShortTrials(int argc, const char* const* argv, const TrialProcesses& processes) {
  return RunExperiment<ShortTrialsOptions>(argc, argv, kName, "Lists of short trials, to be killed", processes, Run);
}

}  // namespace hyperwidth
