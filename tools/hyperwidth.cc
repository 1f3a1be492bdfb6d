// SPDX-License-Identifier: Apache-2.0
//
// The hyperwidth command: a program of subcommands, each in a file of its own.

#include <CLI/CLI.hpp>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "tools/commands.h"

int main(int argc, char** argv) {
  CLI::App program(
      "Embedding or hypernetwork: how large must each part of a conditional model y(x, I) be?\n"
      "Example: hyperwidth bounds --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3",
      "hyperwidth");
  program.require_subcommand(1);

  const std::vector<hyperwidth::Subcommand> subcommands = {hyperwidth::AddBoundsCommand(program),
                                                           hyperwidth::AddGapCommand(program),
                                                           hyperwidth::AddFloorCommand(program),
                                                           hyperwidth::AddExplainCommand(program),
                                                           hyperwidth::AddVerifyCommand(program),
                                                           hyperwidth::AddDescribeCommand(program),
                                                           hyperwidth::AddTaskCommand(program),
                                                           hyperwidth::AddPredictCommand(program),
                                                           hyperwidth::AddGenerateCommand(program),
                                                           hyperwidth::AddReportCommand(program)};
  return hyperwidth::RunCommandLine(program, argc, argv, [&subcommands] {
    for (const hyperwidth::Subcommand& subcommand : subcommands) {
      if (subcommand.parser->parsed()) return subcommand.run();
    }
    return hyperwidth::kExitBadInput;
  });
}
