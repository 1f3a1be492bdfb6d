// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/program/run_config.h"
#include "experiments/result/estimate.h"
#include "experiments/rotation/rotation_run.h"
#include "training/data/glyphs.h"
#include "training/data/image_folder.h"
#include "training/trials/run_trials.h"

namespace hyperwidth {
namespace {

void KeepFirst(ImageSet& images, std::int64_t count) {
  images.count = std::min(images.count, count);
  images.pixels.resize(static_cast<std::size_t>(images.count) * images.image_size());
}

// MNIST is shown at its customary scale, everything else at its own.
PixelScale ScaleFor(const TrainTestImages& images) {
  const PixelScale measured = MeasurePixelScale(images.train);
  const bool is_mnist = std::abs(measured.mean - kMnistPixelScale.mean) < 1e-3 &&
                        std::abs(measured.deviation - kMnistPixelScale.deviation) < 1e-3;
  return is_mnist ? kMnistPixelScale : measured;
}

// Two lines of headings and a row for each run, in columns of the same widths.
constexpr const char* kRow = "{:<12} {:>5} {:>5}  {:>10} {:>8} {:>9}  {:>10} {:>10}  {:>8} {:>8} {:>8}\n";

void PrintHeader() {
  fmt::print(
      fmt::runtime(kRow), "", "", "", "trainable", "primary", "generator", "mult-adds", "same, I", "train", "test", "");
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
             "seconds");
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
             fmt::format("{:.1f}", last.seconds));
  std::fflush(stdout);
}

// The runs of one model at one depth.
std::vector<RotationRun> Select(const std::vector<RotationRun>& runs, const std::string& model, Index depth) {
  std::vector<RotationRun> selected;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(selected), [&](const RotationRun& run) {
    return run.model == model && run.depth == depth;
  });
  return selected;
}

// The mean test error with its 95 % interval: over repetitions if there are several, else over test images.
Estimate TestError(const std::vector<RotationRun>& runs, std::int64_t test_images) {
  std::vector<double> errors;
  for (const RotationRun& run : runs) errors.push_back(run.test_error());
  if (errors.size() > 1) return MeanEstimate(errors);
  const auto wrong = static_cast<std::int64_t>(std::llround(errors.front() * static_cast<double>(test_images)));
  return FractionEstimate(wrong, test_images);
}

Series ErrorAgainstDepth(const RotationOptions& options,
                         const std::vector<RotationRun>& runs,
                         const std::string& model,
                         std::int64_t test_images) {
  Series series{.name = model, .x_name = "depth", .x = {}, .y_name = "test_error", .y = {}};
  series.x_scale = AxisScale::kLinear;
  series.y_scale = AxisScale::kLinear;
  series.columns = {{"trainable_parameters", {}},
                    {"primary_parameters", {}},
                    {"generator_parameters", {}},
                    {"generated_parameters", {}},
                    {"multiply_adds", {}},
                    {"multiply_adds_reusing", {}},
                    {"train_loss", {}},
                    {"seconds", {}}};
  for (const int depth : options.depths) {
    const std::vector<RotationRun> selected = Select(runs, model, depth);
    if (selected.empty()) continue;  // the run was interrupted before
    const Estimate error = TestError(selected, test_images);
    double train_loss = 0, seconds = 0;
    for (const RotationRun& run : selected) {
      train_loss += run.chosen().train_loss / static_cast<double>(selected.size());
      seconds += run.chosen().seconds / static_cast<double>(selected.size());
    }
    series.x.push_back(depth);
    series.y.push_back(error.value);
    series.y_ci95.push_back(error.ci95);
    const RotationCost& cost = selected.front().cost;
    const std::vector<double> values = {static_cast<double>(cost.trainable_parameters),
                                        static_cast<double>(cost.primary_parameters),
                                        static_cast<double>(cost.generator_parameters),
                                        static_cast<double>(cost.generated_parameters),
                                        static_cast<double>(cost.multiply_adds),
                                        static_cast<double>(cost.multiply_adds_reusing),
                                        train_loss,
                                        seconds};
    for (std::size_t i = 0; i < values.size(); ++i) series.columns[i].values.push_back(values[i]);
  }
  return series;
}

