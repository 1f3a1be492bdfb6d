// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddModels(ColorizationOptions& options, SettingTable& table) {
  table.AddChoices({.name = "sweep", .help = "What is varied"},
                   options.sweep,
                   {"layers", "conditions"},
                   [](const std::string& name) { return name; });
  table.Add({.name = "layers", .help = "Weight layers of f and e", .accepted = IntegerAtLeast(2, 1000)},
            options.layers,
            /*quick=*/{{2, 3}});
  table.Add({.name = "conditions",
             .help = "Images to train on, in the sweep of these; more than --train-images are as many",
             .accepted = IntegerAtLeast(1, 100'000'000)},
            options.conditions,
            /*quick=*/{{50, 300, 2000}});
  table.Add({.name = "conditions_layers",
             .help = "Weight layers of f and e in the sweep of conditions",
             .accepted = IntegerAtLeast(2, 1000)},
            options.conditions_layers);
  table.Add(
      {.name = "width", .help = "Units of the hidden layers of f and e", .accepted = IntegerAtLeast(1, 1'000'000)},
      options.width);
  table.AddChoice({.name = "match",
                   .help = "published: layers and units; primary: q as large as g; total: as many parameters in all"},
                  options.match,
                  {SizeMatch::kPublished, SizeMatch::kPrimary, SizeMatch::kTotal},
                  SizeMatchName);
}

void AddTraining(ColorizationOptions& options, SettingTable& table) {
  table.Add({.name = "train_images", .help = "Train on the first N images", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.train_images,
            /*quick=*/2000);
  table.Add(
      {.name = "test_images", .help = "Test on the first N test images", .accepted = IntegerAtLeast(1, 10'000'000)},
      options.test_images,
      /*quick=*/300);
  table.Add({.name = "held_out",
             .help = "Share of the pixels of each training image that is tested on instead, 0 to 0.5; 0: no seen error",
             .accepted = RealBetween(0, 0.5)},
            options.held_out);
  table.Add({.name = "seeds",
             .help = "Repetitions from consecutive seeds, of weights, batches and held out pixels",
             .accepted = IntegerAtLeast(1, 1000)},
            options.seeds);
  table.Add({.name = "epochs", .help = "Passes over the images", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs,
            /*quick=*/4);
  table.Add({.name = "batch_size",
             .help = "Images of a step, each with all its pixels",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.batch_size,
            /*quick=*/4);
  table.Add({.name = "lr", .help = "Learning rate of plain SGD", .accepted = PositiveReal()}, options.learning_rate);
}

}  // namespace

SettingTable SettingTableOf(ColorizationOptions& options) {
  SettingTable table;
  table.Add({.name = "data",
             .help = "Folder with CIFAR files, .gz or not; if not given, coloured glyphs are drawn",
             .placeholder = "DIR"},
            options.data);
  AddModels(options, table);
  AddTraining(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
