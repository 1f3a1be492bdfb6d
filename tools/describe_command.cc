// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "tools/commands.h"
#include "tools/data_description.h"
#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

Subcommand AddDescribeCommand(CLI::App& program) {
  struct Flags {
    std::string data = "";
    std::uint64_t seed = 1;
  };
  const auto flags = std::make_shared<Flags>();
  CLI::App* const command = program.add_subcommand(
      "describe", "What is in your data, and what can be said of them before anything is trained");
  command
      ->add_option("--data",
                   flags->data,
                   "an NPZ file, a folder of NPY files or a CSV table: x, I and y, optionally group and split")
      ->required()
      ->type_name("FILE");
  command->add_option("--seed", flags->seed, "names the random numbers of the split and of the estimates")
      ->check(IntegerAtLeast(0))
      ->type_name("N")
      ->capture_default_str();
  return {.parser = command, .run = [flags] {
            const auto path = UserPath(flags->data);
            const std::string text = DescriptionText(Describe(LoadConditionedData(path), flags->seed));
            std::cout << path.string() << ": " << text;
            return kExitSuccess;
          }};
}

}  // namespace hyperwidth
