// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/constructed_rates -- [--smoothness=1,2] [--methods=spline,hypernetwork,factorised] ...

#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/program/experiment_program.h"

int main(int argc, char** argv) {
  return hyperwidth::RunExperiment<hyperwidth::ConstructedRatesOptions>(
      argc,
      argv,
      "constructed_rates",
      "Build networks from their targets and hold their errors against what is proved.",
      /*processes=*/{},
      [](const auto& options) {
        const hyperwidth::RunFolder folder = OpenRunFolder(options.program, "constructed_rates");
        return Conclude(folder, RunConstructedRates(options, folder), options.program.details);
      });
}
