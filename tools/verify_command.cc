// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "theory/checker/certificate_checker.h"
#include "tools/commands.h"

namespace hyperwidth {
namespace {

int Run(const std::vector<std::string>& files) {
  bool all_hold = true;
  for (const std::string& file : files) {
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

}  // namespace

Subcommand AddVerifyCommand(CLI::App& program) {
  const auto files = std::make_shared<std::vector<std::string>>();
  CLI::App* const command =
      program.add_subcommand("verify", "Check certificates (bounds --certificates=DIR) with exact arithmetic");
  command->add_option("files", *files, "certificate files")->required();
  return {.parser = command, .run = [files] { return Run(*files); }};
}

}  // namespace hyperwidth
