// SPDX-License-Identifier: Apache-2.0
//
// The hyperwidth command: a program of subcommands, each in a file of its own.

#include <CLI/CLI.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "tools/bounds_command.h"
#include "tools/explain_command.h"
#include "tools/floor_command.h"
#include "tools/gap_command.h"
#include "tools/report_command.h"
#include "tools/verify_command.h"

int main(int argc, char** argv) {
  CLI::App program(
      "Embedding or hypernetwork: how large must each part of a conditional model y(x, I) be?\n"
      "Example: hyperwidth bounds --smoothness=1 --primary-dim=1 --condition-dim=2 --epsilon=1e-3",
      "hyperwidth");
  program.require_subcommand(1);

  std::vector<std::unique_ptr<hyperwidth::Command>> commands;
  commands.push_back(std::make_unique<hyperwidth::BoundsCommand>());
  commands.push_back(std::make_unique<hyperwidth::GapCommand>());
  commands.push_back(std::make_unique<hyperwidth::FloorCommand>());
  commands.push_back(std::make_unique<hyperwidth::ExplainCommand>());
  commands.push_back(std::make_unique<hyperwidth::VerifyCommand>());
  commands.push_back(std::make_unique<hyperwidth::ReportCommand>());

  std::vector<std::pair<CLI::App*, hyperwidth::Command*>> parsers;
  for (const auto& command : commands) parsers.emplace_back(command->AddTo(program), command.get());
  return hyperwidth::RunCommandLine(program, argc, argv, [&parsers] {
    for (const auto& [parser, command] : parsers) {
      if (parser->parsed()) return command->Run();
    }
    return hyperwidth::kExitBadInput;
  });
}
