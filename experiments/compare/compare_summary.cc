// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/compare_summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <span>

#include "experiments/compare/error_table.h"
#include "experiments/compare/hyperparameter_table.h"
#include "experiments/compare/recommendation.h"
#include "experiments/compare/scheme_errors.h"
#include "experiments/compare/size_growth.h"
#include "experiments/result/format.h"
#include "training/run/run_folder.h"
#include "training/search/assignment.h"

namespace hyperwidth {
namespace {

constexpr const char* kTotal = "total_parameters";

std::string ErrorName(CompareMetric metric) {
  switch (metric) {
    case CompareMetric::kRelativeL2:
      return "relative_l2_error";
    case CompareMetric::kErrorRate:
      return "error_rate";
    case CompareMetric::kMse:
    case CompareMetric::kAuto:
      break;
  }
  return "mean_squared_error";
}

// One figure's axes: what is counted, and where it is in a TestedContender.
struct CostAxis {
  const char* name;
  double TestedContender::*value;
};

constexpr CostAxis kAxes[] = {{kTotal, &TestedContender::total_parameters},
                              {"primary_parameters", &TestedContender::primary_parameters},
                              {"kappa", &TestedContender::kappa},
                              {"multiply_adds_reusing", &TestedContender::multiply_adds_reusing}};

std::vector<const TestedContender*> OfScheme(const std::vector<TestedContender>& tested, const std::string& scheme) {
  std::vector<const TestedContender*> found;
  for (const TestedContender& contender : tested) {
    if (contender.contender.scheme == scheme) found.push_back(&contender);
  }
  return found;
}

Series ErrorSeries(const std::vector<TestedContender>& tested,
                   const std::string& scheme,
                   const CostAxis& axis,
                   CompareMetric metric) {
  Series series{.name = scheme, .x_name = axis.name, .x = {}, .y_name = ErrorName(metric), .y = {}};
  series.x_scale = AxisScale::kLogarithmic;
  if (metric != CompareMetric::kErrorRate) series.y_scale = AxisScale::kLogarithmic;
  const bool has_columns = axis.name == std::string(kTotal);
  Column seen{.name = "seen_error", .values = {}};
  std::vector<Column> costs;
  for (const CostAxis& other : kAxes) {
    if (other.name != std::string(kTotal)) costs.push_back({.name = other.name, .values = {}});
  }
  for (const TestedContender* contender : OfScheme(tested, scheme)) {
    const Estimate error = contender->Error();
    series.x.push_back(contender->*axis.value);
    series.y.push_back(error.value);
    series.y_ci95.push_back(error.ci95);
    seen.values.push_back(contender->seen_error);
    for (std::size_t i = 0; i < costs.size(); ++i) costs[i].values.push_back(contender->*kAxes[i + 1].value);
  }
  if (has_columns) {
    series.columns = std::move(costs);
    series.columns.push_back(std::move(seen));
  }
  return series;
}

Series SeenSeries(const std::vector<TestedContender>& tested, const std::string& scheme) {
  Series series{.name = scheme, .x_name = kTotal, .x = {}, .y_name = "unseen_over_seen_error", .y = {}};
  series.x_scale = AxisScale::kLogarithmic;
  for (const TestedContender* contender : OfScheme(tested, scheme)) {
    if (!std::isfinite(contender->seen_error) || contender->seen_error <= 0) continue;
    series.x.push_back(contender->total_parameters);
    series.y.push_back(contender->Error().value / contender->seen_error);
  }
  return series;
}

// The best validation score after each trial, mean over the repetitions, with intervals.
Series CurveOf(const CompareContender& contender, std::span<const ContenderResult> repetitions) {
  Series series{.name = contender.scheme, .x_name = "trials", .x = {}, .y_name = "best_validation_error", .y = {}};
  series.x_scale = AxisScale::kLinear;
  series.y_scale = AxisScale::kLogarithmic;
  series.figure = "size " + std::to_string(contender.size_number);
  for (std::size_t i = 0; i < repetitions.front().validation_curve.size(); ++i) {
    std::vector<double> scores;
    for (const ContenderResult& repetition : repetitions) {
      if (i < repetition.validation_curve.size() && std::isfinite(repetition.validation_curve[i])) {
        scores.push_back(repetition.validation_curve[i]);
      }
    }
    if (scores.size() < repetitions.size()) continue;  // some have none yet
    series.x.push_back(static_cast<double>(i + 1));
    series.y.push_back(MeanEstimate(scores).value);
  }
  return series;
}

// The error that no linear decoder with so many functions gets below, over the kappas that were measured.
Series FloorSeries(const CompareFloors& floors, const std::vector<TestedContender>& tested) {
  Series series{.name = "no linear decoder below", .x_name = "kappa", .x = {}, .y_name = "mean_squared_error", .y = {}};
  series.style = SeriesStyle::kLine;
  series.x_scale = series.y_scale = AxisScale::kLogarithmic;
  double largest = 0;
  for (const TestedContender& contender : tested) largest = std::max(largest, contender.kappa);
  for (std::int64_t p = 1; static_cast<double>(p) <= largest; p += std::max<std::int64_t>(1, p / 8)) {
    const std::optional<double> error = floors.LinearDecoderError(p);
    if (!error || *error <= 0) break;
    series.x.push_back(static_cast<double>(p));
    series.y.push_back(*error);
  }
  return series;
}

void AddSeries(Series series, Result& result) {
  if (!series.x.empty()) result.series.push_back(std::move(series));
}

std::string About(const CompareOptions& options,
                  const CompareData& data,
                  const ComparePlan& plan,
                  const FairResult& found) {
  std::string text = fmt::format(
      "In each of {} repetitions, each scheme at each size was tuned with the same budget, {} trials of up to {} "
      "optimiser steps, chosen on validation data, and the choice was trained anew{}; only then were the test data "
      "looked at. A repetition repeats all of that with other seeds, so that intervals cover the luck of the search, "
      "too. The error is the {}{}.\n"
      "{}: {} samples of {} conditions; x has {}, I {} and y {} {}; split {}.",
      options.repetitions,
      options.n_trials,
      options.steps,
      options.restarts > 1 ? fmt::format(" {} times, of which validation data chose again", options.restarts) : "",
      MetricDescription(data.metric),
      data.metric == CompareMetric::kMse ? ", of which the mean of the training data gets 1" : "",
      data.data.origin(),
      data.data.samples(),
      data.data.conditions(),
      data.data.x_size(),
      data.data.condition_size(),
      data.data.y_size(),
      data.data.y_size() == 1 ? "column" : "columns",
      data.split.how());
  if (plan.floors.dimensions.of_functions && plan.floors.dimensions.of_functions->levina_bickel) {
    const DimensionEstimate& dimension = *plan.floors.dimensions.of_functions->levina_bickel;
    text += fmt::format(
        "\nThe functions y(., I) vary in about {:.1f} dimensions, an estimate with interval {:.1f} to {:.1f}: a "
        "continuous encoder with fewer scalars cannot tell them all apart.",
        dimension.value,
        dimension.low,
        dimension.high);
  }
  for (const ContenderResult& contender : found.contenders) {
    if (!contender.failure.empty()) text += "\n" + contender.name + ": " + contender.failure + ".";
  }
  return text;
}

// In how many dimensions y(., I) varies: as estimated, if there is an estimate, and never more than I has coordinates.
Index ConditionDimensions(const CompareData& data, const CompareFloors& floors) {
  const auto coordinates = static_cast<Index>(data.data.condition_size());
  const std::optional<IntrinsicDimension>& estimated = floors.dimensions.of_functions;
  if (!estimated || !estimated->levina_bickel) return coordinates;
  return std::clamp<Index>(std::llround(estimated->levina_bickel->value), 1, coordinates);
}

std::string WorstText(const std::vector<TestedContender>& tested, bool has_labels) {
  const TestedContender* best = nullptr;
  for (const TestedContender& contender : tested) {
    if (best == nullptr || contender.validation_error < best->validation_error) best = &contender;
  }
  if (best == nullptr) return "";
  for (const ContenderResult* repetition : best->repetitions) {
    if (repetition->tests.empty()) continue;
    const TestRun& test = repetition->tests.front();
    const FieldValue* const conditions = Find(test.details, "worst_conditions");
    const FieldValue* const errors = Find(test.details, "worst_errors");
    if (!test.message.empty() || conditions == nullptr || errors == nullptr) continue;
    const auto* ids = std::get_if<std::vector<std::int64_t>>(conditions);
    const auto* values = std::get_if<std::vector<double>>(errors);
    if (ids == nullptr || values == nullptr || ids->empty()) continue;
    std::string list;
    for (std::size_t i = 0; i < ids->size(); ++i) {
      list += fmt::format("{}{} ({:.3g})", i == 0 ? "" : ", ", (*ids)[i], (*values)[i]);
    }
    return fmt::format("\nThe worst conditions of {} at size {}, seed {}, by {}: {}.",
                       best->contender.scheme,
                       best->contender.size_number,
                       test.seed,
                       has_labels ? "error rate" : "relative L2 error",
                       list);
  }
  return "";
}

std::string Limits(const CompareOptions& options) {
  return fmt::format(
      "What is found holds for these data, for the sizes that were tried, and for this budget of tuning: {} trials "
      "of up to {} steps each.\n"
      "That nothing is shown to differ is no proof that two schemes are equal.",
      options.n_trials,
      options.steps);
}

Target TargetOf(const CompareOptions& options, CompareMetric metric) {
  Target target{.error = options.target};
  if (options.target == 0 && metric == CompareMetric::kMse) target = {.error = kEnoughVariance, .is_given = false};
  if (options.match == SizeMeasure::kPrimary) target.unit = "primary parameters";
  if (options.match == SizeMeasure::kCompute) target.unit = "multiply-adds";
  if (options.match == SizeMeasure::kKappa) target.unit = "scalars";
  return target;
}

void AddFigureNotes(const CompareData& data, Result& result) {
  const std::string error = ErrorName(data.metric);
  const auto has = [&](const std::string& x, const std::string& y) {
    return std::any_of(result.series.begin(), result.series.end(), [&](const Series& series) {
      return series.x_name == x && series.y_name == y && series.figure.empty();
    });
  };
  const auto note =
      [&](const std::string& x, const std::string& y, const std::string& title, const std::string& caption) {
        if (!has(x, y)) return;
        const bool is_detail = x == "kappa" || x == "multiply_adds_reusing";
        result.figures.push_back(
            {.x_name = x, .y_name = y, .figure = "", .title = title, .caption = caption, .is_detail = is_detail});
      };
  note(kTotal,
       error,
       "Error against all that is trained",
       "Test error of each scheme, mean over repetitions with 95 % intervals, against the parameters that training has "
       "to find.");
  note("primary_parameters",
       error,
       "Error against the network that sees x",
       "The same against the weights of the network that sees x, generated ones included: what has to be kept for one "
       "I.");
  note("kappa", error, "Error against kappa", "The same against the scalars through which I acts.");
  note("multiply_adds_reusing",
       error,
       "Error against work for one more x",
       "The same against the multiply-adds of a sample whose I is known already.");
  note(kTotal,
       "unseen_over_seen_error",
       "Unseen against seen conditions",
       "Error on unseen conditions over that on conditions seen in training, at other samples: 1 is as good.");
}

}  // namespace

std::string MetricDescription(CompareMetric metric) {
  switch (metric) {
    case CompareMetric::kRelativeL2:
      return "relative L2 error, mean over conditions";
    case CompareMetric::kErrorRate:
      return "error rate";
    case CompareMetric::kMse:
    case CompareMetric::kAuto:
      break;
  }
  return "mean squared error of standardised y";
}

std::string TrialsTable(const std::vector<Study>& studies, const FairResult& found) {
  std::vector<std::string> parameters;
  for (const Study& study : studies) {
    for (const Parameter& parameter : study.space().parameters()) {
      if (std::find(parameters.begin(), parameters.end(), parameter.name) == parameters.end()) {
        parameters.push_back(parameter.name);
      }
    }
  }
  std::vector<std::string> heading = {"contender", "trial"};
  heading.insert(heading.end(), parameters.begin(), parameters.end());
  for (const char* name : {"state", "steps", "validation_score", "message"}) heading.emplace_back(name);
  std::string table = CsvLine(heading);
  for (const ContenderResult& contender : found.contenders) {
    for (const StudyTrial& trial : contender.search.trials) {
      std::vector<std::string> row = {contender.name, std::to_string(trial.number)};
      for (const std::string& name : parameters) {
        const ParameterValue* const value = FindValue(trial.values, name);
        row.push_back(value == nullptr ? "" : ParameterText(*value));
      }
      row.emplace_back(trial.state ? ToString(*trial.state) : "");
      row.push_back(std::to_string(trial.steps));
      row.push_back(std::isfinite(trial.score) ? MetricText(trial.score) : "");
      row.push_back(trial.message);
      table += CsvLine(row);
    }
  }
  return table;
}

Result SummariseCompare(const CompareOptions& options,
                        const CompareData& data,
                        const ComparePlan& plan,
                        const FairResult& found,
                        double took_minutes) {
  const std::vector<TestedContender> tested = TestedContenders(plan.contenders, options.repetitions, found);
  Result result{.experiment = "compare"};
  result.title = "Which conditioning scheme, and how large?";
  result.about = About(options, data, plan, found) + WorstText(tested, data.has_labels());
  result.limits = Limits(options);
  result.settings = SettingsOf(options);
  result.provenance = CommonProvenance(options.program, data.data.origin());
  result.provenance.emplace_back("program", "bazel run //tools:hyperwidth -- compare");
  for (const CostAxis& axis : kAxes) {
    for (const std::string& scheme : options.schemes) AddSeries(ErrorSeries(tested, scheme, axis, data.metric), result);
  }
  if (data.metric == CompareMetric::kMse) AddSeries(FloorSeries(plan.floors, tested), result);
  for (const std::string& scheme : options.schemes) AddSeries(SeenSeries(tested, scheme), result);
  const auto each = static_cast<std::size_t>(options.repetitions);
  for (std::size_t i = 0; i < plan.contenders.size() && (i + 1) * each <= found.contenders.size(); ++i) {
    AddSeries(CurveOf(plan.contenders[i], std::span(found.contenders).subspan(i * each, each)), result);
  }
  const double constant_error = ConstantScore(data, *data.test.samples);
  const std::vector<SchemesOfSize> sizes =
      BySize(plan.contenders, tested, constant_error, data.has_labels() ? data.test.samples->samples() : 0);
  result.checks = JudgeSchemes(sizes);
  if (found.complete) result.advice = Recommend(sizes, TargetOf(options, data.metric));
  AddFigureNotes(data, result);
  for (std::optional<ResultTable> table : {ErrorTable(tested),
                                           GrowthTable(tested, data, ConditionDimensions(data, plan.floors)),
                                           HyperparameterTable(tested)}) {
    if (table) result.tables.push_back(*std::move(table));
  }
  result.forecast = FieldsOf(plan.forecast, took_minutes);
  result.floors = FieldsOf(plan.floors);
  return result;
}

}  // namespace hyperwidth
