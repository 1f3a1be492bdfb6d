// SPDX-License-Identifier: Apache-2.0
#include "experiments/run_crosscheck.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <iostream>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/assumption1/assumption1.h"
#include "experiments/assumption2/assumption2.h"
#include "experiments/best_approximation/best_approximation.h"
#include "experiments/colorization/colorization.h"
#include "experiments/command_line/command_line.h"
#include "experiments/compare/compare_run.h"
#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/operators/operators.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/run_config.h"
#include "experiments/program/settings.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/synthetic/synthetic.h"
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

Result QuickAssumption1Result(const CrosscheckOptions& options, const RunFolder& folder) {
  auto quick = QuickForm<Assumption1Options>();
  quick.program = options.program;
  if (!options.data.empty()) quick.data = {options.data};
  return RunAssumption1(quick, folder);
}

Result QuickAssumption2Result(const CrosscheckOptions& options, const RunFolder& folder) {
  auto quick = QuickForm<Assumption2Options>();  // on glyphs: options.data may have no labels
  quick.program = options.program;
  return RunAssumption2(quick, folder);
}

Result QuickColorizationResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto colorization = QuickForm<ColorizationOptions>();
  colorization.program = options.program;
  // Images without colours are for other experiments.
  if (!options.data.empty() && HasColors(options.data)) colorization.data = options.data;
  return RunColorization(colorization, LoadColorImages(colorization), folder);
}

template <typename Options, Result (*run)(const Options&, const RunFolder&)>
Result QuickResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto quick = QuickForm<Options>();
  quick.program = options.program;
  return run(quick, folder);
}

// What `hyperwidth compare` does with data of one's own, on a task of which one knows the answer.
Result QuickCompareResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto compare = QuickForm<CompareOptions>();
  compare.program = options.program;
  compare.task = "shift";
  const CompareData data = LoadCompareData(compare);
  return RunCompare(compare, data, PlanComparison(compare, data), folder);
}

struct Experiment {
  std::string name;
  std::function<Result(const CrosscheckOptions&, const RunFolder&)> run;
  bool has_many_processes = true;  // else only the one that keeps the run has a part in it
};

// A new experiment is a line here.
std::vector<Experiment> AllExperiments() {
  return {
      {"assumption1", QuickAssumption1Result},
      {"assumption2", QuickAssumption2Result},
      {"best_approximation", QuickResult<BestApproximationOptions, RunBestApproximation>},
      {"constructed_rates", QuickResult<ConstructedRatesOptions, RunConstructedRates>},
      {"modularity_gap", QuickResult<ModularityGapOptions, RunModularityGap>},
      {"operators", QuickResult<OperatorsOptions, RunOperators>},
      {"total_complexity", QuickResult<TotalComplexityOptions, RunTotalComplexity>},
      {"rotation", QuickRotationResult, /*has_many_processes=*/false},
      {"synthetic", QuickResult<SyntheticOptions, RunSynthetic>},
      {"colorization", QuickColorizationResult},
      {"compare", QuickCompareResult},
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

// What an earlier run that is continued has found, if it has finished the experiment.
std::optional<Result> ReadBack(const Experiment& experiment, const RunFolder& folder) {
  const std::filesystem::path result = folder.path() / experiment.name / "result.json";
  if (!folder.resumes() || !std::filesystem::exists(result)) return std::nullopt;
  Result earlier = ReadResult(result);
  return IsPartial(earlier) ? std::nullopt : std::optional(std::move(earlier));
}

// Runs an experiment in its folder below the run's own.
Result RunInFolder(const Experiment& experiment, const CrosscheckOptions& options, const RunFolder& folder) {
  const std::filesystem::path path = folder.path() / experiment.name;
  ExistingRun existing = ExistingRunFor(options.program);
  if (folder.resumes() && !std::filesystem::exists(path / "config.json")) existing = ExistingRun::kRefuse;
  const RunFolder own(path, existing);
  Result result = experiment.run(options, own);
  WriteResult(own.path() / "result.json", result);
  return result;
}

int ReportInterruption(const CrosscheckOptions& options, const RunFolder& folder, const std::vector<Check>& checks) {
  std::cout << VerdictTable(checks, {.details = options.program.details}) << "\nresults: " << folder.path().string()
            << std::endl;
  Result repeated{.experiment = "crosscheck", .settings = SettingsOf(options)};
  repeated.settings.emplace_back("out", folder.path().string());
  std::string command = RerunCommand(repeated);
  command.replace(command.find("experiments/"), std::string("experiments/").size(), "experiments:");
  std::cerr << "interrupted; continue with: " << command << " --resume" << std::endl;
  return kExitCheckFailed;
}

// In a process that does not keep the run: has a part in the trials of those experiments that are run where it is kept.
int TakePart(const CrosscheckOptions& options) {
  for (const Experiment& experiment : AllExperiments()) {
    const bool has_finished = options.program.processes.executor->SameEverywhere(false);
    if (has_finished || !experiment.has_many_processes) continue;
    if (IsPartial(experiment.run(options, RunFolder::Nowhere()))) return kExitCheckFailed;
  }
  return kExitSuccess;
}

int Crosscheck(const CrosscheckOptions& options) {
  if (!options.program.keeps()) return TakePart(options);
  if (!options.data.empty()) {
    // A mistake in the data must be found before minutes are spent, and before a folder is made.
    auto rotation = QuickForm<RotationOptions>();
    rotation.data = options.data;
    LoadRotationImages(rotation);
  }
  const RunFolder folder = OpenRunFolder(options.program, "crosscheck");
  WriteOrCheckConfig(folder, SettingsOf(options));
  TrialExecutor* const executor = options.program.processes.executor;
  std::vector<Result> results;
  std::vector<Check> checks;
  for (const Experiment& experiment : AllExperiments()) {
    fmt::print("== {}\n", experiment.name);
    std::cout.flush();
    std::optional<Result> earlier = ReadBack(experiment, folder);
    if (executor != nullptr) executor->SameEverywhere(earlier.has_value());
    results.push_back(earlier ? *std::move(earlier) : RunInFolder(experiment, options, folder));
    checks.insert(checks.end(), results.back().checks.begin(), results.back().checks.end());
    std::cout << std::endl;
    if (IsPartial(results.back())) return ReportInterruption(options, folder, checks);
  }
  const std::filesystem::path report = folder.path() / "report.html";
  WriteReport(
      report, results, {.introduction = "What the theory predicts, held against networks built or trained here."});
  std::cout << VerdictTable(checks, {.details = options.program.details}) << "\nreport:  " << report.string()
            << "\nresults: " << folder.path().string() << std::endl;
  return CountVerdicts(checks, Verdict::kInconsistent) > 0 ? kExitCheckFailed : kExitSuccess;
}

}  // namespace

int RunCrosscheck(int argc, const char* const* argv, const TrialProcesses& processes) {
  CLI::App app("Run every experiment in its quick form and report the verdicts.", "crosscheck");
  CrosscheckOptions options;
  options.program.processes = processes;
  SettingTable settings = SettingTableOf(options);
  settings.AddFlags(app);
  AddProgramFlags(app, options.program);
  return RunCommandLine(app, argc, argv, [&] { return Crosscheck(options); });
}

}  // namespace hyperwidth
