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

void AddProgramFlags(CLI::App& app, ProgramOptions& options) {
  app.add_option("--out", options.out, "Folder for the results  [runs/<experiment>-<number>]")->type_name("DIR");
  app.add_option("--seed", options.seed, "Seed of every random choice")
      ->check(IntegerAtLeast(0))
      ->type_name("N")
      ->capture_default_str();
  app.add_option("--threads", options.threads, "Threads; 0: all that this process may use")
      ->check(IntegerAtLeast(0, 1024))
      ->type_name("N")
      ->capture_default_str();
  app.add_flag("--quick", options.quick, "A smaller form that ends within a minute or so");
  app.add_flag("--overwrite", options.overwrite, "Replace an earlier run in the output folder");
}

int ResolvedThreads(const ProgramOptions& options) {
  return options.threads > 0 ? options.threads : AvailableThreads();
}

RunFolder OpenRunFolder(const ProgramOptions& options, const std::string& experiment) {
  const ExistingRun existing = options.overwrite ? ExistingRun::kOverwrite : ExistingRun::kRefuse;
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

int Conclude(const RunFolder& folder, const Result& result) {
  WriteResult(folder.path() / "result.json", result);
  std::cout << "\n" << VerdictTable(result.checks) << "\nresults: " << folder.path().string() << std::endl;
  return CountVerdicts(result.checks, Verdict::kInconsistent) > 0 ? kExitCheckFailed : kExitSuccess;
}

}  // namespace hyperwidth
