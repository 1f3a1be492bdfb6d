// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/modularity_gap -- [--dims=1+1,1+2,2+1] [--cells=4,5,...] [--embedding-dims=1,2,4,8] ...

#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::ModularityGapOptions>(
      argc,
      argv,
      "modularity_gap",
      "Find the smallest primary networks of both methods for the hardest targets, by training.",
      /*processes=*/{},
      [](const auto& options) {
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "modularity_gap");
        return Conclude(folder, RunModularityGap(options, folder), options.program.details);
      });
}
