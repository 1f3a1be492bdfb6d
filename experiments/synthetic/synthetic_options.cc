// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddPairs(PublishedPairOptions& pairs, SettingTable& table) {
  PublishedPairOptions quick = pairs;
  quick.layers = {2, 3, 4};
  quick.conditions = {100, 1000, 10'000};
  quick.conditions_layers = 3;
  quick.width = 50;
  quick.batch_size = 50;
  AddPairSettings({"layers", "embedding", "conditions"},
                  {.conditions = "Conditions that the training samples share, each at most --samples",
                   .seeds = "target, samples, weights and batches; published: 100",
                   .samples = "samples",
                   .batch_size = "Samples of a step",
                   .validation = "samples of other conditions"},
                  quick,
                  pairs,
                  table);
}

void AddTargets(SyntheticOptions& options, SettingTable& table) {
  table.Add({.name = "size", .help = "Entries of x, and of I", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.size,
            /*quick=*/30);
  table.Add({.name = "embedding_size",
             .help = "Entries of x, and of I, in the embedding sweep",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.embedding_size,
            /*quick=*/20);
  table.Add({.name = "samples", .help = "Samples to train on", .accepted = IntegerAtLeast(1, 100'000'000)},
            options.samples,
            /*quick=*/10'000);
  table.Add({.name = "test_samples",
             .help = "Samples to test on, of unseen conditions, and as many of seen ones",
             .accepted = IntegerAtLeast(1, 100'000'000)},
            options.test_samples,
            /*quick=*/2000);
}

}  // namespace

SettingTable SettingTableOf(SyntheticOptions& options) {
  SettingTable table;
  table.Add({.name = "types", .help = "Targets: 1, 2 and 3 of the paper", .accepted = IntegerAtLeast(1, 3)},
            options.types,
            /*quick=*/{{2, 3}});
  AddPairs(options.pairs, table);
  table.Add({.name = "dims",
             .help = "Steps i of the embedding sweep: e has 10 d i outputs, f's last hidden layer i times its units",
             .accepted = IntegerAtLeast(1, 1000)},
            options.dims,
            /*quick=*/{{1, 4}});
  AddTargets(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
