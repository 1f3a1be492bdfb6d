// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/synthetic -- [--types=1,2,3] [--sweep=layers,embedding,conditions] [--layers=2,..] ...

#include "experiments/program/experiment_program.h"
#include "experiments/synthetic/synthetic.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::SyntheticOptions>(
      argc,
      argv,
      "synthetic",
      "Train hypernetworks and embeddings on random targets of x and a condition.",
      /*processes=*/{},
      [](const auto& options) {
        SyntheticCases(options);  // a mistake there must not leave an empty folder behind
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "synthetic");
        return Conclude(folder, RunSynthetic(options, folder), options.program.details);
      });
}
