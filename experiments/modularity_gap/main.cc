// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/modularity_gap -- [--dims=1+1,1+2,2+1] [--cells=4,5,...] [--embedding-dims=1,2,4,8] ...

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string>
#include <vector>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/command_line/value_list.h"
#include "experiments/modularity_gap/modularity_gap.h"
#include "experiments/program/experiment_program.h"

namespace hyperwidth {
namespace {

void AddList(CLI::App& app, const char* flag, std::vector<int>& values, const char* help, int high) {
  app.add_option(flag, values, help)->delimiter(',')->check(IntegerAtLeast(1, high))->type_name("N,N,...");
}

void AddFlags(CLI::App& app, ModularityGapOptions& options, std::vector<std::string>& dims) {
  app.option_defaults()->always_capture_default();
  app.add_option("--dims", dims, "Dimensions of x and of I, m1+m2")
      ->delimiter(',')
      ->check(OneOf({"1+1", "1+2", "2+1"}))
      ->type_name("M+M,...");
  AddList(app, "--cells", options.cells, "Cells n per axis of x and of I, where m1 + m2 = 2", 64);
  AddList(app, "--cells-3d", options.cells_3d, "The same where m1 + m2 = 3", 16);
  AddList(app,
          "--hypernetwork-cells",
          options.hypernetwork_cells,
          "Further n for the hypernetwork alone, whose searches take less; of up to 16 bumps for each condition",
          64);
  AddList(app, "--hypernetwork-cells-3d", options.hypernetwork_cells_3d, "The same where m1 + m2 = 3", 64);
  AddList(app, "--embedding-dims", options.embedding_dims, "Embedding dimensions k, where m1 + m2 = 2", 1000);
  AddList(app, "--embedding-dims-3d", options.embedding_dims_3d, "The same where m1 + m2 = 3", 1000);
  app.add_option("--targets",
                 options.targets,
                 "Random targets of the largest n, for the hypernetwork and k = 1; smaller n have more")
      ->check(IntegerAtLeast(1, 10'000))
      ->type_name("N");
  app.add_option("--targets-3d", options.targets_3d, "The same where m1 + m2 = 3")
      ->check(IntegerAtLeast(1, 10'000))
      ->type_name("N");
  app.add_option("--targets-beyond-one", options.targets_beyond_one, "The same for k > 1")
      ->check(IntegerAtLeast(1, 10'000))
      ->type_name("N");
  app.add_option("--bumps-beyond-one", options.bumps_beyond_one, "k > 1 is tried for targets of up to N bumps")
      ->check(IntegerAtLeast(1))
      ->type_name("N");
  app.add_option("--tolerance", options.tolerance, "The error to come below, relative to the height of the bumps")
      ->check(RealStrictlyBetween(0, 1))
      ->type_name("REAL");
  app.add_option("--iterations-per-bump", options.iterations_per_bump, "Iterations of one restart, for each bump")
      ->check(IntegerAtLeast(1, 1'000'000))
      ->type_name("N");
  app.add_option("--restarts", options.restarts, "Restarts of each search for each number of units")
      ->check(IntegerAtLeast(1, 10'000))
      ->type_name("N");
  app.add_option("--searches", options.searches, "Independent searches for each target")
      ->check(IntegerAtLeast(1, 10'000))
      ->type_name("N");
  AddProgramFlags(app, options.program);
}

// The quick form, except for what the user has set.
void ApplyQuick(const CLI::App& app, ModularityGapOptions& options, std::vector<std::string>& dims) {
  const ModularityGapOptions quick = QuickModularityGap();
  const auto is_given = [&](const char* flag) { return app.get_option(flag)->count() > 0; };
  if (!is_given("--dims")) {
    dims.clear();
    for (const GapCase& gap_case : quick.dims) dims.push_back(CaseName(gap_case));
  }
  if (!is_given("--cells")) options.cells = quick.cells;
  if (!is_given("--hypernetwork-cells")) options.hypernetwork_cells = quick.hypernetwork_cells;
  if (!is_given("--embedding-dims")) options.embedding_dims = quick.embedding_dims;
  if (!is_given("--targets")) options.targets = quick.targets;
  if (!is_given("--searches")) options.searches = quick.searches;
}

int Main(int argc, char** argv) {
  CLI::App app("Find the smallest primary networks of both methods for the hardest targets, by training.",
               "modularity_gap");
  ModularityGapOptions options;
  std::vector<std::string> dims;
  for (const GapCase& gap_case : options.dims) dims.push_back(CaseName(gap_case));
  AddFlags(app, options, dims);
  return RunCommandLine(app, argc, argv, [&] {
    if (options.program.quick) ApplyQuick(app, options, dims);
    options.dims.clear();
    for (const std::string& name : dims) {
      if (std::count(dims.begin(), dims.end(), name) > 1) {
        throw std::invalid_argument("--dims: '" + name + "' more than once; accepted: each once");
      }
      options.dims.push_back(ParseGapCase(name));
    }
    for (std::vector<int>* values : {&options.cells,
                                     &options.cells_3d,
                                     &options.hypernetwork_cells,
                                     &options.hypernetwork_cells_3d,
                                     &options.embedding_dims,
                                     &options.embedding_dims_3d}) {
      SortAndDropRepeated(*values);
    }
    const RunFolder folder = OpenRunFolder(options.program, "modularity_gap");
    return Conclude(folder, RunModularityGap(options, folder));
  });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
