// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddSweeps(SyntheticOptions& options, SettingTable& table) {
  table.Add({.name = "types", .help = "Targets: 1, 2 and 3 of the paper", .accepted = IntegerAtLeast(1, 3)},
            options.types,
            /*quick=*/{{2, 3}});
  table.AddChoices({.name = "sweep", .help = "What is varied"},
                   options.sweep,
                   {"layers", "embedding", "conditions"},
                   [](const std::string& name) { return name; });
  table.Add({.name = "layers", .help = "Weight layers of f and e", .accepted = IntegerAtLeast(2, 1000)},
            options.layers,
            /*quick=*/{{2, 3, 4}});
  table.Add({.name = "dims",
             .help = "Steps i of the embedding sweep: e has 10 d i outputs, f's last hidden layer i times its units",
             .accepted = IntegerAtLeast(1, 1000)},
            options.dims,
            /*quick=*/{{1, 4}});
  table.Add({.name = "conditions",
             .help = "Conditions that the training samples share, each at most --samples",
             .accepted = IntegerAtLeast(1, 100'000'000)},
            options.conditions,
            /*quick=*/{{100, 1000, 10'000}});
  table.Add({.name = "conditions_layers",
             .help = "Weight layers of f and e in the sweep of conditions",
             .accepted = IntegerAtLeast(2, 1000)},
            options.conditions_layers,
            /*quick=*/3);
}

void AddSizes(SyntheticOptions& options, SettingTable& table) {
  table.Add({.name = "size", .help = "Entries of x, and of I", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.size,
            /*quick=*/30);
  table.Add({.name = "embedding_size",
             .help = "Entries of x, and of I, in the embedding sweep",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.embedding_size,
            /*quick=*/20);
  table.Add(
      {.name = "width", .help = "Units of the hidden layers of f and e", .accepted = IntegerAtLeast(1, 1'000'000)},
      options.width,
      /*quick=*/50);
  table.AddChoice({.name = "match",
                   .help = "published: layers and units; primary: q as large as g; total: as many parameters in all"},
                  options.match,
                  {SizeMatch::kPublished, SizeMatch::kPrimary, SizeMatch::kTotal},
                  SizeMatchName);
}

void AddTraining(SyntheticOptions& options, SettingTable& table) {
  table.Add({.name = "samples", .help = "Samples to train on", .accepted = IntegerAtLeast(1, 100'000'000)},
            options.samples,
            /*quick=*/10'000);
  table.Add({.name = "test_samples",
             .help = "Samples to test on, of unseen conditions, and as many of seen ones",
             .accepted = IntegerAtLeast(1, 100'000'000)},
            options.test_samples,
            /*quick=*/2000);
  table.Add({.name = "seeds",
             .help = "Repetitions from consecutive seeds, of target, samples, weights and batches; published: 100",
             .accepted = IntegerAtLeast(1, 1000)},
            options.seeds);
  table.Add({.name = "epochs", .help = "Passes over the samples", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs);
  table.Add({.name = "batch_size", .help = "Samples of a step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size,
            /*quick=*/50);
  table.Add({.name = "lr", .help = "Learning rate of plain SGD", .accepted = PositiveReal()}, options.learning_rate);
}

}  // namespace

SettingTable SettingTableOf(SyntheticOptions& options) {
  SettingTable table;
  AddSweeps(options, table);
  AddSizes(options, table);
  AddTraining(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
