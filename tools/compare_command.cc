// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/compare/compare_run.h"
#include "experiments/program/experiment_program.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict_table.h"
#include "tools/commands.h"
#include "tools/data_description.h"

namespace hyperwidth {
namespace {

// Writes what was found, shows it and returns the exit status. That one scheme is worse than another contradicts
// nothing: unlike an experiment's, no verdict here is a failure.
int Finish(const RunFolder& folder, const Result& result, bool details) {
  if (folder.is_nowhere()) return IsPartial(result) ? kExitCheckFailed : kExitSuccess;
  WriteResult(folder.path() / "result.json", result);
  WriteReport(folder.path() / "report.html", std::vector{result}, {.title = result.title});
  std::cout << "\n" << VerdictTable(result.checks, {.details = details});
  if (result.advice) std::cout << "\n" << result.advice->sentence << "\n";
  std::cout << "\nresults: " << folder.path().string() << "\nreport:  " << (folder.path() / "report.html").string()
            << std::endl;
  if (!IsPartial(result)) return kExitSuccess;
  std::cerr << InterruptionMessage(folder, result) << std::endl;
  return kExitCheckFailed;
}

int Run(const CompareOptions& options, bool dry_run) {
  // Data first: a mistake there must not leave an empty folder behind.
  const CompareData data = LoadCompareData(options);
  std::optional<DataDimensions> dimensions;
  if (options.program.keeps()) {
    const DataDescription description = Describe(data.data, data.split, options.program.seed);
    dimensions = description.dimensions;
    std::cout << data.data.origin() << ": " << DescriptionText(description) << std::endl;
  }
  const ComparePlan plan = PlanComparison(options, data, dimensions);
  if (options.program.keeps()) std::cout << ForecastText(plan.forecast) << std::flush;
  if (dry_run) return kExitSuccess;
  const RunFolder folder = OpenRunFolder(options.program, "compare");
  return Finish(folder, RunCompare(options, data, plan, folder), options.program.details);
}

}  // namespace

Subcommand AddCompareCommand(CLI::App& program, const TrialProcesses& processes) {
  struct Flags {
    CompareOptions options = {};
    SettingTable settings = SettingTableOf(options);
    bool quick = false;
    bool dry_run = false;
  };
  const auto flags = std::make_shared<Flags>();
  flags->options.program.processes = processes;
  CLI::App* const command = program.add_subcommand(
      "compare", "Which conditioning scheme, and how large, on your own data: a fair comparison, with advice");
  flags->settings.AddFlags(*command);
  AddProgramFlags(*command, flags->options.program);
  command->add_flag("--quick", flags->quick, "A first look: one size, few and short trials");
  command->add_flag("--dry-run", flags->dry_run, "Say what is in the data and what it would cost; train nothing");
  return {.parser = command,
          .run =
              [flags] {
                if (flags->quick) flags->settings.UseQuickValues();
                return Run(flags->options, flags->dry_run);
              },
          .has_trials = true};
}

}  // namespace hyperwidth
