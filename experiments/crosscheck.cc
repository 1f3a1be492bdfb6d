// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments:crosscheck
//
// Every experiment in its quick form: predictions of the theory held against networks that were built or trained here.
// Prints the verdicts and writes a folder for each experiment and one report.

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/run_config.h"
#include "experiments/program/settings.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/total_complexity/total_complexity.h"

namespace hyperwidth {
namespace {

struct CrosscheckOptions {
  ProgramOptions program = {};
  std::string data;  // images for the experiments that use some; empty: glyphs
};

Result QuickRotationResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto rotation = QuickForm<RotationOptions>();
  rotation.program = options.program;
  rotation.data = options.data;
  return RunRotation(rotation, LoadRotationImages(rotation), folder);
}

template <typename Options, Result (*run)(const Options&, const RunFolder&)>
Result QuickResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto quick = QuickForm<Options>();
  quick.program = options.program;
  return run(quick, folder);
}

struct Experiment {
  std::string name;
  std::function<Result(const CrosscheckOptions&, const RunFolder&)> run;
};

// A new experiment is a line here.
std::vector<Experiment> AllExperiments() {
  return {
      {"constructed_rates", QuickResult<ConstructedRatesOptions, RunConstructedRates>},
      {"modularity_gap", QuickResult<ModularityGapOptions, RunModularityGap>},
      {"total_complexity", QuickResult<TotalComplexityOptions, RunTotalComplexity>},
      {"rotation", QuickRotationResult},
  };
}

SettingTable SettingTableOf(CrosscheckOptions& options) {
  SettingTable table;
  table.Add({.name = "data",
             .help = "Folder with MNIST (IDX) or CIFAR-10 files, .gz or not; if not given, glyphs are drawn",
             .placeholder = "DIR"},
            options.data);
  AddProgramSettings(options.program, table);
  return table;
}

// Runs an experiment in its folder below the run's own, unless an earlier run that is continued has finished it.
Result RunOrReadBack(const Experiment& experiment, const CrosscheckOptions& options, const RunFolder& folder) {
  const std::filesystem::path path = folder.path() / experiment.name;
  if (folder.resumes() && std::filesystem::exists(path / "result.json")) {
    Result earlier = ReadResult(path / "result.json");
    if (!IsPartial(earlier)) return earlier;
  }
  ExistingRun existing = ExistingRunFor(options.program);
  if (folder.resumes() && !std::filesystem::exists(path / "config.json")) existing = ExistingRun::kRefuse;
  const RunFolder own(path, existing);
  Result result = experiment.run(options, own);
  WriteResult(own.path() / "result.json", result);
  return result;
}

int ReportInterruption(const CrosscheckOptions& options, const RunFolder& folder, const std::vector<Check>& checks) {
  std::cout << VerdictTable(checks) << "\nresults: " << folder.path().string() << std::endl;
  Result repeated{.experiment = "crosscheck", .settings = SettingsOf(options)};
  repeated.settings.emplace_back("out", folder.path().string());
  std::string command = RerunCommand(repeated);
  command.replace(command.find("experiments/"), std::string("experiments/").size(), "experiments:");
  std::cerr << "interrupted; continue with: " << command << " --resume" << std::endl;
  return kExitCheckFailed;
}

int Crosscheck(const CrosscheckOptions& options) {
  if (!options.data.empty()) {
    // A mistake in the data must be found before minutes are spent, and before a folder is made.
    auto rotation = QuickForm<RotationOptions>();
    rotation.data = options.data;
    LoadRotationImages(rotation);
  }
  const RunFolder folder = OpenRunFolder(options.program, "crosscheck");
  WriteOrCheckConfig(folder, SettingsOf(options));
  std::vector<Result> results;
  std::vector<Check> checks;
  for (const Experiment& experiment : AllExperiments()) {
    fmt::print("== {}\n", experiment.name);
    std::cout.flush();
    results.push_back(RunOrReadBack(experiment, options, folder));
    checks.insert(checks.end(), results.back().checks.begin(), results.back().checks.end());
    std::cout << std::endl;
    if (IsPartial(results.back())) return ReportInterruption(options, folder, checks);
  }
  const std::filesystem::path report = folder.path() / "report.html";
  WriteReport(
      report, results, {.introduction = "What the theory predicts, held against networks built or trained here."});
  std::cout << VerdictTable(checks) << "\nreport:  " << report.string() << "\nresults: " << folder.path().string()
            << std::endl;
  return CountVerdicts(checks, Verdict::kInconsistent) > 0 ? kExitCheckFailed : kExitSuccess;
}

int Main(int argc, char** argv) {
  CLI::App app("Run every experiment in its quick form and report the verdicts.", "crosscheck");
  CrosscheckOptions options;
  SettingTable settings = SettingTableOf(options);
  settings.AddFlags(app);
  AddProgramFlags(app, options.program);
  return RunCommandLine(app, argc, argv, [&] { return Crosscheck(options); });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
