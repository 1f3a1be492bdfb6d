// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/assumption2.h"

#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>

#include "experiments/assumption2/width_verdicts.h"
#include "experiments/command_line/command_line.h"
#include "experiments/command_line/flag_checks.h"
#include "experiments/program/run_config.h"
#include "training/data/glyphs.h"
#include "training/data/idx.h"
#include "training/data/image_folder.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads

TrainerOptions TrainerOptionsOf(const Assumption2Options& options, std::uint64_t seed) {
  TrainerOptions trainer;
  trainer.optimizer.method = OptimizerMethod::kAdadelta;
  trainer.optimizer.learning_rate = options.learning_rate;
  trainer.epochs = static_cast<Index>(options.epochs);
  trainer.batch_size = static_cast<Index>(options.batch_size);
  trainer.seed = seed;
  trainer.threads = kThreads;
  return trainer;
}

// The unit vectors of the images that are left of those that the labels are of.
Matrix<float> Answers(std::vector<std::uint8_t> labels, std::int64_t images, Index classes) {
  labels.resize(static_cast<std::size_t>(images));
  return UnitVectors(labels, classes);
}

void RequireLabels(const ImageSet& images, const std::vector<std::uint8_t>& labels) {
  if (static_cast<std::int64_t>(labels.size()) == images.count) return;
  throw std::runtime_error(images.source + ": found " + std::to_string(labels.size()) +
                           " labels, accepted: one for each image");
}

WidthImages Labelled(TrainTestImages images,
                     const TrainTestLabels& labels,
                     Index classes,
                     const Assumption2Options& options) {
  RequireLabels(images.train, labels.train);
  RequireLabels(images.test, labels.test);
  images = FirstImages(std::move(images), options.train_images, options.test_images);
  WidthImages data;
  data.train = Answers(labels.train, images.train.count, classes);
  data.test = Answers(labels.test, images.test.count, classes);
  data.images = std::make_shared<const ImageInputs>(std::move(images));
  return data;
}

}  // namespace

SettingTable SettingTableOf(Assumption2Options& options) {
  SettingTable table;
  table.Add(
      {.name = "data",
       .help = "Folder with MNIST's files, or others of their names, or torchvision's root; if not given, glyphs are "
               "drawn",
       .placeholder = "DIR"},
      options.data);
  table.AddChoices(
      {.name = "activations", .help = "Of the hidden layer"},
      options.activations,
      {Function::kRelu,
       Function::kLeakyRelu,
       Function::kElu,
       Function::kTanh,
       Function::kSigmoid,
       Function::kGelu,
       Function::kSoftplus,
       Function::kSine},
      [](Function function) { return Name(function); },
      /*quick=*/std::vector<Function>{Function::kRelu, Function::kElu});
  table.Add({.name = "widths", .help = "Hidden units: 1 to N", .accepted = IntegerAtLeast(2, 10'000)},
            options.widths,
            /*quick=*/12);
  table.Add(
      {.name = "seeds", .help = "Trainings of each width, from consecutive seeds", .accepted = IntegerAtLeast(1, 1000)},
      options.seeds,
      /*quick=*/6);
  table.Add({.name = "train_images", .help = "Train on the first N images", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.train_images,
            /*quick=*/3000);
  table.Add(
      {.name = "test_images", .help = "Test on the first N test images", .accepted = IntegerAtLeast(1, 10'000'000)},
      options.test_images,
      /*quick=*/1000);
  table.Add({.name = "epochs", .help = "Passes over the images", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs);
  table.Add({.name = "batch_size", .help = "Images per training step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size);
  table.Add({.name = "lr", .help = "Learning rate of Adadelta", .accepted = PositiveReal()}, options.learning_rate);
  AddProgramSettings(options.program, table);
  return table;
}

WidthImages LoadLabelledImages(const Assumption2Options& options) {
  if (!options.data.empty()) {
    const std::filesystem::path folder = FindImages(UserPath(options.data));
    return Labelled(LoadMnist(folder), LoadMnistLabels(folder), kMnistClasses, options);
  }
  const std::uint64_t seed = options.program.seed;
  return Labelled({.train = DrawGlyphs(options.train_images, seed, Split::kTrain),
                   .test = DrawGlyphs(options.test_images, seed, Split::kTest)},
                  {.train = GlyphLabels(options.train_images, seed, Split::kTrain),
                   .test = GlyphLabels(options.test_images, seed, Split::kTest)},
                  kGlyphShapes,
                  options);
}

std::vector<Trial> WidthTrials(const WidthImages& data, const Assumption2Options& options) {
  std::vector<Trial> trials;
  for (const Function activation : options.activations) {
    for (int width = 1; width <= options.widths; ++width) {
      for (int i = 0; i < options.seeds; ++i) {
        const std::uint64_t seed = options.program.seed + static_cast<std::uint64_t>(i);
        trials.push_back(
            {.values = {{"activation", Name(activation)}, {"width", static_cast<std::int64_t>(width)}, {"seed", seed}},
             .work = 10.0 + width,  // images are read whatever the width
             .measure = [&data, activation, width, seed, options](const StopRequest& stop) {
               return Fields{
                   {"test_error", TestErrorOfWidth(data, activation, width, TrainerOptionsOf(options, seed), stop)}};
             }});
      }
    }
  }
  return trials;
}

std::vector<WidthCell> WidthCells(const Assumption2Options& options, const TrialOutcomes& outcomes) {
  std::vector<WidthCell> cells;
  auto outcome = outcomes.outcomes.begin();
  for (const Function activation : options.activations) {
    cells.push_back({.activation = activation});
    for (int width = 1; width <= options.widths; ++width) {
      std::vector<double>& errors = cells.back().errors.emplace_back();
      for (int i = 0; i < options.seeds; ++i, ++outcome) {
        const bool is_there = IsComplete(*outcome);
        errors.push_back(is_there ? OutcomeValue<double>((*outcome)->values, "test_error")
                                  : std::numeric_limits<double>::quiet_NaN());
      }
    }
  }
  return cells;
}

Result RunAssumption2(const Assumption2Options& options, const WidthImages& data, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const TrialOutcomes found = RunTrialsInFolder(WidthTrials(data, options),
                                                folder,
                                                StudyOf("assumption2", settings),
                                                TrialOptionsOf(options.program, "assumption2", TrialEnds::kAny));
  Result result = SummariseAssumption2(options, WidthCells(options, found));
  result.settings = settings;
  result.provenance =
      CommonProvenance(options.program, options.data.empty() ? "glyphs drawn from the seed" : options.data);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

Result RunAssumption2(const Assumption2Options& options, const RunFolder& folder) {
  return RunAssumption2(options, LoadLabelledImages(options), folder);
}

}  // namespace hyperwidth
