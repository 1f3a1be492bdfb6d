// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/constructed_rates -- [--smoothness=1,2] [--methods=spline,hypernetwork,factorised] ...

#include <CLI/CLI.hpp>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/command_line/value_list.h"
#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/program/experiment_program.h"

namespace hyperwidth {
namespace {

int Main(int argc, char** argv) {
  CLI::App app("Build networks from their targets and hold their errors against what is proved.", "constructed_rates");
  ConstructedRatesOptions options;
  app.option_defaults()->always_capture_default();
  app.add_option("--smoothness", options.smoothness, "Bounded derivatives of the targets")
      ->delimiter(',')
      ->check(IntegerAtLeast(1, 2))
      ->type_name("N,N");
  app.add_option(
         "--methods", options.methods, "Which networks: spline, hypernetwork (theorem 4), factorised (theorem 5)")
      ->delimiter(',')
      ->check(CLI::IsMember({"spline", "hypernetwork", "factorised"}))
      ->type_name("NAME,...");
  app.add_option("--values", options.values, "Build networks of up to so many nodal values")
      ->check(IntegerAtLeast(100, 10'000'000))
      ->type_name("N");
  app.add_option("--targets", options.targets, "Random targets for each size, besides those made to be hard for it")
      ->check(IntegerAtLeast(0, 10'000))
      ->type_name("N");
  AddProgramFlags(app, options.program);
  return RunCommandLine(app, argc, argv, [&] {
    if (options.program.quick) {
      const ConstructedRatesOptions quick = QuickConstructedRates();
      if (app.get_option("--values")->count() == 0) options.values = quick.values;
      if (app.get_option("--targets")->count() == 0) options.targets = quick.targets;
    }
    SortAndDropRepeated(options.smoothness);
    SortAndDropRepeated(options.methods);
    const RunFolder folder = OpenRunFolder(options.program, "constructed_rates");
    return Conclude(folder, RunConstructedRates(options, folder));
  });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
