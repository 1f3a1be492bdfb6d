// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/best_approximation -- [--targets=1000] [--points=65] ...

#include "experiments/best_approximation/best_approximation.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::BestApproximationOptions>(
      argc,
      argv,
      "best_approximation",
      "Best approximation by one neuron: where it exists, is unique, or is a constant.",
      /*processes=*/{},
      [](const hyperwidth::BestApproximationOptions& options) {
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "best_approximation");
        return Conclude(folder, RunBestApproximation(options, folder), options.program.details);
      });
}
