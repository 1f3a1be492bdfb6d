// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/tasks/task.h"
#include "tools/commands.h"
#include "tools/file_flags.h"
#include "training/arrays/npz.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_summary.h"

namespace hyperwidth {
namespace {

struct TaskFlags {
  OutputFlags output = {};
  TaskOptions options = {};
};

// What every task takes, and what only bumps have.
void AddFlags(CLI::App& command, const Task& task, TaskFlags& flags) {
  TaskOptions& options = flags.options;
  const auto count = IntegerAtLeast(1, 100'000'000);
  AddOutputFlags(command, flags.output, "The data file, an NPZ archive");
  command.add_option("--train", options.train, "Conditions to train on  [" + std::to_string(task.train) + "]")
      ->check(count)
      ->type_name("N");
  command.add_option("--test", options.test, "Conditions to be judged by  [" + std::to_string(task.test) + "]")
      ->check(count)
      ->type_name("N");
  command.add_option("--seed", options.seed, "Names the random numbers")
      ->check(IntegerAtLeast(0))
      ->type_name("N")
      ->capture_default_str();
  if (task.name != "bumps") return;
  const auto add = [&command](const char* name, int& value, const char* help, int most) {
    command.add_option(name, value, help)->check(IntegerAtLeast(1, most))->type_name("N")->capture_default_str();
  };
  add("--smoothness", options.smoothness, "r: bounded derivatives of the target", 2);
  add("--primary-dim", options.primary_dim, "m1: coordinates of x", 30);
  add("--condition-dim", options.condition_dim, "m2: coordinates of I", 30);
  add("--cells", options.cells, "Bumps along each axis", 1'000'000);
}

int Run(const std::string& name, const TaskFlags& flags) {
  const std::filesystem::path path = flags.output.Path();
  NamedArrays arrays = MakeTask(name, flags.options);
  WriteNpz(path, arrays);
  const ConditionedData data = ConditionedData::FromArrays(std::move(arrays), path.string());
  std::cout << path.string() << ": " << SummaryText(Summarise(data));
  return kExitSuccess;
}

}  // namespace

Subcommand AddTaskCommand(CLI::App& program) {
  CLI::App* const command =
      program.add_subcommand("task", "A built-in task as a data file; task NAME --help says what it is");
  command->require_subcommand(1);
  struct Choice {
    CLI::App* parser;
    std::string name;
    std::shared_ptr<TaskFlags> flags;
  };
  std::vector<Choice> choices;
  for (const Task& task : BuiltInTasks()) {
    const auto flags = std::make_shared<TaskFlags>();
    CLI::App* const parser = command->add_subcommand(task.name, task.what + ".\nSource: " + task.source + ".");
    AddFlags(*parser, task, *flags);
    choices.push_back({.parser = parser, .name = task.name, .flags = flags});
  }
  return {.parser = command, .run = [choices] {
            for (const Choice& choice : choices) {
              if (choice.parser->parsed()) return Run(choice.name, *choice.flags);
            }
            return kExitBadInput;
          }};
}

}  // namespace hyperwidth
