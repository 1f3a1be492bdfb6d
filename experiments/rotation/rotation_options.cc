// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_options.h"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "experiments/command_line/flag_checks.h"

namespace hyperwidth {
namespace {

void AddSweep(RotationOptions& options, SettingTable& table) {
  table.AddChoice(
      {.name = "sweep",
       .help = "What the models are compared along: depth (of f and e), lr, embedding or conditions (how "
               "many images are trained on)"},
      options.sweep,
      {RotationSweep::kDepth, RotationSweep::kLearningRate, RotationSweep::kEmbedding, RotationSweep::kConditions},
      RotationSweepName);
  table.AddChoice({.name = "match",
                   .help = "What is equal: published (depth and widths), hidden_units (with biases in both), primary "
                           "or total (parameters), or kappa"},
                  options.match,
                  {RotationMatch::kPublished,
                   RotationMatch::kHiddenUnits,
                   RotationMatch::kPrimary,
                   RotationMatch::kTotal,
                   RotationMatch::kKappa},
                  RotationMatchName);
  table.Add(
      {.name = "extra_layers",
       .help = "Hidden layers of f beyond those of e: 1 in the published code of --sweep=embedding, 0 in the paper",
       .accepted = IntegerAtLeast(0, 1000)},
      options.extra_layers);
  table.Add({.name = "depths",
             .help = "Depths of f and e, which have depth + 2 weight layers",
             .accepted = IntegerAtLeast(1, 1000)},
            options.depths,
            /*quick=*/std::vector<int>{2});
  table.Add({.name = "learning_rates",
             .help = "Of --sweep=lr, at depth 4; by default the published ones",
             .accepted = PositiveReal()},
            options.learning_rates,
            /*quick=*/std::vector<double>{3e-4, 3e-3});
  table.Add({.name = "embedding_dims",
             .help = "Outputs of e in --sweep=embedding, where f and e have one hidden layer; by default the published "
                     "ones and smaller ones down to 2",
             .accepted = IntegerAtLeast(1, 1'000'000)},
            options.embedding_dims,
            /*quick=*/std::vector<std::int64_t>{2, 100, 1000});
  table.Add({.name = "condition_counts",
             .help = "Training images of --sweep=conditions, at depth 4: the first N, for as many steps each",
             .accepted = IntegerAtLeast(1, 10'000'000)},
            options.condition_counts,
            /*quick=*/std::vector<std::int64_t>{300, 1000, 6000});
}

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
  table.Add(
      {.name = "validation_images",
       .help =
           "Hold back the last N training images: the epoch with the lowest loss on them counts, or they choose in a "
           "search, for which 0 is a sixth of the images",
       .accepted = IntegerAtLeast(0, 10'000'000)},
      options.validation_images);
}

void AddSchedule(LearningRateSchedule& schedule, SettingTable& table) {
  table.AddChoice({.name = "schedule", .help = "Of the learning rate: constant, step, exponential or cosine"},
                  schedule.shape,
                  {ScheduleShape::kConstant, ScheduleShape::kStep, ScheduleShape::kExponential, ScheduleShape::kCosine},
                  ScheduleShapeName);
  table.Add({.name = "warm_up",
             .help = "Steps over which the learning rate rises to its value",
             .accepted = IntegerAtLeast(0, 1'000'000'000)},
            schedule.warm_up);
  table.Add({.name = "schedule_period",
             .help = "Steps of the schedule's period; 0: all after the warm-up if cosine, else an epoch",
             .accepted = IntegerAtLeast(0, 1'000'000'000)},
            schedule.period);
  table.Add({.name = "schedule_decay",
             .help = "Factor of the learning rate for each period, if step or exponential",
             .accepted = PositiveReal()},
            schedule.decay);
  table.Add({.name = "schedule_floor",
             .help = "Share of the learning rate at which cosine ends, 0 to 1",
             .accepted = RealFrom(0)},
            schedule.floor);
}

void AddTraining(RotationOptions& options, SettingTable& table) {
  table.AddChoice({.name = "optimizer", .help = "sgd, adam, adamw or adadelta"},
                  options.optimizer.method,
                  {OptimizerMethod::kSgd, OptimizerMethod::kAdam, OptimizerMethod::kAdamW, OptimizerMethod::kAdadelta},
                  OptimizerMethodName);
  table.Add({.name = "lr", .help = "Learning rate", .accepted = PositiveReal()}, options.optimizer.learning_rate);
  table.Add({.name = "momentum", .help = "Momentum of SGD", .accepted = RealFrom(0, 1)}, options.optimizer.momentum);
  table.Add({.name = "weight_decay",
             .help = "Added to the gradient, times the parameter; for adamw, taken off the parameter",
             .accepted = RealFrom(0)},
            options.optimizer.weight_decay);
  table.Add({.name = "max_gradient_norm",
             .help = "Clip gradients to this Euclidean norm; 0: do not",
             .accepted = RealFrom(0)},
            options.max_gradient_norm);
  AddSchedule(options.schedule, table);
  table.Add({.name = "epochs", .help = "Passes over the training images", .accepted = IntegerAtLeast(1, 1'000'000)},
            options.epochs,
            /*quick=*/5);
  table.Add({.name = "patience",
             .help = "Stop after N epochs without a lower validation loss; 0: do not",
             .accepted = IntegerAtLeast(0, 1'000'000)},
            options.patience);
  table.Add({.name = "batch_size", .help = "Images per training step", .accepted = IntegerAtLeast(1, 10'000'000)},
            options.batch_size);
  table.AddChoice({.name = "precision", .help = "float or double: numbers to train with"},
                  options.precision,
                  {Precision::kFloat, Precision::kDouble},
                  PrecisionName);
}

}  // namespace

std::string RotationSweepName(RotationSweep sweep) {
  switch (sweep) {
    case RotationSweep::kLearningRate:
      return "lr";
    case RotationSweep::kEmbedding:
      return "embedding";
    case RotationSweep::kConditions:
      return "conditions";
    case RotationSweep::kDepth:
      break;
  }
  return "depth";
}

std::vector<double> PublishedLearningRates() {
  std::vector<double> rates;
  for (int j = 2; j <= 9; ++j) rates.push_back(1e-4 * std::pow(10.0, j / 4.0));
  return rates;
}

std::vector<std::int64_t> SweptEmbeddingDims() {
  std::vector<std::int64_t> dims = {2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000};
  for (std::int64_t i = 1; i <= 8; ++i) dims.push_back(kEmbeddingDimStep * i);
  return dims;
}

std::vector<std::int64_t> CountsUpTo(std::int64_t images, std::vector<std::int64_t> counts) {
  for (std::int64_t& count : counts) count = std::min(count, images);
  std::sort(counts.begin(), counts.end());
  counts.erase(std::unique(counts.begin(), counts.end()), counts.end());
  return counts;
}

SettingTable SettingTableOf(RotationOptions& options) {
  SettingTable table;
  AddSweep(options, table);
  AddImages(options, table);
  AddTraining(options, table);
  AddSearchSettings({.validation = "validation images", .place = "depth"}, options.search, table);
  AddProgramSettings(options.program, table);
  return table;
}

Index StepsOfEpoch(const RotationOptions& options, std::int64_t images) {
  return static_cast<Index>((images - options.validation_images + options.batch_size - 1) / options.batch_size);
}

TrainerOptions TrainerOptionsOf(const RotationOptions& options, std::int64_t images, std::uint64_t seed) {
  if (options.validation_images >= images) {
    throw std::invalid_argument("--validation-images: found " + std::to_string(options.validation_images) +
                                ", accepted: fewer than the " + std::to_string(images) + " training images");
  }
  if (options.patience > 0 && options.validation_images == 0) {
    throw std::invalid_argument("--patience: found " + std::to_string(options.patience) +
                                " without --validation-images, accepted: with at least one");
  }
  const Index steps_of_epoch = StepsOfEpoch(options, images);
  TrainerOptions trainer{.optimizer = options.optimizer,
                         .epochs = options.epochs,
                         .batch_size = options.batch_size,
                         .seed = seed,
                         .patience = options.patience,
                         .threads = ResolvedThreads(options.program)};
  if (options.max_gradient_norm > 0) trainer.optimizer.max_gradient_norm = options.max_gradient_norm;
  LearningRateSchedule& schedule = trainer.optimizer.schedule;
  schedule = options.schedule;
  if (schedule.shape != ScheduleShape::kConstant && schedule.period == 0) {
    const bool is_cosine = schedule.shape == ScheduleShape::kCosine;
    schedule.period =
        is_cosine ? std::max<Index>(steps_of_epoch * options.epochs - schedule.warm_up, 1) : steps_of_epoch;
  }
  Validate(trainer);
  return trainer;
}

RotationOptions SearchedOptions(const RotationOptions& options, std::int64_t images) {
  RotationOptions searched = options;
  if (searched.validation_images == 0) searched.validation_images = images / kSearchValidationShare;
  if (searched.validation_images == 0 || searched.validation_images >= images) {
    throw std::invalid_argument("--validation-images: found " + std::to_string(searched.validation_images) +
                                " with --search, accepted: 1 or more, and fewer than the " + std::to_string(images) +
                                " training images");
  }
  if (options.sweep == RotationSweep::kLearningRate || options.sweep == RotationSweep::kConditions) {
    throw std::invalid_argument("--sweep: found " + RotationSweepName(options.sweep) +
                                " with --search, accepted: depth or embedding, because a search chooses the learning "
                                "rate, and on all images");
  }
  if (options.patience > 0) {
    throw std::invalid_argument("--patience: found " + std::to_string(options.patience) +
                                " with --search, accepted: 0, because all trials have the same budget");
  }
  return searched;
}

bool IsShortBudget(const RotationOptions& options) {
  const RotationOptions published;
  return 10.0 * static_cast<double>(options.train_images) * static_cast<double>(options.epochs) <
         static_cast<double>(published.train_images) * static_cast<double>(published.epochs);
}

}  // namespace hyperwidth
