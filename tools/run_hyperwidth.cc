// SPDX-License-Identifier: Apache-2.0
#include "tools/run_hyperwidth.h"

#include <CLI/CLI.hpp>

#include "experiments/command_line/command_line.h"

namespace hyperwidth {

int RunChosen(const std::vector<Subcommand>& subcommands, const TrialProcesses& processes) {
  for (const Subcommand& subcommand : subcommands) {
    if (!subcommand.parser->parsed()) continue;
    const bool takes_part = subcommand.has_trials || processes.keeps();
    return takes_part ? subcommand.run() : kExitSuccess;
  }
  return kExitBadInput;
}

int RunHyperwidth(int argc, const char* const* argv, const TrialProcesses& processes) {
  CLI::App program(
      "Embedding or hypernetwork: how large must each part of a conditional model y(x, I) be?\n"
      "Example: hyperwidth bounds --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3",
      "hyperwidth");
  program.require_subcommand(1);

  const std::vector<Subcommand> subcommands = {AddBoundsCommand(program),
                                               AddGapCommand(program),
                                               AddFloorCommand(program),
                                               AddExplainCommand(program),
                                               AddVerifyCommand(program),
                                               AddDescribeCommand(program),
                                               AddCompareCommand(program, processes),
                                               AddTaskCommand(program),
                                               AddPredictCommand(program),
                                               AddGenerateCommand(program),
                                               AddReportCommand(program)};
  return RunCommandLine(program, argc, argv, [&] { return RunChosen(subcommands, processes); });
}

}  // namespace hyperwidth
