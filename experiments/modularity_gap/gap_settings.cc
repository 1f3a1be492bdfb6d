// SPDX-License-Identifier: Apache-2.0
#include "experiments/command_line/flag_checks.h"
#include "experiments/modularity_gap/modularity_gap.h"

namespace hyperwidth {
namespace {

void AddCells(ModularityGapOptions& options, SettingTable& table) {
  table.Add(
      {.name = "cells", .help = "Cells n per axis of x and of I, where m1 + m2 = 2", .accepted = IntegerAtLeast(1, 64)},
      options.cells,
      /*quick=*/{{4, 5, 6, 7, 8}});
  table.Add({.name = "cells_3d", .help = "The same where m1 + m2 = 3", .accepted = IntegerAtLeast(1, 16)},
            options.cells_3d);
  table.Add({.name = "hypernetwork_cells",
             .help = "Further n for the hypernetwork alone, whose searches take less; of up to 16 bumps for each "
                     "condition; or none",
             .accepted = IntegerAtLeast(1, 64),
             .may_be_empty = true},
            options.hypernetwork_cells,
            /*quick=*/std::vector<int>());
  table.Add({.name = "hypernetwork_cells_3d",
             .help = "The same where m1 + m2 = 3",
             .accepted = IntegerAtLeast(1, 64),
             .may_be_empty = true},
            options.hypernetwork_cells_3d);
  table.Add({.name = "computed_cells",
             .help = "Further n at which the hypernetwork's least sizes are computed, where m1 = 1; or none",
             .accepted = IntegerAtLeast(1, 1'000'000),
             .may_be_empty = true},
            options.computed_cells,
            /*quick=*/{{16, 32, 64, 128, 256, 512}});
}

void AddTargets(ModularityGapOptions& options, SettingTable& table) {
  table.Add({.name = "targets",
             .help = "Random targets of the largest n, for the hypernetwork and k = 1; smaller n have more",
             .accepted = IntegerAtLeast(1, 10'000)},
            options.targets,
            /*quick=*/4);
  table.Add({.name = "targets_3d", .help = "The same where m1 + m2 = 3", .accepted = IntegerAtLeast(1, 10'000)},
            options.targets_3d);
  table.Add({.name = "targets_beyond_one", .help = "The same for k > 1", .accepted = IntegerAtLeast(1, 10'000)},
            options.targets_beyond_one);
  table.Add({.name = "bumps_beyond_one",
             .help = "k > 1 is tried for targets of up to N bumps",
             .accepted = IntegerAtLeast(1)},
            options.bumps_beyond_one);
}

void AddSearch(ModularityGapOptions& options, SettingTable& table) {
  table.Add({.name = "tolerance",
             .help = "The error to come below, relative to the height of the bumps",
             .accepted = RealStrictlyBetween(0, 1)},
            options.tolerance);
  table.Add({.name = "iterations_per_bump",
             .help = "Iterations of one restart, for each bump",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.iterations_per_bump);
  table.Add({.name = "restarts",
             .help = "Restarts of each search for each number of units",
             .accepted = IntegerAtLeast(1, 10'000)},
            options.restarts);
  table.Add({.name = "searches", .help = "Independent searches for each target", .accepted = IntegerAtLeast(1, 10'000)},
            options.searches);
}

}  // namespace

SettingTable SettingTableOf(ModularityGapOptions& options) {
  SettingTable table;
  table.AddChoices({.name = "dims", .help = "Dimensions of x and of I, m1+m2", .placeholder = "M+M,..."},
                   options.dims,
                   {{1, 1}, {1, 2}, {2, 1}},
                   CaseName,
                   /*quick=*/{{{1, 1}}});
  AddCells(options, table);
  table.Add({.name = "embedding_dims",
             .help = "Embedding dimensions k, where m1 + m2 = 2",
             .accepted = IntegerAtLeast(1, 1000)},
            options.embedding_dims,
            /*quick=*/std::vector<int>{1});
  table.Add({.name = "embedding_dims_3d", .help = "The same where m1 + m2 = 3", .accepted = IntegerAtLeast(1, 1000)},
            options.embedding_dims_3d);
  AddTargets(options, table);
  AddSearch(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
