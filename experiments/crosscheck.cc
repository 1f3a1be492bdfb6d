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
#include "experiments/program/experiment_program.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"
#include "experiments/rotation/rotation_experiment.h"

namespace hyperwidth {
namespace {

struct CrosscheckOptions {
  ProgramOptions program = {};
  std::string data;  // images for the experiments that use some; empty: glyphs
};

Result QuickRotationResult(const CrosscheckOptions& options, const RunFolder& folder) {
  RotationOptions rotation = QuickRotation();
  rotation.program = options.program;
  rotation.data = options.data;
  return RunRotation(rotation, LoadRotationImages(rotation), folder);
}

Result QuickConstructedRatesResult(const CrosscheckOptions& options, const RunFolder& folder) {
  ConstructedRatesOptions constructed = QuickConstructedRates();
  constructed.program = options.program;
  return RunConstructedRates(constructed, folder);
}

struct Experiment {
  std::string name;
  std::function<Result(const CrosscheckOptions&, const RunFolder&)> run;
};

// A new experiment is a line here.
std::vector<Experiment> AllExperiments() {
  return {
      {"constructed_rates", QuickConstructedRatesResult},
      {"rotation", QuickRotationResult},
  };
}

int Crosscheck(CrosscheckOptions options) {
  options.program.quick = true;
  if (!options.data.empty()) {
    // A mistake in the data must be found before minutes are spent, and before a folder is made.
    RotationOptions rotation = QuickRotation();
    rotation.data = options.data;
    LoadRotationImages(rotation);
  }
  const RunFolder folder = OpenRunFolder(options.program, "crosscheck");
  const ExistingRun existing = options.program.overwrite ? ExistingRun::kOverwrite : ExistingRun::kRefuse;
  std::vector<Result> results;
  std::vector<Check> checks;
  for (const Experiment& experiment : AllExperiments()) {
    fmt::print("== {}\n", experiment.name);
    std::cout.flush();
    const RunFolder experiment_folder(folder.path() / experiment.name, existing);
    results.push_back(experiment.run(options, experiment_folder));
    WriteResult(experiment_folder.path() / "result.json", results.back());
    checks.insert(checks.end(), results.back().checks.begin(), results.back().checks.end());
    std::cout << std::endl;
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
  AddProgramFlags(app, options.program);
  app.remove_option(app.get_option("--quick"));  // it always is
  app.add_option(
         "--data", options.data, "Folder with MNIST (IDX) or CIFAR-10 files, .gz or not; none: glyphs are drawn")
      ->type_name("DIR");
  return RunCommandLine(app, argc, argv, [&] { return Crosscheck(options); });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
