// SPDX-License-Identifier: Apache-2.0
#include "experiments/operators/operators_program.h"

#include <vector>

#include "experiments/operators/operators.h"
#include "experiments/program/experiment_program.h"

namespace hyperwidth {

int RunOperatorsProgram(int argc, const char* const* argv, const TrialProcesses& processes) {
  return RunExperiment<OperatorsOptions>(
      argc,
      argv,
      "operators",
      "Train conditioning schemes of equal size and equal bottleneck to be operators.",
      processes,
      [](const OperatorsOptions& options) {
        // Sizes first: a mistake there must not leave an empty folder behind.
        const std::vector<OperatorCell> cells = OperatorCells(options);
        const RunFolder folder = OpenRunFolder(options.program, "operators");
        return Conclude(folder, RunOperators(options, cells, folder), options.program.details);
      });
}

}  // namespace hyperwidth
