// SPDX-License-Identifier: Apache-2.0
#include "experiments/experiment_sequence.h"

#include <fmt/format.h>

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <iostream>
#include <optional>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/program/run_config.h"
#include "experiments/report/report.h"
#include "experiments/result/result_file.h"
#include "experiments/result/verdict.h"
#include "experiments/result/verdict_table.h"
#include "training/run/throttle.h"

namespace hyperwidth {
namespace {

// What an earlier run that is continued has found, if it has finished the step.
std::optional<Result> ReadBack(const SequenceStep& step, const RunFolder& folder) {
  const std::filesystem::path result = folder.path() / step.name / "result.json";
  if (!folder.resumes() || !std::filesystem::exists(result)) return std::nullopt;
  Result earlier = ReadResult(result);
  return IsPartial(earlier) ? std::nullopt : std::optional(std::move(earlier));
}

// Runs a step in its folder below the run's own.
Result RunInFolder(const SequenceStep& step, const ProgramOptions& program, const RunFolder& folder) {
  const RunFolder own = OpenPart(folder.path() / step.name, program);
  Result result = step.run(own);
  if (!step.variant.empty()) result.title = fmt::format("{} ({})", result.title, step.variant);
  WriteResult(own.path() / "result.json", result);
  return result;
}

// report.html of a sequence, which takes a second or two to draw when there is much in it.
class SequenceReport {
 public:
  SequenceReport(std::filesystem::path path, ReportOptions options)
      : path_(std::move(path)), options_(std::move(options)) {}

  const std::filesystem::path& path() const { return path_; }

  // The results are those of before and one more. Drawn now and then, and by Finish.
  void Update(const std::vector<Result>& results) {
    if (throttle_.Due()) Write(results);
  }
  void Finish(const std::vector<Result>& results) {
    if (written_ < results.size()) Write(results);
  }

 private:
  void Write(const std::vector<Result>& results) {
    WriteReport(path_, results, options_);
    written_ = results.size();
  }

  std::filesystem::path path_;
  ReportOptions options_;
  Throttle throttle_{std::chrono::seconds(10)};
  std::size_t written_ = 0;
};

int ReportInterruption(const ExperimentSequence& sequence,
                       const ProgramOptions& program,
                       const Fields& settings,
                       const RunFolder& folder,
                       const std::vector<Check>& checks) {
  std::cout << VerdictTable(checks, {.details = program.details}) << "\nresults: " << folder.path().string()
            << std::endl;
  Result repeated{.experiment = sequence.name, .settings = settings};
  repeated.provenance.emplace_back("program", "bazel run //experiments:" + sequence.name + " --");
  repeated.settings.emplace_back("out", folder.path().string());
  std::cerr << "interrupted; continue with: " << RerunCommand(repeated) << " --resume" << std::endl;
  return kExitCheckFailed;
}

// In a process that does not keep the run: has a part in the trials of the steps.
int TakePart(const ExperimentSequence& sequence, const ProgramOptions& program) {
  for (const SequenceStep& step : sequence.steps) {
    const bool has_finished = program.processes.executor->SameEverywhere(false);
    if (has_finished) continue;
    if (IsPartial(step.run(RunFolder::Nowhere()))) return kExitCheckFailed;
  }
  return kExitSuccess;
}

}  // namespace

RunFolder OpenPart(const std::filesystem::path& path, const ProgramOptions& program) {
  ExistingRun existing = ExistingRunFor(program);
  if (existing == ExistingRun::kResume && !std::filesystem::exists(path / "config.json")) {
    existing = ExistingRun::kRefuse;
  }
  return RunFolder(path, existing);
}

int RunSequence(const ExperimentSequence& sequence, const ProgramOptions& program, const Fields& settings) {
  if (!program.keeps()) return TakePart(sequence, program);
  const RunFolder folder = OpenRunFolder(program, sequence.name);
  WriteOrCheckConfig(folder, settings);
  SequenceReport report(folder.path() / "report.html",
                        {.title = sequence.title, .introduction = sequence.introduction});
  TrialExecutor* const executor = program.processes.executor;
  std::vector<Result> results;
  std::vector<Check> checks;
  for (const SequenceStep& step : sequence.steps) {
    fmt::print("== {} ({} of {})\n", step.name, results.size() + 1, sequence.steps.size());
    std::cout.flush();
    std::optional<Result> earlier = ReadBack(step, folder);
    if (executor != nullptr) executor->SameEverywhere(earlier.has_value());
    const bool is_new = !earlier;
    try {
      results.push_back(earlier ? *std::move(earlier) : RunInFolder(step, program, folder));
    } catch (...) {
      report.Finish(results);
      throw;
    }
    checks.insert(checks.end(), results.back().checks.begin(), results.back().checks.end());
    std::cout << std::endl;
    if (is_new) report.Update(results);
    if (!IsPartial(results.back())) continue;
    report.Finish(results);
    return ReportInterruption(sequence, program, settings, folder, checks);
  }
  report.Finish(results);
  std::cout << VerdictTable(checks, {.details = program.details}) << "\nreport:  " << report.path().string()
            << "\nresults: " << folder.path().string() << std::endl;
  return CountVerdicts(checks, Verdict::kInconsistent) > 0 ? kExitCheckFailed : kExitSuccess;
}

}  // namespace hyperwidth
