// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/constructed_rates.h"

#include <fmt/format.h>

#include <utility>

#include "experiments/constructed_rates/rate_summary.h"
#include "experiments/program/run_config.h"
#include "experiments/program/trial_table.h"
#include "experiments/program/trials.h"

namespace hyperwidth {
namespace {

struct RateTrial {
  RateFamily family;
  int cells;
};

Fields Settings(const ConstructedRatesOptions& options) {
  return {{"smoothness", options.smoothness},
          {"methods", options.methods},
          {"values", options.values},
          {"targets", options.targets},
          {"seed", options.program.seed},
          {"threads", static_cast<std::int64_t>(options.program.threads)}};
}

std::vector<RateTrial> AllTrials(const ConstructedRatesOptions& options) {
  std::vector<RateTrial> trials;
  for (const RateFamily& family : RateFamilies(options.smoothness, options.methods)) {
    for (const int cells : CellsOf(family, options.values)) trials.push_back({family, cells});
  }
  return trials;
}

Trial AsTrial(const RateTrial& trial, const RateTargets& targets) {
  return {.key = fmt::format("{} n={}", trial.family.Name(), trial.cells),
          .work = 1000 + trial.family.StoredValues(trial.cells),
          .measure = [trial, targets](const StopRequest& stop) {
            return OutcomeOf(MeasureRate(trial.family, trial.cells, targets, stop));
          }};
}

}  // namespace

ConstructedRatesOptions QuickConstructedRates() {
  ConstructedRatesOptions options;
  options.values = 10'000;
  options.targets = 1;
  return options;
}

Result RunConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder) {
  WriteOrCheckConfig(folder, Settings(options));
  const RateTargets targets{.random = static_cast<int>(options.targets),
                            .network_work = options.program.quick ? 5e6 : 5e7,
                            .seed = options.program.seed};
  const std::vector<RateTrial> sizes = AllTrials(options);
  std::vector<Trial> trials;
  for (const RateTrial& size : sizes) trials.push_back(AsTrial(size, targets));
  const TrialOutcomes found = RunTrialsInFolder(trials, folder, "constructed_rates", ResolvedThreads(options.program));
  std::vector<RateMeasurement> measurements;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!found.outcomes[i]) continue;
    measurements.push_back(MeasurementOf(sizes[i].family, sizes[i].cells, *found.outcomes[i]));
  }
  Result result{.experiment = "constructed_rates"};
  result.settings = Settings(options);
  result.provenance = CommonProvenance(options.program, "random-sign bump sums");
  result.provenance.push_back({"quick", options.program.quick});
  SummariseConstructedRates(measurements, result);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
