// SPDX-License-Identifier: Apache-2.0

#include "tools/bounds_command.h"

#include <CLI/CLI.hpp>
#include <iostream>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "tools/bounds_output.h"
#include "tools/problem_flags.h"

namespace hyperwidth {

CLI::App* BoundsCommand::AddTo(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("bounds", "How many parameters a problem needs: all known bounds");
  AddProblemFlags(*command, problem_);
  command->add_option("--format", format_, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  command->add_flag("--details", details_, "also list the hypotheses, grid and source of every statement");
  return command;
}

int BoundsCommand::Run() {
  const BoundsAnswer answer{problem_, AllStatements(problem_), CertifiedGap(problem_)};
  std::cout << (format_ == "json" ? BoundsJson(answer) : BoundsTable(answer, details_));
  return kExitSuccess;
}

}  // namespace hyperwidth
