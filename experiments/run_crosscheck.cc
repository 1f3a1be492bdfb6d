// SPDX-License-Identifier: Apache-2.0
#include "experiments/run_crosscheck.h"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

#include "experiments/assumption1/assumption1.h"
#include "experiments/assumption2/assumption2.h"
#include "experiments/best_approximation/best_approximation.h"
#include "experiments/colorization/colorization.h"
#include "experiments/command_line/command_line.h"
#include "experiments/compare/compare_run.h"
#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/experiment_sequence.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/operators/operators.h"
#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/synthetic/synthetic.h"
#include "experiments/total_complexity/total_complexity.h"

namespace hyperwidth {
namespace {

struct CrosscheckOptions {
  ProgramOptions program = {};
  std::string data;  // images for the experiments that use some; empty: glyphs
};

// An experiment's quick form, in this run.
template <typename Options>
Options Quick(const CrosscheckOptions& crosscheck) {
  auto quick = QuickForm<Options>();
  quick.program = crosscheck.program;
  return quick;
}

Result QuickRotationResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto rotation = Quick<RotationOptions>(options);
  rotation.data = options.data;
  return RunRotation(rotation, LoadRotationImages(rotation), folder);
}

Result QuickAssumption1Result(const CrosscheckOptions& options, const RunFolder& folder) {
  auto quick = Quick<Assumption1Options>(options);
  if (!options.data.empty()) quick.data = {options.data};
  return RunAssumption1(quick, folder);
}

Result QuickColorizationResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto colorization = Quick<ColorizationOptions>(options);
  // Images without colours are for other experiments.
  if (!options.data.empty() && HasColors(options.data)) colorization.data = options.data;
  return RunColorization(colorization, LoadColorImages(colorization), folder);
}

template <typename Options, Result (*run)(const Options&, const RunFolder&)>
Result QuickResult(const CrosscheckOptions& options, const RunFolder& folder) {
  return run(Quick<Options>(options), folder);
}

Result QuickSyntheticResult(const CrosscheckOptions& options, const RunFolder& folder) {
  return RunSynthetic(Quick<SyntheticOptions>(options), folder);
}

// What `hyperwidth compare` does with data of one's own, on a task of which one knows the answer.
Result QuickCompareResult(const CrosscheckOptions& options, const RunFolder& folder) {
  auto compare = Quick<CompareOptions>(options);
  compare.task = "shift";
  const CompareData data = LoadCompareData(compare);
  return RunCompare(compare, data, PlanComparison(compare, data), folder);
}

// A new experiment is a line here.
std::vector<SequenceStep> Steps(const CrosscheckOptions& options) {
  using Run = Result (*)(const CrosscheckOptions&, const RunFolder&);
  const auto step = [&options](const char* name, Run run) {
    return SequenceStep{.name = name, .run = [&options, run](const RunFolder& folder) { return run(options, folder); }};
  };
  return {
      step("assumption1", QuickAssumption1Result),
      // On glyphs: options.data may have no labels.
      step("assumption2", QuickResult<Assumption2Options, RunAssumption2>),
      step("best_approximation", QuickResult<BestApproximationOptions, RunBestApproximation>),
      step("constructed_rates", QuickResult<ConstructedRatesOptions, RunConstructedRates>),
      step("modularity_gap", QuickResult<ModularityGapOptions, RunModularityGap>),
      step("operators", QuickResult<OperatorsOptions, RunOperators>),
      step("total_complexity", QuickResult<TotalComplexityOptions, RunTotalComplexity>),
      step("rotation", QuickRotationResult),
      step("synthetic", QuickSyntheticResult),
      step("colorization", QuickColorizationResult),
      step("compare", QuickCompareResult),
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

int Crosscheck(const CrosscheckOptions& options) {
  if (options.program.keeps() && !options.data.empty()) {
    // A mistake in the data must be found before minutes are spent, and before a folder is made.
    auto rotation = QuickForm<RotationOptions>();
    rotation.data = options.data;
    LoadRotationImages(rotation);
  }
  return RunSequence({.name = "crosscheck",
                      .introduction = "What the theory predicts, held against networks built or trained here.",
                      .steps = Steps(options)},
                     options.program,
                     SettingsOf(options));
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
