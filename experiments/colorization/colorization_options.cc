// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddPairs(PublishedPairOptions& pairs, SettingTable& table) {
  PublishedPairOptions quick = pairs;
  quick.layers = {2, 3};
  quick.conditions = {50, 300, 2000};
  quick.epochs = 4;
  quick.batch_size = 4;
  AddPairSettings({"layers", "conditions"},
                  {.conditions = "Images to train on, in the sweep of these; more than --train-images are as many",
                   .seeds = "weights, batches and held out pixels",
                   .samples = "images",
                   .batch_size = "Images of a step, each with all its pixels",
                   .validation = "a sixth of the training images"},
                  quick,
                  pairs,
                  table);
}

void AddImages(ColorizationOptions& options, SettingTable& table) {
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
}

}  // namespace

SettingTable SettingTableOf(ColorizationOptions& options) {
  SettingTable table;
  table.Add({.name = "data",
             .help = "Folder with CIFAR files, .gz or not; if not given, coloured glyphs are drawn",
             .placeholder = "DIR"},
            options.data);
  AddPairs(options.pairs, table);
  AddImages(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

}  // namespace hyperwidth
