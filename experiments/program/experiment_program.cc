// SPDX-License-Identifier: Apache-2.0
#include "experiments/program/experiment_program.h"

#include <sys/resource.h>

#include <CLI/CLI.hpp>
#include <iostream>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/program/version.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"
#include "training/thread_budget.h"

namespace hyperwidth {
namespace {

std::string ProvenanceText(const Result& result, const char* name) {
  const FieldValue* const value = Find(result.provenance, name);
  return value == nullptr ? "?" : FieldText(*value);
}

}  // namespace

void AddProgramSettings(ProgramOptions& options, SettingTable& table) {
  table.Add({.name = "seed", .help = "Seed of every random choice", .accepted = IntegerAtLeast(0)}, options.seed);
  table.Add(
      {.name = "threads", .help = "Threads; 0: all that this process may use", .accepted = IntegerAtLeast(0, 1024)},
      options.threads);
}

void AddProgramFlags(CLI::App& app, ProgramOptions& options) {
  CLI::Option* const out =
      app.add_option("--out", options.out, "Folder for the results  [runs/<experiment>-<number>]")->type_name("DIR");
  CLI::Option* const overwrite =
      app.add_flag("--overwrite", options.overwrite, "Replace an earlier run in the output folder");
  app.add_flag("--resume", options.resume, "Continue the run in --out")->needs(out)->excludes(overwrite);
  app.add_flag("--details", options.details, "Say below each verdict what it rests on");
}

int RunExperiment(int argc,
                  const char* const* argv,
                  const std::string& experiment,
                  const std::string& description,
                  ProgramOptions& options,
                  SettingTable settings,
                  const std::function<int()>& body) {
  CLI::App app(description, experiment);
  settings.AddFlags(app);
  AddProgramFlags(app, options);
  bool quick = false;
  app.add_flag("--quick", quick, "A smaller form that ends within a minute or so: other defaults for the settings");
  return RunCommandLine(app, argc, argv, [&] {
    if (quick) settings.UseQuickValues();
    return body();
  });
}

int ResolvedThreads(const ProgramOptions& options) {
  if (options.threads > 0) return options.threads;
  return options.processes.available_threads > 0 ? options.processes.available_threads : AvailableThreads();
}

TrialOptions TrialOptionsOf(const ProgramOptions& options, const std::string& title, TrialEnds ends) {
  return {.title = title, .threads = ResolvedThreads(options), .ends = ends, .executor = options.processes.executor};
}

ExistingRun ExistingRunFor(const ProgramOptions& options) {
  if (options.resume) return ExistingRun::kResume;
  return options.overwrite ? ExistingRun::kOverwrite : ExistingRun::kRefuse;
}

RunFolder OpenRunFolder(const ProgramOptions& options, const std::string& experiment) {
  if (!options.keeps()) return RunFolder::Nowhere();
  const ExistingRun existing = ExistingRunFor(options);
  if (!options.out.empty()) return RunFolder(UserPath(options.out), existing);
  return RunFolder(NextRunFolder(UserPath("runs"), experiment), existing);
}

Fields CommonProvenance(const ProgramOptions& options, const std::string& data) {
  ::rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  return {{"seed", options.seed},
          {"threads", static_cast<std::int64_t>(ResolvedThreads(options))},
          {"data", data},
          {"version", std::string(kVersion)},
          {"peak_memory_mebibytes", static_cast<std::int64_t>(usage.ru_maxrss / 1024)}};
}

void MarkPartial(const TrialOutcomes& outcomes, Result& result) {
  result.provenance.emplace_back("complete", false);
  result.provenance.emplace_back("finished_trials", static_cast<std::int64_t>(outcomes.finished()));
  result.provenance.emplace_back("trials", static_cast<std::int64_t>(outcomes.outcomes.size()));
}

bool IsPartial(const Result& result) {
  const FieldValue* const complete = Find(result.provenance, "complete");
  return complete != nullptr && *complete == FieldValue(false);
}

std::string InterruptionMessage(const RunFolder& folder, const Result& result) {
  Result continued{.experiment = result.experiment, .settings = result.settings};
  if (const FieldValue* program = Find(result.provenance, "program")) continued.provenance = {{"program", *program}};
  continued.settings.emplace_back("out", folder.path().string());
  return "interrupted after " + ProvenanceText(result, "finished_trials") + " of " + ProvenanceText(result, "trials") +
         " trials; continue with: " + RerunCommand(continued) + " --resume";
}

int Conclude(const RunFolder& folder, const Result& result, bool details) {
  if (folder.is_nowhere()) return IsPartial(result) ? kExitCheckFailed : kExitSuccess;
  WriteResult(folder.path() / "result.json", result);
  std::cout << "\n"
            << VerdictTable(result.checks, {.details = details}) << "\nresults: " << folder.path().string()
            << std::endl;
  if (IsPartial(result)) {
    std::cerr << InterruptionMessage(folder, result) << std::endl;
    return kExitCheckFailed;
  }
  return CountVerdicts(result.checks, Verdict::kInconsistent) > 0 ? kExitCheckFailed : kExitSuccess;
}

}  // namespace hyperwidth
