// SPDX-License-Identifier: Apache-2.0

#include "tools/gap_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <iostream>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/report/gnuplot.h"
#include "tools/gap_series.h"
#include "tools/problem_flags.h"
#include "training/run/atomic_file.h"

namespace hyperwidth {

CLI::App* GapCommand::AddTo(CLI::App& program) {
  CLI::App* const command = program.add_subcommand(
      "gap", "How much larger an embedding method's primary network must be, over a range of epsilon");
  AddProblemFlags(*command, problem_);
  command
      ->add_option(
          "--from-epsilon", from_epsilon_, "coarsest epsilon of the range [default: 100 times --epsilon, at most 0.5]")
      ->check(RealBetween(kMinEpsilon, kMaxEpsilon));
  command->add_option("--points", points_, "values of epsilon in the range")
      ->check(IntegerAtLeast(1, 1000))
      ->capture_default_str();
  command->add_option("--format", format_, "table (for people) or json")
      ->check(OneOf({"table", "json"}))
      ->capture_default_str();
  command->add_option("--figure", figure_, "also draw the range into this SVG file (needs gnuplot)");
  return command;
}

int GapCommand::Run() {
  const double from =
      from_epsilon_ > 0 ? from_epsilon_ : std::max(problem_.epsilon, std::min(0.5, 100 * problem_.epsilon));
  const std::vector<GapPoint> series = GapOverEpsilon(problem_, from, points_);
  if (!figure_.empty()) WriteFileAtomically(UserPath(figure_), RunGnuplot(GapFigureScript(problem_, series)));
  std::cout << (format_ == "json" ? GapSeriesJson(problem_, series) : GapTable(problem_, series));
  return kExitSuccess;
}

}  // namespace hyperwidth