ErrorsBySeed TestErrors(const std::vector<RotationRun>& runs, const std::string& model, Index depth) {
  ErrorsBySeed errors;
  for (const RotationRun& run : Select(runs, model, depth)) errors[run.seed] = run.test_error();
  return errors;
}

// One depth from its repetitions alone: runs of one seed share images and angles at every depth, so that the
// differences at two depths are not independent, and pooled they would look like more evidence than there is.
Check JudgeDepth(const std::vector<RotationRun>& runs, Index depth) {
  return JudgeErrors(
      {.id = fmt::format("rotation.depth{}.hypernetwork_beats_embedding", depth),
       .text = fmt::format("At depth {}, with the same data, training and seed, the hypernetwork ends at a lower "
                           "test error than the embedding.",
                           depth),
       .group =
           "With the same data, training and seed, the hypernetwork ends at a lower test error than the embedding.",
       .which = fmt::format("depth {}", depth)},
      TestErrors(runs, "hypernetwork", depth),
      TestErrors(runs, "embedding", depth));
}

void AddRow(const RotationRunOptions& run, const RotationEpoch& epoch, MetricsTable& metrics) {
  metrics.AddRow({RotationModelName(run.model),
                  std::to_string(run.architecture.depth),
                  std::to_string(run.trainer.seed),
                  std::to_string(epoch.epoch),
                  std::to_string(epoch.step),
                  MetricText(epoch.train_loss),
                  MetricText(epoch.validation_loss),
                  MetricText(epoch.test_loss),
                  MetricText(epoch.test_error),
                  MetricText(epoch.seconds)});
}

RotationRun TrainOrFail(const TrainTestImages& images,
                        const RotationRunOptions& run,
                        const std::function<void(const RotationEpoch&)>& on_epoch,
                        const StopRequest& stop,
                        const RotationCheckpoints& checkpoints) {
  try {
    return TrainRotation(images, run, on_epoch, stop, checkpoints);
  } catch (const DivergenceError& error) {
    throw RunFailed(RotationModelName(run.model) + " of depth " + std::to_string(run.architecture.depth) + ": " +
                    error.what());
  }
}

}  // namespace

TrainTestImages LoadRotationImages(const RotationOptions& options) {
  TrainTestImages images;
  if (options.data.empty()) {
    images.train = DrawGlyphs(options.train_images, options.program.seed, Split::kTrain);
    images.test = DrawGlyphs(options.test_images, options.program.seed, Split::kTest);
    return images;
  }
  images = LoadImageFolder(UserPath(options.data));
  KeepFirst(images.train, options.train_images);
  KeepFirst(images.test, options.test_images);
  return images;
}

std::string WarningOfConstantImages(const TrainTestImages& images) {
  const std::int64_t train = CountConstantImages(images.train), test = CountConstantImages(images.test);
  if (train + test == 0) return "";
  return fmt::format(
      "{} of {} training images and {} of {} test images are of one colour, so that their rotation cannot be told.",
      train,
      images.train.count,
      test,
      images.test.count);
}

Check JudgeErrors(const Claim& claim, const ErrorsBySeed& hypernetwork, const ErrorsBySeed& embedding) {
  PairedSamples pairs{.name_a = "hypernetwork", .a = {}, .name_b = "embedding", .b = {}};
  for (const auto& [seed, error] : hypernetwork) {
    const auto partner = embedding.find(seed);
    if (partner == embedding.end()) continue;
    pairs.a.push_back(error);
    pairs.b.push_back(partner->second);
  }
  return JudgeLess(claim, pairs);
}

