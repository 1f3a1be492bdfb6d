// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "theory/problem.h"
#include "tools/commands.h"
#include "tools/floor_architecture.h"
#include "tools/floor_output.h"
#include "tools/problem_flags.h"

namespace hyperwidth {
namespace {

struct FloorFlags {
  FloorQuestion question = {};
  std::string format = "table";
};

// An empty --layers= takes the next flag for its value: say so, instead of missing that flag.
std::string CheckLayerList(const std::string& text) {
  if (!text.empty() && text.front() != '-') return "";
  return "found '" + text + "', accepted: layer sizes separated by commas, as in 3,64,64,1";
}

int Run(const FloorFlags& flags) {
  const FloorAnswer answer = AnswerFloor(flags.question);
  std::cout << (flags.format == "json" ? FloorJson(answer) : FloorText(answer));
  return kExitSuccess;
}

}  // namespace

Subcommand AddFloorCommand(CLI::App& program) {
  const auto flags = std::make_shared<FloorFlags>();
  CLI::App* const command =
      program.add_subcommand("floor", "The error that an architecture cannot get below, whatever its weights");
  command->add_option("--smoothness", flags->question.smoothness, "r: how many derivatives of the target are bounded")
      ->check(IntegerAtLeast(1, kMaxSmoothness))
      ->required();
  AddBallFlags(*command, flags->question.radius, flags->question.norm, "Options");
  command
      ->add_option("--layers",
                   flags->question.layers,
                   "units of the network that sees x, from the inputs to the output: 3,64,64,1. The inputs are m1 + m2 "
                   "for standard, m1 + k for embedding, else m1; the last size is 1, for deeponet p")
      ->check(CheckLayerList)
      ->required();
  command->add_option("--scheme", flags->question.scheme, "how I enters the network")
      ->check(OneOf(FloorSchemeNames()))
      ->capture_default_str();
  command
      ->add_option("--condition-layers",
                   flags->question.condition_layers,
                   "units of the network that sees I, for all schemes but standard, from m2 to what it generates: k "
                   "(embedding, low-rank), units of the first layer (conditional-bias), twice the hidden units "
                   "(film), p (deeponet), all weights and biases (hypernetwork). These four last sizes follow from "
                   "--layers and may be written auto: 2,50,auto")
      ->check(CheckLayerList);
  command->add_option("--format", flags->format, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
