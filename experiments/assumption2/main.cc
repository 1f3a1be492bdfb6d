// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/assumption2 -- [--data=DIR] [--activations=relu,elu] [--widths=29] [--seeds=3] ...

#include "experiments/assumption2/assumption2.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::Assumption2Options>(
      argc,
      argv,
      "assumption2",
      "Train networks of one hidden layer at every width: does each neuron lower the error?",
      /*processes=*/{},
      [](const hyperwidth::Assumption2Options& options) {
        // Data first: a mistake there must not leave an empty folder behind.
        const hyperwidth::WidthImages data = LoadLabelledImages(options);
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "assumption2");
        return Conclude(folder, RunAssumption2(options, data, folder), options.program.details);
      });
}
