// SPDX-License-Identifier: Apache-2.0
//
// Several experiments in one run: a folder for each, and one report.

#ifndef HYPERWIDTH_EXPERIMENTS_EXPERIMENT_SEQUENCE_H_
#define HYPERWIDTH_EXPERIMENTS_EXPERIMENT_SEQUENCE_H_

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/report/report.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

struct SequenceStep {
  std::string name;  // of its folder
  std::function<Result(const RunFolder&)> run;
  std::string variant = {};  // what tells it from others of the same title, "MNIST, depth"; added to the title
};

struct ExperimentSequence {
  std::string name;                           // of the program, //experiments:name
  std::string title = ReportOptions().title;  // of the report
  std::string introduction = {};
  std::vector<SequenceStep> steps = {};
};

// The folder of a part of a run, below the run's own: continued if the run is and this part was begun. Throws: as
// RunFolder.
RunFolder OpenPart(const std::filesystem::path& path, const ProgramOptions& program);

// Runs the steps in order; prints and writes what each has found, then all verdicts and report.html, which is also
// written on the way, every few seconds at most, for what there is. A step that an earlier run has finished is read
// back if the run is resumed, and the one that was interrupted is continued. `settings` are those of the whole run.
// Returns the exit status: kExitCheckFailed if a check is inconsistent or the run was interrupted. Throws: as
// RunFolder, WriteOrCheckConfig and the steps; the report then has those before.
int RunSequence(const ExperimentSequence& sequence, const ProgramOptions& program, const Fields& settings);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_EXPERIMENT_SEQUENCE_H_
