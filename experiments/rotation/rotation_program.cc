// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_program.h"

#include "experiments/command_line/command_line.h"
#include "experiments/program/experiment_program.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_search.h"

namespace hyperwidth {
namespace {

int Run(const RotationOptions& options) {
  const bool searches = options.search.is_on();
  Validate(options.optimizer);
  // Data first: a mistake there must not leave an empty folder behind.
  const TrainTestImages images = LoadRotationImages(options);
  const RunFolder folder = OpenRunFolder(options.program, "rotation");
  const Result result = searches ? RunRotationSearch(options, images, folder) : RunRotation(options, images, folder);
  return Conclude(folder, result, options.program.details);
}

}  // namespace

int RunRotationProgram(int argc, const char* const* argv, const TrialProcesses& processes) {
  return RunExperiment<RotationOptions>(
      argc,
      argv,
      "rotation",
      "Predict by how much an image was rotated: a hypernetwork against an embedding.",
      processes,
      Run);
}

}  // namespace hyperwidth
