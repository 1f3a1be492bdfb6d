// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_experiment.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/program/run_config.h"
#include "experiments/rotation/rotation_rows.h"
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

// How many trainings share the threads. The threads of one wait for each other at every step, so that several at a time
// take less than one after the other; but at the end of a list some would be idle, unless it is long enough.
int TrainingsAtOnce(std::int64_t trainings, int threads) {
  return static_cast<int>(std::clamp<std::int64_t>(trainings / 2, 1, threads));
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

void KeepOnce(RotationTrainings& trainings, const RotationRunOptions& run, const TrialOutcome& outcome) {
  if (!trainings.Find(run)) trainings.Keep(run, outcome);
}

// What another experiment has trained is as if this one had, in an earlier run; and what that one has trained is for
// others, in case it was killed before it said so.
void ShareTrained(const std::vector<RotationRunOptions>& planned, TrialJournal& journal, RotationTrainings& trainings) {
  std::vector<TrialRecord> trained;
  for (const RotationRunOptions& run : planned) {
    const Fields values = RotationTrialValues(run);
    if (const TrialOutcome* const own = journal.Find(values)) {
      KeepOnce(trainings, run, *own);
    } else if (std::optional<TrialOutcome> outcome = trainings.Find(run)) {
      trained.push_back({.values = values, .outcome = *std::move(outcome)});
    }
  }
  journal.Append(trained);
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
  std::vector<RotationRunOptions> planned = PlannedRuns(options, images);  // or bad settings are refused
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) fmt::print(stderr, "rotation: warning: {}\n", warning);
  TrialJournal journal(folder, StudyOf("rotation", settings));
  EpochTable metrics(folder, planned);
  if (trainings != nullptr) ShareTrained(planned, journal, *trainings);
  RotationCheckpoints checkpoints;  // a process that keeps nothing has none
  if (!folder.is_nowhere()) checkpoints.folder = folder.MakeCheckpointFolder();
  const auto measure = [&](std::size_t i, const StopRequest& stop) {
    const auto on_epoch = [&](const RotationEpoch& epoch) { metrics.Add(i, epoch); };
    return TrainOrDiverge(images, planned[i], on_epoch, stop, checkpoints);
  };
  const auto on_end = [&](std::size_t i, const TrialOutcome& outcome) {
    metrics.Set(i, outcome);
    checkpoints.Finish(planned[i]);
    PrintRun(planned[i], outcome);
  };
  PrintRunHeadings();
  std::vector<Trial> trials;
  std::int64_t missing = 0;
  for (std::size_t i = 0; i < planned.size(); ++i) {
    trials.push_back({.values = RotationTrialValues(planned[i]),
                      .measure = [&measure, i](const StopRequest& stop) { return measure(i, stop); }});
    if (const TrialOutcome* const outcome = journal.Find(trials.back().values)) {
      on_end(i, *outcome);
    } else {
      ++missing;
    }
  }
  TrialOptions how = TrialOptionsOf(options.program, "rotation", TrialEnds::kAsReturned);
  const int threads = how.threads;
  how.threads = TrainingsAtOnce(missing, threads);
  const bool is_one_by_one = how.threads == 1 && how.executor == nullptr;
  if (is_one_by_one) how.title.clear();  // each training tells of itself
  for (RotationRunOptions& run : planned) {
    run.trainer.threads = threads / how.threads;
    run.shows_progress = is_one_by_one;
  }
  how.on_outcome = [&](const TrialOutcomes& so_far, std::size_t i) {
    const TrialOutcome& outcome = *so_far.outcomes[i];
    if (trainings != nullptr) KeepOnce(*trainings, planned[i], outcome);
    on_end(i, outcome);
  };
  const TrialOutcomes found = RunTrials(trials, journal, how);
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
