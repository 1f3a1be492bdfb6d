// SPDX-License-Identifier: Apache-2.0

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>
#include <memory>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/report/gnuplot.h"
#include "theory/gap_series.h"
#include "theory/problem.h"
#include "tools/commands.h"
#include "tools/gap_output.h"
#include "tools/problem_flags.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {
namespace {

struct GapFlags {
  Problem problem = {};
  double from_epsilon = 0;  // 0: a hundred times epsilon, at most half the radius
  int points = 7;
  std::string format = "table";
  std::string figure = "";
};

int Run(const GapFlags& flags) {
  const double from =
      flags.from_epsilon > 0
          ? flags.from_epsilon
          : std::max(flags.problem.epsilon, std::min(0.5 * flags.problem.radius, 100 * flags.problem.epsilon));
  const std::vector<GapPoint> series = GapOverEpsilon(flags.problem, from, flags.points);
  if (!flags.figure.empty())
    WriteFileAtomically(UserPath(flags.figure), RunGnuplot(GapFigureScript(flags.problem, series)));
  std::cout << (flags.format == "json" ? GapSeriesJson(flags.problem, series) : GapTable(flags.problem, series));
  return kExitSuccess;
}

}  // namespace

Subcommand AddGapCommand(CLI::App& program) {
  const auto flags = std::make_shared<GapFlags>();
  CLI::App* const command = program.add_subcommand(
      "gap", "How much larger an embedding method's primary network must be, over a range of epsilon");
  AddProblemFlags(*command, flags->problem);
  command
      ->add_option("--from-epsilon",
                   flags->from_epsilon,
                   "coarsest epsilon of the range [default: 100 times --epsilon, at most half of --radius]")
      ->check(PositiveReal());
  command->add_option("--points", flags->points, "values of epsilon in the range")
      ->check(IntegerAtLeast(1, 1000))
      ->capture_default_str();
  command->add_option("--format", flags->format, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  command->add_option("--figure", flags->figure, "also draw the range into this SVG file (needs gnuplot)");
  return {.parser = command, .run = [flags] { return Run(*flags); }};
}

}  // namespace hyperwidth
