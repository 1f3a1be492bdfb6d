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
    double train_loss = 0, seconds = 0;
    for (const RotationRun& run : selected) {
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
    Add(series, "seconds", seconds);
  }
  return series;
}

ErrorsBySeed TestErrors(const std::vector<RotationRun>& runs, const RotationRunOptions& at) {
  ErrorsBySeed errors;
  for (const RotationRun& run : Select(runs, at)) errors[run.seed] = run.test_error();
  return errors;
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

std::vector<ErrorsAtPoint> ErrorsAlongSweep(const RotationOptions& options,
                                            Index image_size,
                                            const std::function<ErrorsBySeed(const RotationRunOptions&)>& errors_of) {
  std::vector<ErrorsAtPoint> errors;
  for (const RotationPoint& point : PointsOf(options)) {
    const auto of = [&](RotationModel model) { return errors_of(RunAt(options, point, model, image_size)); };
    errors.push_back(
        {.point = point, .hypernetwork = of(RotationModel::kHypernetwork), .embedding = of(RotationModel::kEmbedding)});
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
                         const std::vector<RotationRun>& runs) {
  Result result{.experiment = "rotation"};
  result.title = "Rotated images: hypernetwork or embedding?";
  result.about = About(options, images);
  result.limits = "The models differ in what is not matched: compare the columns of the values.";
  if (IsShortBudget(options)) {
    result.limits +=
        "\nThere were few images and epochs, so the errors are those of a short budget, which the embedding feels "
        "more.";
  }
  result.settings = SettingsOf(options);
  result.provenance = CommonProvenance(options.program, images.train.source + "; test: " + images.test.source);
  for (const RotationModel model : {RotationModel::kHypernetwork, RotationModel::kEmbedding}) {
    Series series = ErrorAlongSweep(options, images, runs, model);
    if (!series.x.empty()) result.series.push_back(std::move(series));
  }
  const std::vector<ErrorsAtPoint> errors =
      ErrorsAlongSweep(options, static_cast<Index>(images.train.image_size()), [&](const RotationRunOptions& at) {
        return TestErrors(runs, at);
      });
  result.checks = JudgeRotation(options, errors, /*is_tuned=*/false);
  return result;
}

}  // namespace hyperwidth
