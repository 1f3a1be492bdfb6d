// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/colorization -- [--data=DIR] [--layers=2,..] [--conditions=500,..] [--match=total] ...

#include "experiments/colorization/colorization.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::ColorizationOptions>(
      argc,
      argv,
      "colorization",
      "Colour grey images: a hypernetwork against an embedding.",
      /*processes=*/{},
      [](const auto& options) {
        // Data first: a mistake there must not leave an empty folder behind.
        const hyperwidth::TrainTestImages images = LoadColorImages(options);
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "colorization");
        return Conclude(folder, RunColorization(options, images, folder), options.program.details);
      });
}
