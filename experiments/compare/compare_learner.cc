// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_learner.h"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "training/named_scheme.h"
#include "training/objectives.h"

namespace hyperwidth {
namespace {

constexpr int kThreads = 1;  // of each trial, of which as many run at a time as there are threads
constexpr std::size_t kWorst = 5;

std::unique_ptr<const Objective<float>> ObjectiveFor(const CompareData& data) {
  if (data.has_labels()) return std::make_unique<CrossEntropy<float>>();
  return std::make_unique<MeanSquaredError<float>>();
}

TrainerOptions OptionsOf(const LearnerRequest<ComparePart>& request, const BatchShape& batch, Index items) {
  TrainerOptions trainer = TrainerOptionsOf(request.values, request.steps, batch.blocks, items);
  trainer.seed = request.seed;
  return trainer;
}

void AddFinite(const char* name, double value, Fields& fields) {
  if (std::isfinite(value)) fields.emplace_back(name, value);
}

void AddWorst(std::vector<ConditionError> errors, bool has_labels, Fields& fields) {
  const auto share = [&](const ConditionError& error) {
    return has_labels ? static_cast<double>(error.wrong) / static_cast<double>(error.samples) : error.RelativeL2();
  };
  std::stable_sort(errors.begin(), errors.end(), [&](const ConditionError& a, const ConditionError& b) {
    return share(a) > share(b);
  });
  std::vector<std::int64_t> conditions;
  std::vector<double> values;
  for (const ConditionError& error : errors) {
    if (values.size() == kWorst || !std::isfinite(share(error))) break;
    conditions.push_back(error.condition_id);
    values.push_back(share(error));
  }
  fields.emplace_back("worst_conditions", conditions);
  fields.emplace_back("worst_errors", values);
}

}  // namespace

CompareLearner::CompareLearner(const CompareContender& contender,
                               const CompareOptions& options,
                               const CompareData& data,
                               const LearnerRequest<ComparePart>& request)
    : data_(data),
      validation_(request.validation),
      train_(request.train),
      sized_(SizesOf(contender, request.values, data, options)),
      batch_(BatchShapeOf(options, *train_.samples)),
      source_(*train_.samples, batch_.samples, request.seed),
      objective_(ObjectiveFor(data)),
      training_(NamedScheme(contender.scheme, sized_.sizes),
                source_,
                *objective_,
                OptionsOf(request, batch_, source_.size())) {}

void CompareLearner::TrainTo(std::int64_t steps, const StopRequest& stop) { training_.TrainTo(steps, stop); }

std::vector<ConditionError> CompareLearner::Errors(const SubsetSamples<float>& samples) const {
  return ErrorsByCondition<float>(training_.model(), samples, data_.standardisation.y, training_.theta(), kThreads);
}

double CompareLearner::Validate() {
  return ScoreOf(Summarise(Errors(*validation_.samples), data_.outputs(), data_.has_labels()), data_.metric);
}

TestScore CompareLearner::Test(const TestData<ComparePart>& test) {
  const std::vector<ConditionError> errors = Errors(*test->samples);
  const ErrorSummary summary = Summarise(errors, data_.outputs(), data_.has_labels());
  Fields details;
  if (test->seen) {
    AddFinite("seen_error",
              ScoreOf(Summarise(Errors(*test->seen), data_.outputs(), data_.has_labels()), data_.metric),
              details);
  }
  AddFinite("root_mean_square", summary.root_mean_squared, details);
  AddFinite("relative_l2", summary.relative_l2_mean, details);
  AddFinite("relative_l2_q95", summary.relative_l2_quantile, details);
  AddFinite("relative_slope", summary.relative_slope_mean, details);
  AddFinite("cross_entropy", summary.cross_entropy, details);
  details.emplace_back("total_parameters", static_cast<std::int64_t>(sized_.cost.trainable_parameters));
  details.emplace_back("primary_parameters", static_cast<std::int64_t>(sized_.primary));
  details.emplace_back("kappa", static_cast<std::int64_t>(sized_.cost.kappa));
  details.emplace_back("multiply_adds_reusing", static_cast<std::int64_t>(sized_.cost.MultiplyAddsReusing()));
  AddWorst(errors, data_.has_labels(), details);
  return {ScoreOf(summary, data_.metric), std::move(details)};
}

std::string RepetitionName(const CompareContender& contender, Index repetition) {
  return contender.name() + ".repetition" + std::to_string(repetition);
}

Contender<ComparePart> MakeContender(const CompareContender& contender,
                                     Index repetition,
                                     const CompareOptions& options,
                                     const CompareData& data) {
  return {.name = RepetitionName(contender, repetition),
          .space = SchemeSpace(contender.scheme, options.match),
          .make = [contender, &options, &data](
                      const LearnerRequest<ComparePart>& request) -> std::unique_ptr<Learner<ComparePart>> {
            return std::make_unique<CompareLearner>(contender, options, data, request);
          },
          .seed_offset = static_cast<std::uint64_t>(2 * (repetition - 1))};
}

}  // namespace hyperwidth
