// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/study_time.h"

#include <cstdint>

namespace hyperwidth {

double SearchSeconds(const TrialTimes& times, const std::vector<Rung>& rungs, const FairOptions& options, int threads) {
  double seconds = 0;
  std::int64_t before = 0;
  for (const Rung& rung : rungs) {
    const auto waves = static_cast<double>((rung.trials * options.studies_at_once + threads - 1) / threads);
    const double step = before == 0 ? times.step : times.late_step;
    seconds += waves * (static_cast<double>(rung.steps - before) * step + times.score);
    before = rung.steps;
  }
  return seconds;
}

double TestSeconds(const TrialTimes& times, const FairOptions& options) {
  const auto tests = static_cast<double>(options.repetitions * options.studies_at_once),
             trainings = static_cast<double>(options.restarts);
  const double training = static_cast<double>(options.budget.steps) * times.late_step + times.score;
  return tests * (trainings * training + 2 * times.score);
}

}  // namespace hyperwidth
