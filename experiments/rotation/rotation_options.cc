// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_options.h"

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddImages(RotationOptions& options, SettingTable& table) {
  table.Add({.name = "data",
             .help = "Folder with MNIST (IDX) or CIFAR-10 files, .gz or not; if not given, glyphs are drawn",
             .placeholder = "DIR"},
            options.data);
  table.AddChoice({.name = "labels",
                   .help = "circular: the nearest class on the circle; published: as in the published code",
                   .placeholder = "RULE"},
                  options.labels,
                  {RotationLabels::kCircular, RotationLabels::kPublished},
                  RotationLabelsName);
  table.Add({.name = "depths",
             .help = "Depths of f and e, which have depth + 2 weight layers",
             .accepted = IntegerAtLeast(1, 1000)},
            options.depths,
            /*quick=*/std::vector<int>{2});
  table.Add({.name = "repetitions",
             .help = "Runs of each model and depth, from consecutive seeds",
             .accepted = IntegerAtLeast(1, 1000)},
            options.repetitions,
            /*quick=*/5);
  table.Add({.name = "train_images", .help = "Train on the first N images", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.train_images,
            /*quick=*/6000);
  table.Add(
      {.name = "test_images", .help = "Test on the first N test images", .accepted = IntegerAtLeast(1, 10'000'000)},
      options.test_images,
      /*quick=*/2000);
}

void AddTraining(RotationOptions& options, SettingTable& table) {
  // A learning rate means nothing without its optimiser: the quick form has all of these or none.
  const std::string together = "optimizer";
  table.AddChoice({.name = "optimizer", .help = "sgd, adam, adamw or adadelta", .quick_with = together},
                  options.optimizer.method,
                  {OptimizerMethod::kSgd, OptimizerMethod::kAdam, OptimizerMethod::kAdamW, OptimizerMethod::kAdadelta},
                  OptimizerMethodName,
                  /*quick=*/OptimizerMethod::kAdam);
  table.Add({.name = "lr", .help = "Learning rate", .accepted = PositiveReal(), .quick_with = together},
            options.optimizer.learning_rate,
            /*quick=*/1e-3);
  table.Add({.name = "momentum", .help = "Momentum of SGD", .accepted = RealFrom(0, 1), .quick_with = together},
            options.optimizer.momentum);
  table.Add({.name = "weight_decay",
             .help = "Added to the gradient, times the parameter; for adamw, taken off the parameter",
             .accepted = RealFrom(0)},
            options.optimizer.weight_decay);
  table.Add({.name = "epochs", .help = "Passes over the training images", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs,
            /*quick=*/5);
  table.Add({.name = "batch_size", .help = "Images per training step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size);
  table.AddChoice({.name = "precision", .help = "float or double: numbers to train with"},
                  options.precision,
                  {Precision::kFloat, Precision::kDouble},
                  PrecisionName);
}

}  // namespace

SettingTable SettingTableOf(RotationOptions& options) {
  SettingTable table;
  AddImages(options, table);
  AddTraining(options, table);
  AddProgramSettings(options.program, table);
  return table;
}

bool IsShortBudget(const RotationOptions& options) {
  const RotationOptions published;
  return 10.0 * static_cast<double>(options.train_images) * static_cast<double>(options.epochs) <
         static_cast<double>(published.train_images) * static_cast<double>(published.epochs);
}

}  // namespace hyperwidth
