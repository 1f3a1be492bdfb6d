// SPDX-License-Identifier: Apache-2.0
//
// What the programs of all experiments have in common: the flags for output, seed and threads, what --quick means, the
// run folder, and how a result is written, shown and turned into an exit status.

#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_EXPERIMENT_PROGRAM_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_EXPERIMENT_PROGRAM_H_

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "experiments/program/settings.h"
#include "experiments/program/trial_processes.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/trials/run_trials.h"

namespace CLI {
class App;
}

namespace hyperwidth {

struct ProgramOptions {
  std::string out;         // the run folder; empty: the next free runs/<experiment>-<number>
  std::uint64_t seed = 1;  // of every random choice
  int threads = 0;         // 0: all that this process may use, see AvailableThreads
  bool overwrite = false;  // replace an earlier run in `out`
  bool resume = false;     // continue the earlier run in `out`
  bool details = false;    // show the reasons of the verdicts
  TrialProcesses processes = {};

  bool keeps() const { return processes.keeps(); }
};

// How the trials of an experiment are run.
TrialOptions TrialOptionsOf(const ProgramOptions& options,
                            const std::string& title,
                            TrialEnds ends = TrialEnds::kComplete);

// Declares the settings that all experiments have: seed and threads.
void AddProgramSettings(ProgramOptions& options, SettingTable& table);

// Declares --out, --overwrite, --resume, which goes with --out and without --overwrite, and --details.
void AddProgramFlags(CLI::App& app, ProgramOptions& options);

// The main function of an experiment: declares a flag for each setting, those of AddProgramFlags and --quick, which
// chooses other defaults for the settings and nothing else; then runs `body` and returns its exit status, as
// RunCommandLine does.
int RunExperiment(int argc,
                  const char* const* argv,
                  const std::string& experiment,
                  const std::string& description,
                  ProgramOptions& options,
                  SettingTable settings,
                  const std::function<int()>& body);

// The same of an experiment with these Options, which have a `program` and a SettingTableOf: `body` sees what was
// typed.
template <typename Options>
int RunExperiment(int argc,
                  const char* const* argv,
                  const std::string& experiment,
                  const std::string& description,
                  const TrialProcesses& processes,
                  const std::function<int(const Options&)>& body) {
  Options options;
  options.program.processes = processes;
  return RunExperiment(
      argc, argv, experiment, description, options.program, SettingTableOf(options), [&] { return body(options); });
}

// options.threads, or what 0 stands for.
int ResolvedThreads(const ProgramOptions& options);

// What the options say of an earlier run in the folder.
ExistingRun ExistingRunFor(const ProgramOptions& options);

// Makes or reopens the run folder, at the user's path or at the next free default one; nowhere in a process that does
// not keep the run.
RunFolder OpenRunFolder(const ProgramOptions& options, const std::string& experiment);

// Seed, threads, version and where the data came from: what every result says of its origin besides its settings.
Fields CommonProvenance(const ProgramOptions& options, const std::string& data);

// Notes in the provenance that the result rests on some of the trials only: `complete` (false), `finished_trials` and
// `trials`.
void MarkPartial(const TrialOutcomes& outcomes, Result& result);

// Whether MarkPartial was called for it.
bool IsPartial(const Result& result);

// "interrupted after 37 of 120 trials; continue with: <command> --resume", for a partial result.
std::string InterruptionMessage(const RunFolder& folder, const Result& result);

// Writes result.json, prints the verdicts, with their reasons if `details`, and where the files are, and returns the
// exit status: kExitCheckFailed if a check is inconsistent, else kExitSuccess. A partial result is shown all the same;
// then the message goes to standard error, and the status is kExitCheckFailed. Nowhere, nothing is written or printed.
int Conclude(const RunFolder& folder, const Result& result, bool details);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_EXPERIMENT_PROGRAM_H_
