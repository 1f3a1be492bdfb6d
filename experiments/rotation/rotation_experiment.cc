// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/program/run_config.h"
#include "experiments/rotation/rotation_run.h"
#include "experiments/rotation/rotation_sweep.h"
#include "training/data/glyphs.h"
#include "training/data/image_folder.h"
#include "training/trials/run_trials.h"

namespace hyperwidth {
namespace {

// MNIST is shown at its customary scale, everything else at its own.
PixelScale ScaleFor(const TrainTestImages& images) {
  const PixelScale measured = MeasurePixelScale(images.train);
  const bool is_mnist = std::abs(measured.mean - kMnistPixelScale.mean) < 1e-3 &&
                        std::abs(measured.deviation - kMnistPixelScale.deviation) < 1e-3;
  return is_mnist ? kMnistPixelScale : measured;
}

// Two lines of headings and a row for each run, in columns of the same widths.
constexpr const char* kRow = "{:<12} {:>5} {:>5}  {:>10} {:>8} {:>9}  {:>10} {:>10}  {:>8} {:>8} {:>8}  {}\n";

void PrintHeader() {
  fmt::print(fmt::runtime(kRow),
             "",
             "",
             "",
             "trainable",
             "primary",
             "generator",
             "mult-adds",
             "same, I",
             "train",
             "test",
             "",
             "");
  fmt::print(fmt::runtime(kRow),
             "model",
             "depth",
             "seed",
             "parameters",
             "network",
             "network",
             "per sample",
             "known",
             "loss",
             "error",
             "seconds",
             "not as published");
}

void PrintRow(const RotationRun& run) {
  const RotationEpoch& last = run.chosen();
  fmt::print(fmt::runtime(kRow),
             run.model,
             run.depth,
             run.seed,
             run.cost.trainable_parameters,
             run.cost.primary_parameters,
             run.cost.generator_parameters,
             run.cost.multiply_adds,
             run.cost.multiply_adds_reusing,
             fmt::format("{:.4f}", last.train_loss),
             fmt::format("{:.2f} %", 100 * last.test_error),
             fmt::format("{:.1f}", last.seconds),
             run.variant.empty() ? "" : run.variant.substr(1));
  std::fflush(stdout);
}

void AddRow(const RotationRunOptions& run, const RotationEpoch& epoch, MetricsTable& metrics) {
  metrics.AddRow({RotationModelName(run.model),
                  std::to_string(run.architecture.depth),
                  MetricText(run.trainer.optimizer.learning_rate),
                  std::to_string(run.model == RotationModel::kEmbedding ? run.architecture.EmbeddingDim() : 0),
                  std::to_string(run.train_images),
                  std::to_string(run.trainer.seed),
                  std::to_string(epoch.epoch),
                  std::to_string(epoch.step),
                  MetricText(epoch.train_loss),
                  MetricText(epoch.validation_loss),
                  MetricText(epoch.test_loss),
                  MetricText(epoch.test_error),
                  MetricText(epoch.seen_error),
                  MetricText(epoch.seconds)});
}

void PrintFailure(const RotationRunOptions& run, const std::string& why) {
  const std::string variant = RotationVariant(run);
  fmt::print("{:<12} {:>5} {:>5}  failed{}: {}\n",
             RotationModelName(run.model),
             run.architecture.depth,
             run.trainer.seed,
             variant.empty() ? "" : ", " + variant.substr(1),
             why);
  std::fflush(stdout);
}

// One that diverges says something of the model, and the others go on; whatever else goes wrong ends the run.
TrialOutcome TrainOrDiverge(const TrainTestImages& images,
                            const RotationRunOptions& run,
                            const std::function<void(const RotationEpoch&)>& on_epoch,
                            const StopRequest& stop,
                            const RotationCheckpoints& checkpoints) {
  try {
    return RotationOutcome(TrainRotation(images, run, on_epoch, stop, checkpoints));
  } catch (const DivergenceError& error) {
    return TrialOutcome::Failed(error.what());
  }
}

// For as many steps as all images would be, to the end of an epoch, and measured about as often.
void TrainAsLong(const RotationOptions& options, std::int64_t images, RotationRunOptions& run) {
  if (run.train_images > images - options.validation_images) {
    throw std::invalid_argument(fmt::format("--condition-counts: found {}, accepted: at most the {} images to train on",
                                            run.train_images,
                                            images - options.validation_images));
  }
  const auto steps_each = (run.train_images + options.batch_size - 1) / options.batch_size;
  const auto steps = options.epochs * StepsOfEpoch(options, images);
  run.trainer.epochs = static_cast<Index>((steps + steps_each - 1) / steps_each);
  // With validation images every epoch may be the best.
  run.epochs_each = options.validation_images > 0 ? 1 : std::max<std::int64_t>(run.trainer.epochs / options.epochs, 1);
}

}  // namespace

TrainTestImages LoadRotationImages(const RotationOptions& options) {
  if (options.data.empty()) {
    return {.train = DrawGlyphs(options.train_images, options.program.seed, Split::kTrain),
            .test = DrawGlyphs(options.test_images, options.program.seed, Split::kTest)};
  }
  return FirstImages(LoadImageFolder(UserPath(options.data)), options.train_images, options.test_images);
}

std::vector<RotationRunOptions> PlannedRuns(const RotationOptions& options, const TrainTestImages& images) {
  const PixelScale scale = ScaleFor(images);
  const auto image_size = static_cast<Index>(images.train.image_size());
  std::vector<RotationRunOptions> runs;
  std::set<std::string> names;
  for (const RotationPoint& point : PointsOf(options)) {
    for (std::int64_t repetition = 0; repetition < options.repetitions; ++repetition) {
      for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
        RotationRunOptions run = RunAt(options, point, model, image_size);
        run.labels = options.labels;
        run.scale = scale;
        run.precision = options.precision;
        run.validation_images = options.validation_images;
        run.trainer = TrainerOptionsOf(
            options, images.train.count, options.program.seed + static_cast<std::uint64_t>(repetition));
        if (point.learning_rate > 0) run.trainer.optimizer.learning_rate = point.learning_rate;
        if (run.train_images > 0) TrainAsLong(options, images.train.count, run);
        if (names.insert(RotationFileName(run)).second) runs.push_back(run);  // once, if other points have it too
      }
    }
  }
  return runs;
}

