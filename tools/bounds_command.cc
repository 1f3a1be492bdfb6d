// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "theory/certificate.h"
#include "theory/lower_bounds.h"
#include "theory/mean_square/mean_square_certificate.h"
#include "theory/problem.h"
#include "theory/schemes.h"
#include "tools/bounds_output.h"
#include "tools/commands.h"
#include "tools/problem_flags.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

struct BoundsFlags {
  Problem problem = {};
  std::string format = "table";
  bool details = false;
  std::string scheme = "";
  std::string error = "sup";
  std::string certificates = "";
};

void WriteCertificates(const Problem& problem, const std::string& error_kind, const std::filesystem::path& folder) {
  const LowerBounds bounds(problem);
  std::map<std::string, std::string> certificates;
  for (const std::string& id : CertifiableStatements(problem)) {
    try {
      certificates[id] = CertificateFor(bounds, id);
    } catch (const std::domain_error& error) {
      std::cerr << "hyperwidth: no certificate of " << id << ": " << error.what() << "\n";
    }
  }
  if (error_kind == "rms") {
    const MeanSquareBounds mean_square(problem);
    for (const std::string& id : MeanSquareStatementIds()) {
      try {
        certificates[id + ".rms"] = MeanSquareCertificateFor(mean_square, id);
      } catch (const std::domain_error& error) {
        std::cerr << "hyperwidth: no certificate of " << id << " for the root mean square: " << error.what() << "\n";
      }
    }
  }
  std::error_code error;
  std::filesystem::create_directories(folder, error);
  if (error) throw std::runtime_error("--certificates: " + folder.string() + ": " + error.message());
  for (const auto& [id, text] : certificates) WriteFileAtomically(folder / (id + ".certificate"), text);
}

int Run(const BoundsFlags& flags) {
  const BoundsAnswer answer = AnswerBounds(flags.problem, flags.scheme, flags.error);
  if (!flags.certificates.empty()) WriteCertificates(flags.problem, flags.error, UserPath(flags.certificates));
  std::cout << (flags.format == "json" ? BoundsJson(answer) : BoundsTable(answer, flags.details));
  return kExitSuccess;
}

}  // namespace

Subcommand AddBoundsCommand(CLI::App& program) {
  const auto flags = std::make_shared<BoundsFlags>();
  CLI::App* const command = program.add_subcommand("bounds", "How many parameters a problem needs: all known bounds");
  AddProblemFlags(*command, flags->problem);
  command->add_option("--format", flags->format, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  command
      ->add_option(
          "--error",
          flags->error,
          "which error is at most epsilon: sup, the largest one; rms, the root mean square over x and I, beside "
          "it")
      ->check(OneOf({"sup", "rms"}))
      ->capture_default_str();
  command->add_flag("--details", flags->details, "also list the hypotheses, grid and source of every statement");
  std::vector<std::string> schemes = {"all"};
  for (const Scheme scheme : AllSchemes()) schemes.push_back(Name(scheme));
  command
      ->add_option(
          "--scheme", flags->scheme, "compare ways to condition the primary network: all, or one of them by name")
      ->check(OneOf(schemes));
  command->add_option(
      "--certificates", flags->certificates, "write a certificate of each certified lower bound into this folder");
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