std::vector<RotationRunOptions> PlannedRuns(const RotationOptions& options, const TrainTestImages& images) {
  const PixelScale scale = ScaleFor(images);
  std::vector<RotationRunOptions> runs;
  for (const int depth : options.depths) {
    for (std::int64_t repetition = 0; repetition < options.repetitions; ++repetition) {
      for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
        RotationRunOptions run{
            .model = model,
            .architecture = {.image_size = static_cast<Index>(images.train.image_size()), .depth = depth},
            .labels = options.labels,
            .scale = scale,
            .trainer = {}};
        run.precision = options.precision;
        run.validation_images = options.validation_images;
        run.trainer = TrainerOptionsOf(
            options, images.train.count, options.program.seed + static_cast<std::uint64_t>(repetition));
        runs.push_back(run);
      }
    }
  }
  return runs;
}

Result RunRotation(const RotationOptions& options, const TrainTestImages& images, const RunFolder& folder) {
  const std::vector<RotationRunOptions> planned = PlannedRuns(options, images);  // or bad settings are refused
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) fmt::print(stderr, "rotation: warning: {}\n", warning);
  TrialJournal journal(folder, StudyOf("rotation", settings));
  MetricsTable metrics(folder,
                       {"model",
                        "depth",
                        "seed",
                        "epoch",
                        "step",
                        "train_loss",
                        "validation_loss",
                        "test_loss",
                        "test_error",
                        "seconds"});
  const RotationCheckpoints checkpoints{.folder = folder.MakeCheckpointFolder()};
  std::vector<Trial> trials;
  PrintHeader();
  for (const RotationRunOptions& run : planned) {
    trials.push_back(
        {.values = RotationTrialValues(run), .measure = [&](const StopRequest& stop) {
           return RotationOutcome(TrainOrFail(
               images, run, [&](const RotationEpoch& epoch) { AddRow(run, epoch, metrics); }, stop, checkpoints));
         }});
    if (const TrialOutcome* const outcome = journal.Find(trials.back().values)) {
      const RotationRun earlier = RotationRunOf(run, outcome->values);
      for (const RotationEpoch& epoch : earlier.epochs) AddRow(run, epoch, metrics);
      checkpoints.Finish(run);
      PrintRow(earlier);
    }
  }
  // One at a time: each uses all threads itself, and shows its own progress.
  const TrialOutcomes found =
      RunTrials(trials, journal, {.on_outcome = [&](const TrialOutcomes& so_far, std::size_t i) {
                  checkpoints.Finish(planned[i]);
                  PrintRow(RotationRunOf(planned[i], so_far.outcomes[i]->values));
                }});
  std::vector<RotationRun> runs;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    if (found.outcomes[i]) runs.push_back(RotationRunOf(planned[i], found.outcomes[i]->values));
  }
  Result result = SummariseRotation(options, images, runs);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

Result SummariseRotation(const RotationOptions& options,
                         const TrainTestImages& images,
                         const std::vector<RotationRun>& runs) {
  Result result{.experiment = "rotation"};
  result.title = "Rotated images: hypernetwork or embedding?";
  result.about = fmt::format(
      "A network sees an image I and a copy of it rotated by a random angle, and tells which of 12 angles comes "
      "nearest "
      "({} labels). The hypernetwork generates the weights of a small primary network that sees the rotated copy; the "
      "embedding hands the primary network {} numbers about I beside the rotated copy. Data, depth, optimiser and "
      "seeds "
      "are the same for both.",
      RotationLabelsName(options.labels),
      (images.train.image_size() + 1) * 10);
  result.limits = "The primary networks differ in size: compare the columns of the values.";
  if (IsShortBudget(options)) {
    result.limits +=
        "\nThere were few images and epochs, so the errors are those of a short budget, which the embedding feels "
        "more.";
  }
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) result.about += "\n" + warning;
  result.settings = SettingsOf(options);
  result.provenance = CommonProvenance(options.program, images.train.source + "; test: " + images.test.source);
  for (const char* const model : {"hypernetwork", "embedding"}) {
    Series series = ErrorAgainstDepth(options, runs, model, images.test.count);
    if (!series.x.empty()) result.series.push_back(std::move(series));
  }
  for (const int depth : options.depths) result.checks.push_back(JudgeDepth(runs, depth));
  return result;
}

}  // namespace hyperwidth
