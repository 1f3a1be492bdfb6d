// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "theory/explain/explanation.h"
#include "theory/problem.h"
#include "tools/commands.h"
#include "tools/problem_flags.h"
#include "tools/text_table.h"

namespace hyperwidth {
namespace {

struct ExplainFlags {
  std::vector<std::string> words = {};  // of the id
  Problem problem = {};
};

constexpr std::size_t kLineWidth = 96;  // running text reads best well below the width of a table

void Print(const Explanation& explanation) {
  std::cout << explanation.id << ": " << explanation.title << "\n";
  for (const ExplanationSection& section : explanation.sections) {
    std::cout << "\n" << section.heading << "\n";
    bool after_formula = false;
    for (const std::string& paragraph : section.paragraphs) {
      const bool is_formula = paragraph.starts_with("  ");
      // Formulas that follow one another stay together; everything else is set apart by an empty line.
      if (&paragraph != &section.paragraphs.front() && !(is_formula && after_formula)) std::cout << "\n";
      std::cout << "  "
                << (is_formula ? "  " + WrapText(paragraph.substr(2), kLineWidth - 4, 4)
                               : WrapText(paragraph, kLineWidth - 2, 2))
                << "\n";
      after_formula = is_formula;
    }
  }
}

void PrintList() {
  std::cout << "What can be explained (hyperwidth explain ID):\n\n";
  for (const std::string& id : ExplainableIds()) {
    std::cout << "  " << id << std::string(id.size() < 36 ? 36 - id.size() : 1, ' ') << Explain(id).title << "\n";
  }
}

int Run(const ExplainFlags& flags, const CLI::App& parser) {
  std::string id;
  for (const std::string& word : flags.words) id += (id.empty() ? "" : " ") + word;  // `explain theorem 4`
  if (id.empty()) {
    PrintList();
    return kExitSuccess;
  }
  int given = 0;
  for (const char* flag : {"--smoothness", "--primary-dim", "--condition-dim", "--epsilon"})
    given += parser.count(flag) > 0;
  if (given != 0 && given != 4) {
    throw std::invalid_argument(
        "your own numbers need all of --smoothness, --primary-dim, --condition-dim and --epsilon");
  }
  Print(Explain(id, given == 4 ? std::optional(flags.problem) : std::nullopt));
  if (given == 0) {
    std::cout << "\nFor your own numbers add --smoothness, --primary-dim, --condition-dim and --epsilon.\n";
  }
  return kExitSuccess;
}

}  // namespace

Subcommand AddExplainCommand(CLI::App& program) {
  const auto flags = std::make_shared<ExplainFlags>();
  CLI::App* const command =
      program.add_subcommand("explain", "What a statement says, assumes and means; with your numbers if given");
  command->add_option(
      "id", flags->words, "a statement such as thm4, dhm, phases, certified.embedding; without one, a list");
  AddProblemFlags(*command, flags->problem, /*required=*/false);
  return {.parser = command, .run = [flags, command] { return Run(*flags, *command); }};
}

}  // namespace hyperwidth
