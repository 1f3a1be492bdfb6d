// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <optional>
#include <utility>

#include "experiments/program/run_config.h"
#include "experiments/result/estimate.h"
#include "experiments/result/estimate_text.h"
#include "experiments/rotation/rotation_match.h"

namespace hyperwidth {
namespace {

// The runs of one model at one point.
std::vector<RotationRun> Select(const std::vector<RotationRun>& runs, const RotationRunOptions& at) {
  std::vector<RotationRun> selected;
  std::copy_if(runs.begin(), runs.end(), std::back_inserter(selected), [&](const RotationRun& run) {
    return run.model == RotationModelName(at.model) && run.depth == at.architecture.depth &&
           run.variant == RotationVariant(at);
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

void Add(Series& series, const char* name, double value) {
  const auto column = std::find_if(
      series.columns.begin(), series.columns.end(), [name](const Column& each) { return each.name == name; });
  if (column != series.columns.end()) {
    column->values.push_back(value);
  } else {
    series.columns.push_back({.name = name, .values = {value}});
  }
}

Series ErrorAlongSweep(const RotationOptions& options,
                       const TrainTestImages& images,
                       const std::vector<RotationRun>& runs,
                       RotationModel model) {
  Series series = EmptySweepSeries(options, model);
  for (const RotationPoint& point : PointsOf(options)) {
    const RotationRunOptions at = RunAt(options, point, model, static_cast<Index>(images.train.image_size()));
    const std::vector<RotationRun> selected = Select(runs, at);
    if (selected.empty()) continue;  // the run was interrupted before
    const Estimate error = TestError(selected, images.test.count);
    double train_loss = 0, seen_error = 0, seconds = 0;
    for (const RotationRun& run : selected) {
      seen_error += run.chosen().seen_error / static_cast<double>(selected.size());
      train_loss += run.chosen().train_loss / static_cast<double>(selected.size());
      seconds += run.chosen().seconds / static_cast<double>(selected.size());
    }
    series.x.push_back(point.x);
    series.y.push_back(error.value);
    series.y_ci95.push_back(error.ci95);
    const RotationCost& cost = selected.front().cost;
    Add(series, "trainable_parameters", static_cast<double>(cost.trainable_parameters));
    Add(series, "primary_parameters", static_cast<double>(cost.primary_parameters));
    Add(series, "generator_parameters", static_cast<double>(cost.generator_parameters));
    Add(series, "generated_parameters", static_cast<double>(cost.generated_parameters));
    Add(series, "kappa", static_cast<double>(KappaOf(model, at.architecture)));
    Add(series, "multiply_adds", static_cast<double>(cost.multiply_adds));
    Add(series, "multiply_adds_reusing", static_cast<double>(cost.multiply_adds_reusing));
    Add(series, "train_loss", train_loss);
    Add(series, "seen_error", seen_error);
    Add(series, "seconds", seconds);
  }
  return series;
}

// Of the runs that have measured it.
ErrorsBySeed ErrorsOf(const std::vector<RotationRun>& runs,
                      const RotationRunOptions& at,
                      double RotationEpoch::*error) {
  ErrorsBySeed errors;
  for (const RotationRun& run : Select(runs, at)) {
    const double found = run.chosen().*error;
    if (std::isfinite(found)) errors[run.seed] = found;
  }
  return errors;
}

// Errors on seen images, as a series beside that on unseen ones.
Series SeenAlongSweep(const RotationOptions& options, const std::vector<ErrorsAtPoint>& errors, RotationModel model) {
  Series series = EmptySweepSeries(options, model);
  series.name += ", seen images";
  for (const ErrorsAtPoint& at : errors) AddMean(at.point.x, at.Seen(model), series);
  return series;
}

// Test errors while a model is trained, means over repetitions as far as all of them go.
Series LearningCurve(const std::vector<RotationRun>& runs, const RotationPoint& point, RotationModel model) {
  Series series{.name = fmt::format("{}, {}", RotationModelName(model), point.text),
                .x_name = "step",
                .x = {},
                .y_name = "test_error",
                .y = {}};
  series.x_scale = series.y_scale = AxisScale::kLinear;
  std::size_t epochs = runs.front().epochs.size();
  for (const RotationRun& run : runs) epochs = std::min(epochs, run.epochs.size());
  for (std::size_t epoch = 0; epoch < epochs; ++epoch) {
    std::vector<double> errors;
    for (const RotationRun& run : runs) errors.push_back(run.epochs[epoch].test_error);
    const Estimate error = MeanEstimate(errors);
    series.x.push_back(static_cast<double>(runs.front().epochs[epoch].step));
    series.y.push_back(error.value);
    if (runs.size() > 1) series.y_ci95.push_back(error.ci95);
  }
  return series;
}

// Of both models at the first and the last point that were trained.
std::vector<Series> LearningCurves(const RotationOptions& options,
                                   const std::vector<RotationRun>& runs,
                                   Index image_size) {
  std::vector<Series> curves;
  const std::vector<RotationPoint> points = PointsOf(options);
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (i > 0 && i + 1 < points.size()) continue;
    for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
      const std::vector<RotationRun> selected = Select(runs, RunAt(options, points[i], model, image_size));
      if (!selected.empty()) curves.push_back(LearningCurve(selected, points[i], model));
    }
  }
  return curves;
}

std::optional<ResultTable> SeenAndUnseen(const std::vector<ErrorsAtPoint>& errors) {
  std::vector<std::string> points, models, seen_texts, unseen_texts, differences;
  for (const ErrorsAtPoint& at : errors) {
    for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
      const ErrorsBySeed &unseen = at.Unseen(model), &seen = at.Seen(model);
      if (seen.empty()) continue;
      std::vector<double> difference;
      for (const auto& [seed, error] : seen) difference.push_back(unseen.at(seed) - error);
      points.push_back(at.point.text);
      models.push_back(RotationModelName(model));
      seen_texts.push_back(EstimateText(MeanEstimate(ValuesOf(seen))));
      unseen_texts.push_back(EstimateText(MeanEstimate(ValuesOf(unseen))));
      differences.push_back(EstimateText(MeanEstimate(difference)));
    }
  }
  if (points.empty()) return std::nullopt;
  return ResultTable{.title = "Images that were trained on, and others",
                     .caption =
                         "Fraction of images whose class is not found, mean and 95 % interval over seeds. Seen: "
                         "training images, as many as there are test images or all, turned by angles that "
                         "training does not draw. Unseen: the test images.",
                     .columns = {{"at", points},
                                 {"model", models},
                                 {"seen", seen_texts},
                                 {"unseen", unseen_texts},
                                 {"unseen less seen", differences}}};
}

std::string About(const RotationOptions& options, const TrainTestImages& images) {
  std::string about = fmt::format(
      "A network sees an image I and a copy of it rotated by a random angle, and tells which of {} angles comes "
      "nearest ({} labels). The hypernetwork generates the weights of a small primary network that sees the rotated "
      "copy; the embedding hands the primary network numbers about I beside the rotated copy{}. Data, depth, optimiser "
      "and seeds are the same for both. What is equal: {}.",
      kRotationClasses,
      RotationLabelsName(options.labels),
      options.sweep == RotationSweep::kEmbedding
          ? std::string()
          : fmt::format(
                ", {} of them",
                RotationArchitecture{.image_size = static_cast<Index>(images.train.image_size())}.EmbeddingDim()),
      RotationMatchText(options.match));
  if (options.extra_layers > 0) {
    about += fmt::format(
        " But f has {} hidden layer{} more than e.", options.extra_layers, options.extra_layers == 1 ? "" : "s");
  }
  const std::string warning = WarningOfConstantImages(images);
  if (!warning.empty()) about += "\n" + warning;
  return about;
}

}  // namespace

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

std::vector<double> ValuesOf(const ErrorsBySeed& errors) {
  std::vector<double> values;
  for (const auto& [seed, error] : errors) values.push_back(error);
  return values;
}

bool AddMean(double x, const ErrorsBySeed& errors, Series& series) {
  if (errors.empty()) return false;
  const Estimate mean = MeanEstimate(ValuesOf(errors));
  series.x.push_back(x);
  series.y.push_back(mean.value);
  series.y_ci95.push_back(mean.ci95);
  return true;
}

std::vector<ErrorsAtPoint> ErrorsAlongSweep(
    const RotationOptions& options,
    Index image_size,
    const std::function<ErrorsBySeed(const RotationRunOptions&)>& errors_of,
    const std::function<ErrorsBySeed(const RotationRunOptions&)>& seen_errors_of) {
  std::vector<ErrorsAtPoint> errors;
  for (const RotationPoint& point : PointsOf(options)) {
    const RotationRunOptions hypernetwork = RunAt(options, point, RotationModel::kHypernetwork, image_size);
    const RotationRunOptions embedding = RunAt(options, point, RotationModel::kEmbedding, image_size);
    ErrorsAtPoint at{.point = point, .hypernetwork = errors_of(hypernetwork), .embedding = errors_of(embedding)};
    if (seen_errors_of) {
      at.hypernetwork_seen = seen_errors_of(hypernetwork);
      at.embedding_seen = seen_errors_of(embedding);
    }
    errors.push_back(std::move(at));
  }
  return errors;
}

Series EmptySweepSeries(const RotationOptions& options, RotationModel model) {
  Series series{
      .name = RotationModelName(model), .x_name = SweptName(options.sweep), .x = {}, .y_name = "test_error", .y = {}};
  series.x_scale = options.sweep == RotationSweep::kDepth ? AxisScale::kLinear : AxisScale::kLogarithmic;
  series.y_scale = AxisScale::kLinear;
  return series;
}

Result SummariseRotation(const RotationOptions& options,
                         const TrainTestImages& images,
                         const std::vector<RotationRun>& runs,
                         const std::vector<std::string>& diverged) {
  Result result{.experiment = "rotation"};
  result.title = "Rotated images: hypernetwork or embedding?";
  result.about = About(options, images);
  result.limits = "The models differ in what is not matched: compare the columns of the values.";
  if (IsShortBudget(options)) {
    result.limits +=
        "\nThere were few images and epochs, so the errors are those of a short budget, which the embedding feels "
        "more.";
  }
  if (!diverged.empty()) {
    result.limits += fmt::format("\n{} of {} trainings diverged and are counted nowhere: {}. A pair needs both models.",
                                 diverged.size(),
                                 diverged.size() + runs.size(),
                                 fmt::join(diverged, ", "));
  }
  result.settings = SettingsOf(options);
  result.provenance = CommonProvenance(options.program, images.train.source + "; test: " + images.test.source);
  for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
    Series series = ErrorAlongSweep(options, images, runs, model);
    if (!series.x.empty()) result.series.push_back(std::move(series));
  }
  const auto image_size = static_cast<Index>(images.train.image_size());
  const std::vector<ErrorsAtPoint> errors = ErrorsAlongSweep(
      options,
      image_size,
      [&](const RotationRunOptions& at) { return ErrorsOf(runs, at, &RotationEpoch::test_error); },
      [&](const RotationRunOptions& at) { return ErrorsOf(runs, at, &RotationEpoch::seen_error); });
  if (options.sweep == RotationSweep::kConditions) {
    for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
      Series series = SeenAlongSweep(options, errors, model);
      if (!series.x.empty()) result.series.push_back(std::move(series));
    }
  }
  for (Series& curve : LearningCurves(options, runs, image_size)) result.series.push_back(std::move(curve));
  if (auto table = SeenAndUnseen(errors)) result.tables.push_back(*std::move(table));
  result.figures = {{.x_name = SweptName(options.sweep), .y_name = "test_error"},
                    {.x_name = "step",
                     .y_name = "test_error",
                     .title = "Learning curves",
                     .caption = "Test error while the models are trained, at both ends of the sweep.",
                     .is_detail = true}};
  result.checks = JudgeRotation(options, errors, /*is_tuned=*/false);
  result.decisive = DecisiveOf(result.checks);
  return result;
}

}  // namespace hyperwidth
