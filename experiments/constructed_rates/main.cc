// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/constructed_rates -- [--cells=8,16,...] [--smoothness=1,2] ...

#include <CLI/CLI.hpp>
#include <algorithm>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/constructed_rates/constructed_rates.h"
#include "experiments/program/experiment_program.h"

namespace hyperwidth {
namespace {

void SortAndDropRepeated(std::vector<int>& values) {
  std::sort(values.begin(), values.end());
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

int Main(int argc, char** argv) {
  CLI::App app("Build networks from their targets and hold their errors against what is proved.", "constructed_rates");
  ConstructedRatesOptions options;
  app.option_defaults()->always_capture_default();
  app.add_option("--smoothness", options.smoothness, "Bounded derivatives of the targets")
      ->delimiter(',')
      ->check(IntegerAtLeast(1, 2))
      ->type_name("N,N");
  app.add_option("--cells", options.cells, "Cells n of the networks, which have 3 n + 1 parameters")
      ->delimiter(',')
      ->check(IntegerAtLeast(1, 1 << 20))
      ->type_name("N,N,...");
  app.add_option("--targets", options.targets, "Random targets for each size, besides the two made to be hard for it")
      ->check(IntegerAtLeast(0, 1'000'000))
      ->type_name("N");
  AddProgramFlags(app, options.program);
  return RunCommandLine(app, argc, argv, [&] {
    if (options.program.quick) {
      const ConstructedRatesOptions quick = QuickConstructedRates();
      if (app.get_option("--cells")->count() == 0) options.cells = quick.cells;
      if (app.get_option("--targets")->count() == 0) options.targets = quick.targets;
    }
    SortAndDropRepeated(options.smoothness);
    SortAndDropRepeated(options.cells);
    const RunFolder folder = OpenRunFolder(options.program, "constructed_rates");
    return Conclude(folder, RunConstructedRates(options, folder));
  });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
