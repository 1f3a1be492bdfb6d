// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_search.h"

#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "experiments/program/run_config.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_learner.h"
#include "experiments/rotation/rotation_match.h"
#include "experiments/rotation/rotation_record.h"
#include "experiments/rotation/rotation_summary.h"
#include "experiments/rotation/rotation_sweep.h"
#include "experiments/tuning/tuned_run.h"
#include "experiments/tuning/tuning_table.h"
#include "training/search/fair_study.h"

namespace hyperwidth {
namespace {

constexpr RotationModel kModels[] = {RotationModel::kHypernetwork, RotationModel::kEmbedding};

std::vector<Contender<RotationImages>> Contenders(const RotationOptions& options, const TrainTestImages& images) {
  std::vector<Contender<RotationImages>> contenders;
  RotationOptions once = options;
  once.repetitions = 1;  // the search gives seeds of its own
  for (const RotationRunOptions& run : PlannedRuns(once, images)) {
    contenders.push_back(RotationContender(RotationModelName(run), run));
  }
  return contenders;
}

FairStudy<RotationImages> FairStudyOf(const RotationOptions& options, const TrainTestImages& images) {
  const auto train = std::make_shared<const ImageSet>(images.train);
  const auto trained = static_cast<Index>(images.train.count - options.validation_images);
  return FairStudy<RotationImages>(
      Contenders(options, images),
      RotationImages{.images = train, .range = {.first = 0, .count = trained}},
      RotationImages{.images = train, .range = {.first = trained}},
      SealedTestData<RotationImages>(RotationImages{.images = std::make_shared<const ImageSet>(images.test)}),
      FairOptionsOf(options.search,
                    options.epochs * StepsOfEpoch(options, images.train.count),
                    options.program.seed,
                    options.repetitions));
}

std::string PercentText(double share) { return fmt::format("{:.2f} %", 100 * share); }

// Test errors by seed, of those that have not failed.
ErrorsBySeed TestErrors(const FairResult& found, const std::string& name) {
  ErrorsBySeed errors;
  const ContenderResult* const contender = FindContender(found, name);
  if (contender == nullptr) return errors;
  for (const TestRun& test : contender->tests) {
    if (test.message.empty()) errors[test.seed] = test.test_score;
  }
  return errors;
}

Series TestErrorAlongSweep(const RotationOptions& options,
                           const std::vector<ErrorsAtPoint>& errors,
                           RotationModel model,
                           Index image_size) {
  Series series = EmptySweepSeries(options, model);
  series.columns = {{"trainable_parameters", {}}, {"primary_parameters", {}}, {"kappa", {}}};
  for (const ErrorsAtPoint& at : errors) {
    if (!AddMean(at.point.x, at.Unseen(model), series)) continue;
    const RotationArchitecture architecture = RunAt(options, at.point, model, image_size).architecture;
    series.columns[0].values.push_back(static_cast<double>(TrainableParametersOf(model, architecture)));
    series.columns[1].values.push_back(static_cast<double>(PrimaryParametersOf(model, architecture)));
    series.columns[2].values.push_back(static_cast<double>(KappaOf(model, architecture)));
  }
  return series;
}

// What searches are told apart by, for a sentence.
std::string Along(const RotationOptions& options) {
  return options.sweep == RotationSweep::kEmbedding ? "embedding dimensions" : "depths";
}

}  // namespace

Result RunRotationSearch(const RotationOptions& given, const TrainTestImages& images, const RunFolder& folder) {
  const RotationOptions options = SearchedOptions(given, images.train.count);  // or bad settings are refused
  FairStudy<RotationImages> study = FairStudyOf(options, images);
  const Fields settings = SettingsOf(given);
  WriteOrCheckConfig(folder, settings);
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) fmt::print(stderr, "rotation: warning: {}\n", warning);
  const TunedRun run = RunTuned(std::move(study), "rotation", settings, PercentText, options.program, folder);
  Result result = SummariseRotationSearch(given, images, run.found);
  if (!run.found.complete) MarkPartial(run.last, result);
  return result;
}

Result SummariseRotationSearch(const RotationOptions& options, const TrainTestImages& images, const FairResult& found) {
  Result result{.experiment = "rotation"};
  result.title = "Rotated images: hypernetwork or embedding?";
  result.about = fmt::format(
      "A network sees an image I and a copy of it rotated by a random angle, and tells which of 12 angles comes "
      "nearest ({} labels). For each model, optimiser, learning rate, momentum and weight decay are chosen from {} "
      "trials on validation images, with the same budget; each choice is trained anew from {} fresh seeds, and only "
      "then are the test images looked at.",
      RotationLabelsName(options.labels),
      options.search.n_trials,
      options.repetitions);
  for (const ContenderResult& contender : found.contenders) {
    if (!contender.failure.empty()) result.about += "\n" + contender.failure + ".";
    if (!contender.chosen) continue;
    result.about += fmt::format("\n{}: {}, after {} steps.",
                                contender.name,
                                AssignmentText(contender.chosen->values),
                                contender.search.steps());
  }
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) result.about += "\n" + warning;
  result.settings = SettingsOf(options);
  result.provenance = CommonProvenance(options.program, images.train.source + "; test: " + images.test.source);
  const auto image_size = static_cast<Index>(images.train.image_size());
  const std::vector<ErrorsAtPoint> errors = ErrorsAlongSweep(
      options, image_size, [&](const RotationRunOptions& at) { return TestErrors(found, RotationModelName(at)); });
  for (const RotationModel model : kModels) {
    Series series = TestErrorAlongSweep(options, errors, model, image_size);
    if (!series.x.empty()) result.series.push_back(std::move(series));
  }
  for (const ContenderResult& contender : found.contenders) {
    Series series = ValidationCurve(contender);
    if (!series.x.empty()) result.series.push_back(std::move(series));
  }
  std::vector<std::string> names;
  for (const RotationModel model : kModels) names.push_back(RotationModelName(model));
  if (auto table = TuningTable(TunedModels(found, names), {.chosen = "in the order of " + Along(options)})) {
    result.tables.push_back(*std::move(table));
  }
  result.checks = JudgeRotation(options, errors, /*is_tuned=*/true);
  result.decisive = DecisiveOf(result.checks);
  return result;
}

}  // namespace hyperwidth
