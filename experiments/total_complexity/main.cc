// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/total_complexity -- [--ranks=1,4,16] [--primary-dim=2 --condition-dim=2] ...

#include <CLI/CLI.hpp>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/command_line/value_list.h"
#include "experiments/program/experiment_program.h"
#include "experiments/total_complexity/total_complexity.h"

namespace hyperwidth {
namespace {

void AddFlags(CLI::App& app, TotalComplexityOptions& options) {
  app.option_defaults()->always_capture_default();
  app.add_option("--smoothness", options.targets.smoothness, "Bounded derivatives of the targets")
      ->check(IntegerAtLeast(1, 2))
      ->type_name("N");
  app.add_option("--primary-dim", options.targets.primary_dim, "Dimension m1 of x; m1 + m2 is at most 4")
      ->check(IntegerAtLeast(1, 3))
      ->type_name("N");
  app.add_option("--condition-dim", options.targets.condition_dim, "Dimension m2 of I")
      ->check(IntegerAtLeast(1, 3))
      ->type_name("N");
  app.add_option("--ranks", options.ranks, "Ranks w of the targets for which errors are varied")
      ->delimiter(',')
      ->check(IntegerAtLeast(1, 1024))
      ->type_name("N,N,...");
  app.add_option("--cells", options.cells, "Most cells per axis of the standard network; others get twice as many")
      ->check(IntegerAtLeast(8, 256))
      ->type_name("N");
  app.add_option("--rank-cells", options.rank_cells, "Cells per axis where the rank is varied")
      ->check(IntegerAtLeast(8, 16))
      ->type_name("N");
  app.add_option("--targets", options.random_targets, "Random targets for each size, besides those made to be hard")
      ->check(IntegerAtLeast(0, 1000))
      ->type_name("N");
  AddProgramFlags(app, options.program);
}

int Main(int argc, char** argv) {
  CLI::App app("Count all parameters of networks built for structured targets.", "total_complexity");
  TotalComplexityOptions options;
  AddFlags(app, options);
  return RunCommandLine(app, argc, argv, [&] {
    if (options.program.quick) {
      const TotalComplexityOptions quick = QuickTotalComplexity();
      if (app.get_option("--ranks")->count() == 0) options.ranks = quick.ranks;
      if (app.get_option("--cells")->count() == 0) options.cells = quick.cells;
      if (app.get_option("--targets")->count() == 0) options.random_targets = quick.random_targets;
    }
    SortAndDropRepeated(options.ranks);
    ValidateTotalComplexity(options);
    const RunFolder folder = OpenRunFolder(options.program, "total_complexity");
    return Conclude(folder, RunTotalComplexity(options, folder));
  });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
