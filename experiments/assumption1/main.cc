// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/assumption1 -- [--data=DIR,DIR] [--inputs=images,noise] [--variants=fresh,published] ...

#include "experiments/assumption1/assumption1.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::Assumption1Options>(
      argc,
      argv,
      "assumption1",
      "Train pairs of networks for one target: how far apart do they end?",
      /*processes=*/{},
      [](const hyperwidth::Assumption1Options& options) {
        // Data first: a mistake there must not leave an empty folder behind.
        const std::vector<hyperwidth::InputKind> kinds = LoadInputKinds(options);
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "assumption1");
        return Conclude(folder, RunAssumption1(options, kinds, folder), options.program.details);
      });
}
