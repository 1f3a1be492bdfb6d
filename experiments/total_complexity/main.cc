// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/total_complexity -- [--ranks=1,4,16] [--primary-dim=2 --condition-dim=2] ...

#include "experiments/program/experiment_program.h"
#include "experiments/total_complexity/total_complexity.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::TotalComplexityOptions>(
      argc,
      argv,
      "total_complexity",
      "Count all parameters of networks built for structured targets.",
      /*processes=*/{},
      [](const auto& options) {
        ValidateTotalComplexity(options);  // before a folder is made
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "total_complexity");
        return Conclude(folder, RunTotalComplexity(options, folder), options.program.details);
      });
}
