// SPDX-License-Identifier: Apache-2.0

#include "tools/explain_command.h"

#include <CLI/CLI.hpp>
#include <iostream>
#include <optional>
#include <stdexcept>
#include <string>

#include "experiments/command_line/command_line.h"
#include "theory/explain/explanation.h"
#include "tools/problem_flags.h"
#include "tools/text_table.h"

namespace hyperwidth {
namespace {

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

}  // namespace

CLI::App* ExplainCommand::AddTo(CLI::App& program) {
  app_ = program.add_subcommand("explain", "What a statement says, assumes and means; with your numbers if given");
  app_->add_option("id", words_, "a statement such as thm4, dhm, phases, certified.embedding; without one, a list");
  AddProblemFlags(*app_, problem_, /*required=*/false);
  return app_;
}

int ExplainCommand::Run() {
  std::string id;
  for (const std::string& word : words_) id += (id.empty() ? "" : " ") + word;  // `explain theorem 4`
  if (id.empty()) {
    PrintList();
    return kExitSuccess;
  }
  int given = 0;
  for (const char* flag : {"--smoothness", "--primary-dim", "--condition-dim", "--epsilon"})
    given += app_->count(flag) > 0;
  if (given != 0 && given != 4) {
    throw std::invalid_argument(
        "your own numbers need all of --smoothness, --primary-dim, --condition-dim and --epsilon");
  }
  Print(Explain(id, given == 4 ? std::optional(problem_) : std::nullopt));
  if (given == 0) {
    std::cout << "\nFor your own numbers add --smoothness, --primary-dim, --condition-dim and --epsilon.\n";
  }
  return kExitSuccess;
}

}  // namespace hyperwidth
