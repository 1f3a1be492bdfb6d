// SPDX-License-Identifier: Apache-2.0
//
// bazel run //experiments/rotation -- [--data=DIR] [--labels=circular|published] [--depths=2,4] ...

#include <CLI/CLI.hpp>
#include <string>

#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/command_line/value_list.h"
#include "experiments/program/experiment_program.h"
#include "experiments/rotation/rotation_experiment.h"

namespace hyperwidth {
namespace {

// The flags as text where the options hold an enumeration.
struct Words {
  std::string labels = "circular";
  std::string optimizer = "sgd";
  std::string precision = "float";
};

void AddFlags(CLI::App& app, RotationOptions& options, Words& words) {
  app.option_defaults()->always_capture_default();
  app.add_option(
         "--data", options.data, "Folder with MNIST (IDX) or CIFAR-10 files, .gz or not; none: glyphs are drawn")
      ->type_name("DIR");
  app.add_option(
         "--labels", words.labels, "circular: the nearest class on the circle; published: as in the published code")
      ->check(OneOf({"circular", "published"}))
      ->type_name("RULE");
  app.add_option("--depths", options.depths, "Depths of f and e, which have depth + 2 weight layers")
      ->delimiter(',')
      ->check(IntegerAtLeast(1, 1000))
      ->type_name("N,N,...");
  app.add_option("--repetitions", options.repetitions, "Runs of each model and depth, from consecutive seeds")
      ->check(IntegerAtLeast(1, 1000))
      ->type_name("N");
  app.add_option("--train-images", options.train_images, "Train on the first N images")
      ->check(IntegerAtLeast(1, 10'000'000))
      ->type_name("N");
  app.add_option("--test-images", options.test_images, "Test on the first N test images")
      ->check(IntegerAtLeast(1, 10'000'000))
      ->type_name("N");
  app.add_option("--optimizer", words.optimizer, "sgd or adam")->check(OneOf({"sgd", "adam"}))->type_name("NAME");
  app.add_option("--lr", options.optimizer.learning_rate, "Learning rate")->check(PositiveReal())->type_name("REAL");
  app.add_option("--momentum", options.optimizer.momentum, "Momentum of SGD")->check(RealFrom(0, 1))->type_name("REAL");
  app.add_option("--weight-decay", options.optimizer.weight_decay, "Added to the gradient, times the parameter")
      ->check(RealFrom(0))
      ->type_name("REAL");
  app.add_option("--epochs", options.epochs, "Passes over the training images")
      ->check(IntegerAtLeast(1, 1'000'000))
      ->type_name("N");
  app.add_option("--batch-size", options.batch_size, "Images per training step")
      ->check(IntegerAtLeast(1, 10'000'000))
      ->type_name("N");
  app.add_option("--precision", words.precision, "float or double: numbers to train with")
      ->check(OneOf({"float", "double"}))
      ->type_name("NAME");
  AddProgramFlags(app, options.program);
}

bool IsGiven(const CLI::App& app, const char* flag) { return app.get_option(flag)->count() > 0; }

// The quick form, except for what the user has set.
void ApplyQuick(const CLI::App& app, RotationOptions& options, Words& words) {
  const RotationOptions quick = QuickRotation();
  if (!IsGiven(app, "--depths")) options.depths = quick.depths;
  if (!IsGiven(app, "--repetitions")) options.repetitions = quick.repetitions;
  if (!IsGiven(app, "--train-images")) options.train_images = quick.train_images;
  if (!IsGiven(app, "--test-images")) options.test_images = quick.test_images;
  if (!IsGiven(app, "--epochs")) options.epochs = quick.epochs;
  // A learning rate means nothing without its optimiser: the pair is replaced together or not at all.
  if (!IsGiven(app, "--optimizer") && !IsGiven(app, "--lr") && !IsGiven(app, "--momentum")) {
    words.optimizer = OptimizerMethodName(quick.optimizer.method);
    options.optimizer.learning_rate = quick.optimizer.learning_rate;
  }
}

int Main(int argc, char** argv) {
  CLI::App app("Predict by how much an image was rotated: a hypernetwork against an embedding.", "rotation");
  RotationOptions options;
  Words words;
  AddFlags(app, options, words);
  return RunCommandLine(app, argc, argv, [&] {
    if (options.program.quick) ApplyQuick(app, options, words);
    options.labels = ParseRotationLabels(words.labels);
    options.optimizer.method = ParseOptimizerMethod(words.optimizer);
    options.precision = ParsePrecision(words.precision);
    Validate(options.optimizer);
    SortAndDropRepeated(options.depths);
    // Data first: a mistake there must not leave an empty folder behind.
    const TrainTestImages images = LoadRotationImages(options);
    const RunFolder folder = OpenRunFolder(options.program, "rotation");
    return Conclude(folder, RunRotation(options, images, folder));
  });
}

}  // namespace
}  // namespace hyperwidth

int main(int argc, char** argv) { return hyperwidth::Main(argc, argv); }
