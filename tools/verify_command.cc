// SPDX-License-Identifier: Apache-2.0

#include "tools/verify_command.h"

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>
#include <stdexcept>

#include "experiments/command_line/command_line.h"
#include "theory/checker/certificate_checker.h"

namespace hyperwidth {

CLI::App* VerifyCommand::AddTo(CLI::App& program) {
  CLI::App* const command =
      program.add_subcommand("verify", "Check certificates (bounds --certificates=DIR) with exact arithmetic");
  command->add_option("files", files_, "certificate files")->required();
  return command;
}

int VerifyCommand::Run() {
  bool all_hold = true;
  for (const std::string& file : files_) {
    std::ifstream in(UserPath(file));
    std::ostringstream text;
    if (!in || !(text << in.rdbuf()))
      throw std::runtime_error(file + ": cannot be read; a certificate file is accepted");
    CheckResult result;
    try {
      result = CheckCertificate(text.str());
    } catch (const std::exception& error) {
      throw std::runtime_error(file + ": " + error.what());
    }
    std::cout << file << ": " << result.statement << "\n";
    std::istringstream lines(result.report);
    for (std::string line; std::getline(lines, line);) std::cout << "  " << line << "\n";
    all_hold = all_hold && result.holds;
  }
  return all_hold ? kExitSuccess : kExitCheckFailed;
}

}  // namespace hyperwidth
