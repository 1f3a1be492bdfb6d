// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_search.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>
#include <memory>
#include <utility>
#include <vector>

#include "experiments/program/run_config.h"
#include "experiments/program/search_trials.h"
#include "experiments/program/tuning_table.h"
#include "experiments/rotation/rotation_experiment.h"
#include "experiments/rotation/rotation_learner.h"
#include "experiments/rotation/rotation_match.h"
#include "experiments/rotation/rotation_record.h"
#include "experiments/rotation/rotation_summary.h"
#include "experiments/rotation/rotation_sweep.h"
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

FairOptions FairOptionsOf(const RotationOptions& options, std::int64_t images) {
  FairOptions fair{.budget = {.trials = options.n_trials,
                              .steps = options.epochs * StepsOfEpoch(options, images),
                              .multiply_adds = 0},
                   .halving = {},
                   .seed = options.program.seed,
                   .repetitions = options.repetitions};
  if (options.search == RotationSearch::kHalving) {
    fair.halving = FairHalving{.reduction_factor = options.reduction_factor, .min_share = options.min_share};
  }
  return fair;
}

FairStudy<RotationImages> FairStudyOf(const RotationOptions& options, const TrainTestImages& images) {
  const auto train = std::make_shared<const ImageSet>(images.train);
  const auto trained = static_cast<Index>(images.train.count - options.validation_images);
  return FairStudy<RotationImages>(
      Contenders(options, images),
      RotationImages{.images = train, .range = {.first = 0, .count = trained}},
      RotationImages{.images = train, .range = {.first = trained}},
      SealedTestData<RotationImages>(RotationImages{.images = std::make_shared<const ImageSet>(images.test)}),
      FairOptionsOf(options, images.train.count));
}

void PrintChoice(const ContenderResult& contender) {
  fmt::print("{}: {} steps in {} trials\n", contender.name, contender.search.steps(), contender.search.trials.size());
  if (!contender.chosen) {
    fmt::print("  {}\n", contender.failure.empty() ? "interrupted" : contender.failure);
    return;
  }
  fmt::print("  chosen: trial {} with {}; validation error {:.2f} %\n",
             contender.chosen->number,
             AssignmentText(contender.chosen->values),
             100 * contender.chosen->score);
  for (const TestRun& test : contender.tests) {
    if (test.message.empty()) {
      fmt::print("  seed {}: validation error {:.2f} %, test error {:.2f} %\n",
                 test.seed,
                 100 * test.validation_score,
                 100 * test.test_score);
    } else {
      fmt::print("  seed {}: {}\n", test.seed, test.message);
    }
  }
  fmt::print("{}\n", SensitivityTable(contender.sensitivity));
  std::fflush(stdout);
}

// Test errors by seed, of those that have not failed.
ErrorsBySeed TestErrors(const FairResult& found, const std::string& name) {
  ErrorsBySeed errors;
  for (const ContenderResult& contender : found.contenders) {
    if (contender.name != name) continue;
    for (const TestRun& test : contender.tests) {
      if (test.message.empty()) errors[test.seed] = test.test_score;
    }
  }
  return errors;
}

Series ValidationCurve(const ContenderResult& contender) {
  Series series{.name = contender.name, .x_name = "trials", .x = {}, .y_name = "best_validation_error", .y = {}};
  series.x_scale = AxisScale::kLinear;
  series.y_scale = AxisScale::kLinear;
  for (std::size_t i = 0; i < contender.validation_curve.size(); ++i) {
    if (std::isnan(contender.validation_curve[i])) continue;  // none yet
    series.x.push_back(static_cast<double>(i + 1));
    series.y.push_back(contender.validation_curve[i]);
  }
  return series;
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

std::vector<TunedModel> TunedModels(const FairResult& found) {
  std::vector<TunedModel> models;
  for (const RotationModel model : kModels) {
    TunedModel tuned{.name = RotationModelName(model)};
    for (const ContenderResult& contender : found.contenders) {
      if (contender.name.rfind(tuned.name, 0) == 0) tuned.searches.push_back(&contender);
    }
    tuned.chosen = tuned.searches;
    if (!tuned.searches.empty()) models.push_back(std::move(tuned));
  }
  return models;
}

// What searches are told apart by, for a sentence.
std::string Along(const RotationOptions& options) {
  return options.sweep == RotationSweep::kEmbedding ? "embedding dimensions" : "depths";
}

}  // namespace

Result RunRotationSearch(const RotationOptions& given, const TrainTestImages& images, const RunFolder& folder) {
  const RotationOptions options = SearchedOptions(given, images.train.count);  // or bad settings are refused
  FairStudy<RotationImages> study = FairStudyOf(options, images);
  const std::vector<Study> studies = study.studies();
  const Fields settings = SettingsOf(given);
  WriteOrCheckConfig(folder, settings);
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) fmt::print(stderr, "rotation: warning: {}\n", warning);
  SearchTrials trials(folder, "rotation", settings, options.program, studies);
  const RunTrialList run_trials = trials.Runner();
  FairChoice<RotationImages> choice = std::move(study).Search(run_trials);
  const FairResult found = choice.complete() ? std::move(choice).Test(run_trials) : choice.result();
  for (std::size_t i = 0; i < found.contenders.size(); ++i) {
    const ContenderResult& contender = found.contenders[i];
    folder.Write("trials-" + contender.name + ".csv", StudyTable(studies[i].space(), contender.search));
    PrintChoice(contender);
  }
  Result result = SummariseRotationSearch(given, images, found);
  if (!found.complete) MarkPartial(trials.last(), result);
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
      options.n_trials,
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
  if (auto table = TuningTable(TunedModels(found), {.chosen = "in the order of " + Along(options)})) {
    result.tables.push_back(*std::move(table));
  }
  result.checks = JudgeRotation(options, errors, /*is_tuned=*/true);
  result.decisive = DecisiveOf(result.checks);
  return result;
}

}  // namespace hyperwidth
