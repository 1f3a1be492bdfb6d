// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/tuned_run.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

namespace hyperwidth {
namespace {

std::string ChoiceText(const ContenderResult& contender, const ScoreText& text) {
  std::string lines = fmt::format(
      "{}: {} steps in {} trials\n", contender.name, contender.search.steps(), contender.search.trials.size());
  if (!contender.chosen) {
    return lines + fmt::format("  {}\n", contender.failure.empty() ? "interrupted" : contender.failure);
  }
  lines += fmt::format("  chosen: trial {} with {}; validation error {}\n",
                       contender.chosen->number,
                       AssignmentText(contender.chosen->values),
                       text(contender.chosen->score));
  for (const TestRun& test : contender.tests) {
    lines += test.message.empty() ? fmt::format("  seed {}: validation error {}, test error {}\n",
                                                test.seed,
                                                text(test.validation_score),
                                                text(test.test_score))
                                  : fmt::format("  seed {}: {}\n", test.seed, test.message);
  }
  return lines + SensitivityTable(contender.sensitivity) + "\n";
}

}  // namespace

Series ValidationCurve(const ContenderResult& contender) {
  Series series{.name = contender.name, .x_name = "trials", .x = {}, .y_name = "best_validation_error", .y = {}};
  series.x_scale = AxisScale::kLinear;
  series.y_scale = AxisScale::kLinear;
  for (std::size_t i = 0; i < contender.validation_curve.size(); ++i) {
    if (std::isnan(contender.validation_curve[i])) continue;
    series.x.push_back(static_cast<double>(i + 1));
    series.y.push_back(contender.validation_curve[i]);
  }
  return series;
}

void ShowChoices(const std::vector<Study>& studies,
                 const FairResult& found,
                 const ScoreText& text,
                 const ProgramOptions& program,
                 const RunFolder& folder) {
  for (std::size_t i = 0; i < found.contenders.size(); ++i) {
    const ContenderResult& contender = found.contenders[i];
    folder.Write("trials-" + contender.name + ".csv", StudyTable(studies[i].space(), contender.search));
    if (!program.keeps()) continue;
    std::fputs(ChoiceText(contender, text).c_str(), stdout);
    std::fflush(stdout);
  }
}

}  // namespace hyperwidth
