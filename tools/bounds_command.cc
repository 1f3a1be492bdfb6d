// SPDX-License-Identifier: Apache-2.0

#include "tools/bounds_command.h"

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <map>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "theory/certificate.h"
#include "theory/lower_bounds.h"
#include "theory/schemes.h"
#include "tools/bounds_output.h"
#include "tools/problem_flags.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {

CLI::App* BoundsCommand::AddTo(CLI::App& program) {
  CLI::App* const command = program.add_subcommand("bounds", "How many parameters a problem needs: all known bounds");
  AddProblemFlags(*command, problem_);
  command->add_option("--format", format_, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  command->add_flag("--details", details_, "also list the hypotheses, grid and source of every statement");
  std::vector<std::string> schemes = {"all"};
  for (const Scheme scheme : AllSchemes()) schemes.push_back(Name(scheme));
  command->add_option("--scheme", scheme_, "compare ways to condition the primary network: all, or one of them by name")
      ->check(OneOf(schemes));
  command->add_option(
      "--certificates", certificates_, "write a certificate of each certified lower bound into this folder");
  return command;
}

namespace {

void WriteCertificates(const Problem& problem, const std::filesystem::path& folder) {
  const LowerBounds bounds(problem);
  std::map<std::string, std::string> certificates;
  for (const std::string& id : CertifiableStatements()) {
    try {
      certificates[id] = CertificateFor(bounds, id);
    } catch (const std::domain_error& error) {
      std::cerr << "hyperwidth: no certificate of " << id << ": " << error.what() << "\n";
    }
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("--certificates: " + folder.string() + ": " + error.message());
  for (const auto& [id, text] : certificates) WriteFileAtomically(folder / (id + ".certificate"), text);
}

}  // namespace

int BoundsCommand::Run() {
  const BoundsAnswer answer = AnswerBounds(problem_, scheme_);
  if (!certificates_.empty()) WriteCertificates(problem_, UserPath(certificates_));
  std::cout << (format_ == "json" ? BoundsJson(answer) : BoundsTable(answer, details_));
  return kExitSuccess;
}

}  // namespace hyperwidth
