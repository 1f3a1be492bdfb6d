// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/rotation -- [--data=DIR] [--labels=circular|published] [--depths=2,4] [--search] ...

#include "experiments/program/experiment_program.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_search.h"

int main(int argc, char** argv) {
  hyperwidth::RotationOptions options;
  return hyperwidth::RunExperiment(argc,
                                   argv,
                                   "rotation",
                                   "Predict by how much an image was rotated: a hypernetwork against an embedding.",
                                   options.program,
                                   SettingTableOf(options),
                                   [&] {
                                     Validate(options.optimizer);
                                     // Data first: a mistake there must not leave an empty folder behind.
                                     const hyperwidth::TrainTestImages images = LoadRotationImages(options);
                                     const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "rotation");
                                     return Conclude(folder,
                                                     options.search == hyperwidth::RotationSearch::kNone
                                                         ? RunRotation(options, images, folder)
                                                         : RunRotationSearch(options, images, folder));
                                   });
}