Result RunRotation(const RotationOptions& options,
                   const TrainTestImages& images,
                   const RunFolder& folder,
                   RotationTrainings* trainings) {
  const std::vector<RotationRunOptions> planned = PlannedRuns(options, images);  // or bad settings are refused
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) fmt::print(stderr, "rotation: warning: {}\n", warning);
  TrialJournal journal(folder, StudyOf("rotation", settings));
  MetricsTable metrics(folder,
                       {"model",
                        "depth",
                        "learning_rate",
                        "embedding_dim",
                        "train_images",
                        "seed",
                        "epoch",
                        "step",
                        "train_loss",
                        "validation_loss",
                        "test_loss",
                        "test_error",
                        "seen_error",
                        "seconds"});
  const RotationCheckpoints checkpoints{.folder = folder.MakeCheckpointFolder()};
  std::vector<Trial> trials;
  PrintHeader();
  const auto measure = [&](const RotationRunOptions& run, const StopRequest& stop) {
    const auto on_epoch = [&](const RotationEpoch& epoch) { AddRow(run, epoch, metrics); };
    const std::optional<TrialOutcome> trained = trainings == nullptr ? std::nullopt : trainings->Find(run);
    if (trained) {
      if (IsComplete(trained)) {
        for (const RotationEpoch& epoch : RotationRunOf(run, trained->values).epochs) on_epoch(epoch);
      }
      return *trained;
    }
    TrialOutcome found = TrainOrDiverge(images, run, on_epoch, stop, checkpoints);
    if (trainings != nullptr) trainings->Keep(run, found);
    return found;
  };
  const auto print = [](const RotationRunOptions& run, const TrialOutcome& outcome) {
    if (IsComplete(outcome)) {
      PrintRow(RotationRunOf(run, outcome.values));
    } else {
      PrintFailure(run, outcome.message);
    }
  };
  for (const RotationRunOptions& run : planned) {
    trials.push_back(
        {.values = RotationTrialValues(run), .measure = [&](const StopRequest& stop) { return measure(run, stop); }});
    if (const TrialOutcome* const outcome = journal.Find(trials.back().values)) {
      if (IsComplete(*outcome)) {
        for (const RotationEpoch& epoch : RotationRunOf(run, outcome->values).epochs) AddRow(run, epoch, metrics);
      }
      checkpoints.Finish(run);
      print(run, *outcome);
    }
  }
  // One at a time: each uses all threads itself, and shows its own progress.
  const TrialOutcomes found = RunTrials(
      trials, journal, {.ends = TrialEnds::kAsReturned, .on_outcome = [&](const TrialOutcomes& so_far, std::size_t i) {
                          checkpoints.Finish(planned[i]);
                          print(planned[i], *so_far.outcomes[i]);
                        }});
  std::vector<RotationRun> runs;
  std::vector<std::string> failed;
  std::string why;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (!found.outcomes[i]) continue;
    if (IsComplete(found.outcomes[i])) {
      runs.push_back(RotationRunOf(planned[i], found.outcomes[i]->values));
    } else {
      failed.push_back(RotationFileName(planned[i]));
      if (why.empty()) why = failed.back() + ": " + found.outcomes[i]->message;
    }
  }
  if (runs.empty() && !failed.empty()) throw RunFailed("every training diverged; " + why);
  Result result = SummariseRotation(options, images, runs, failed);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
