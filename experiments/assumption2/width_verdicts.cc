// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption2/width_verdicts.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

#include "experiments/assumption2/corner_cases.h"
#include "experiments/result/estimate.h"
#include "experiments/result/factor_verdict.h"
#include "experiments/result/paired_comparisons.h"

namespace hyperwidth {
namespace {

constexpr double kLevel = 0.05;

std::int64_t Count(const std::vector<StepOutcome>& steps, StepOutcome outcome) {
  return std::count(steps.begin(), steps.end(), outcome);
}

// Of steps with this outcome, which: "3 to 4, 7 to 8".
std::string Where(const std::vector<StepOutcome>& steps, StepOutcome outcome) {
  std::string text;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i] == outcome) text += fmt::format("{}{} to {}", text.empty() ? "" : ", ", i + 1, i + 2);
  }
  return text;
}

Series CurveOf(const WidthCell& cell) {
  Series series{.name = Name(cell.activation), .x_name = "width", .y_name = "test_error"};
  series.x_scale = AxisScale::kLinear;
  series.columns = {{"trainings", {}}};
  for (std::size_t i = 0; i < cell.errors.size(); ++i) {
    const Estimate mean = MeanOfFinite(cell.errors[i]);
    if (mean.samples == 0) continue;
    series.x.push_back(static_cast<double>(i + 1));
    series.y.push_back(mean.value);
    series.y_ci95.push_back(mean.ci95);
    series.columns[0].values.push_back(static_cast<double>(mean.samples));
  }
  return series;
}

}  // namespace

std::vector<StepOutcome> StepsOf(const WidthCell& cell) {
  std::vector<PairedComparison> steps;
  for (std::size_t i = 0; i + 1 < cell.errors.size(); ++i) {
    const std::array<RepeatedScores, 2> pair = {RepeatedScores{"", Logarithms(cell.errors[i + 1])},
                                                RepeatedScores{"", Logarithms(cell.errors[i])}};
    steps.push_back(ComparePairs(pair, kLevel).front());
  }
  AdjustByHolm(steps, kLevel);
  std::vector<StepOutcome> outcomes;
  for (const PairedComparison& step : steps) {
    const StepOutcome shown = step.difference.value < 0 ? StepOutcome::kFalls : StepOutcome::kRises;
    outcomes.push_back(step.is_different ? shown : StepOutcome::kOpen);
  }
  return outcomes;
}

Check JudgeSteps(const WidthCell& cell) {
  const std::vector<StepOutcome> steps = StepsOf(cell);
  const std::int64_t all = static_cast<std::int64_t>(steps.size()), falls = Count(steps, StepOutcome::kFalls),
                     rises = Count(steps, StepOutcome::kRises);
  const std::string name = Name(cell.activation);
  // A step that is shown to rise cannot be one that falls, and one that is open may be either.
  const Estimate falling{.value = static_cast<double>(falls),
                         .ci95 = {.low = static_cast<double>(falls), .high = static_cast<double>(all - rises)},
                         .samples = all};
  Check check = JudgeRange({.id = "assumption2." + name + ".falls_with_each_neuron",
                            .text = fmt::format("{}: the test error falls strictly with each neuron.", name),
                            .group = "The test error falls strictly with each neuron.",
                            .which = name},
                           {.low = static_cast<double>(all), .high = static_cast<double>(all)},
                           falling);
  check.unit = fmt::format("of {} steps", all);
  check.why = fmt::format(
      "Of {} steps to one neuron more, {} are shown to fall, {} to rise{}, and {} are open: paired over seeds, with "
      "Holm's correction for {} steps. The interval has what the number of falling steps may be.",
      all,
      falls,
      rises,
      rises == 0 ? "" : " (" + Where(steps, StepOutcome::kRises) + ")",
      all - falls - rises,
      all);
  return check;
}

Check JudgeWidest(const WidthCell& cell) {
  const std::size_t widest = cell.errors.size(), half = (widest + 1) / 2;
  const std::string name = Name(cell.activation);
  return JudgeFactor(
      {.id = "assumption2." + name + ".widest_below_half",
       .text = fmt::format(
           "{}: {} neurons have a smaller test error than {} (factor between the errors).", name, widest, half),
       .group = "The widest network has a smaller test error than one of half its width.",
       .which = name},
      {fmt::format("width {}", widest), cell.errors[widest - 1]},
      {fmt::format("width {}", half), cell.errors[half - 1]});
}

Result SummariseAssumption2(const Assumption2Options& options, const std::vector<WidthCell>& cells) {
  Result result{.experiment = "assumption2"};
  result.title = "Does every further neuron lower the error?";
  result.about = fmt::format(
      "The paper supports its assumption 2, that one neuron more strictly lowers the best error, with test errors of "
      "networks that were trained at widths 1 to 29. Here each step from a width to the next is judged by itself, over "
      "{} seeds, with a correction for the number of steps.\n"
      "One hidden layer, classes as unit vectors, mean squared error, Adadelta with learning rate {}, batches of {}, "
      "{} epochs. Trainings of one seed see the same batches in the same order.",
      options.seeds,
      options.learning_rate,
      options.batch_size,
      options.epochs);
  result.limits =
      "A test error after two epochs is not a best error: a step that rises refutes the published conclusion about "
      "these trainings, not assumption 2, and steps that fall are no proof of it. Open means that so few seeds cannot "
      "tell.";
  bool has_curve = false;
  for (const WidthCell& cell : cells) {
    Series curve = CurveOf(cell);
    if (curve.x.empty()) continue;
    has_curve = true;
    result.series.push_back(std::move(curve));
    result.checks.push_back(JudgeSteps(cell));
  }
  for (const WidthCell& cell : cells) {
    if (!CurveOf(cell).x.empty()) result.checks.push_back(JudgeWidest(cell));
  }
  for (Check& check : CornerCases()) result.checks.push_back(std::move(check));
  if (has_curve) {
    result.decisive = result.checks.front().id;
    result.figures.push_back({.x_name = "width",
                              .y_name = "test_error",
                              .figure = "",
                              .title = "Test error against width",
                              .caption = "Mean squared errors on test images, means over seeds with Student's 95 % "
                                         "intervals. The verdicts are paired over seeds and see more than these "
                                         "intervals do."});
  }
  return result;
}

}  // namespace hyperwidth
