// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_data.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include "experiments/command_line/command_line.h"
#include "experiments/tasks/task.h"

namespace hyperwidth {
namespace {

bool IsInteger(NumberType type) {
  return type != NumberType::kFloat16 && type != NumberType::kFloat32 && type != NumberType::kFloat64;
}

CompareMetric Resolved(CompareMetric metric, const ConditionedData& data) {
  if (metric != CompareMetric::kAuto) return metric;
  return data.y_size() == 1 && IsInteger(data.y().type()) ? CompareMetric::kErrorRate : CompareMetric::kMse;
}

std::vector<double> ClassesOf(const ConditionedData& data, const DataSplit& split) {
  if (data.y_size() != 1) {
    throw std::runtime_error(data.origin() + ": y: has " + std::to_string(data.y_size()) +
                             " columns; accepted: one of class labels for --metric=error-rate");
  }
  std::set<double> classes;
  for (std::int64_t position = 0; position < data.samples(); ++position) {
    if (split.of(position) != Subset::kTrain) continue;
    double value = 0;
    data.CopyY<double>(position, {&value, 1});
    if (!std::isfinite(value)) {
      throw std::runtime_error(data.origin() + ": y: row " + std::to_string(data.file_row(position)) +
                               " is no finite number; accepted: class labels");
    }
    classes.insert(value);
    if (std::ssize(classes) > kMostClasses) {
      throw std::runtime_error(data.origin() + ": y: more than " + std::to_string(kMostClasses) +
                               " different values; accepted: class labels, or --metric=mse");
    }
  }
  return {classes.begin(), classes.end()};
}

}  // namespace

CompareData PrepareCompareData(ConditionedData data, const CompareOptions& options) {
  DataSplit split = SplitData(data, {.by = options.split, .seed = options.program.seed});
  Standardisation standardisation = FitStandardisation(data, split);
  const CompareMetric metric = Resolved(options.metric, data);
  std::vector<double> classes;
  if (metric == CompareMetric::kErrorRate) classes = ClassesOf(data, split);
  const auto part = [&](Subset subset) {
    return std::make_shared<const SubsetSamples<float>>(data, split, subset, standardisation, classes);
  };
  ComparePart train{.samples = part(Subset::kTrain)}, validation{.samples = part(Subset::kValidation)};
  // Split by sample, all conditions of the test have been seen.
  const bool has_unseen = split.samples(Subset::kTest) > 0;
  ComparePart test{.samples = part(has_unseen ? Subset::kTest : Subset::kSeenTest)};
  if (has_unseen && split.samples(Subset::kSeenTest) > 0) test.seen = part(Subset::kSeenTest);
  return {.data = std::move(data),
          .split = std::move(split),
          .standardisation = std::move(standardisation),
          .metric = metric,
          .classes = std::move(classes),
          .train = std::move(train),
          .validation = std::move(validation),
          .test = std::move(test)};
}

CompareData LoadCompareData(const CompareOptions& options) {
  Validate(options);
  if (!options.data.empty()) return PrepareCompareData(LoadConditionedData(UserPath(options.data)), options);
  return PrepareCompareData(
      ConditionedData::FromArrays(MakeTask(options.task, {.seed = options.program.seed}), "task " + options.task),
      options);
}

double ScoreOf(const ErrorSummary& summary, CompareMetric metric) {
  switch (metric) {
    case CompareMetric::kRelativeL2:
      return summary.relative_l2_mean;
    case CompareMetric::kErrorRate:
      return summary.error_rate;
    case CompareMetric::kMse:
    case CompareMetric::kAuto:
      break;
  }
  return summary.mean_squared;
}

double ConstantScore(const CompareData& data, const SubsetSamples<float>& samples) {
  if (data.has_labels()) {
    std::vector<Index> counts(data.classes.size());
    for (const int label : data.train.samples->labels()) ++counts[static_cast<std::size_t>(label)];
    const auto most = static_cast<int>(std::max_element(counts.begin(), counts.end()) - counts.begin());
    const Index wrong = (samples.labels().array() != most).count();
    return static_cast<double>(wrong) / static_cast<double>(samples.samples());
  }
  const Matrix<double> targets = samples.targets().cast<double>();
  if (data.metric == CompareMetric::kMse) return targets.array().square().mean();
  const ColumnScaling& y = data.standardisation.y;
  double sum = 0;
  for (Index g = 0; g < samples.conditions(); ++g) {
    ConditionError error;
    for (Index i = samples.start(g); i < samples.start(g + 1); ++i) {
      for (Index c = 0; c < targets.rows(); ++c) {
        const auto column = static_cast<std::size_t>(c);
        error.squared_error_in_units += std::pow(targets(c, i) * y.scale[column], 2);
        error.squared_target_in_units += std::pow(targets(c, i) * y.scale[column] + y.mean[column], 2);
      }
    }
    sum += error.RelativeL2();
  }
  return sum / static_cast<double>(samples.conditions());
}

}  // namespace hyperwidth
