// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/constructed_rates.h"

#include <utility>

#include "experiments/command_line/flag_checks.h"
#include "experiments/constructed_rates/rate_summary.h"
#include "experiments/constructions/network_work.h"
#include "experiments/program/run_config.h"
#include "training/trials/run_trials.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

struct RateTrial {
  RateFamily family;
  int cells;
};

std::vector<RateTrial> AllTrials(const ConstructedRatesOptions& options) {
  std::vector<RateTrial> trials;
  for (const RateFamily& family : RateFamilies(options.smoothness, options.methods)) {
    for (const int cells : CellsOf(family, options.values)) trials.push_back({family, cells});
  }
  return trials;
}

Trial AsTrial(const RateTrial& trial, const RateTargets& targets) {
  return {.values = trial.family.ValuesFor(trial.cells),
          .work = 1000 + trial.family.StoredValues(trial.cells),
          .measure = [trial, targets](const StopRequest& stop) {
            return OutcomeOf(MeasureRate(trial.family, trial.cells, targets, stop));
          }};
}

}  // namespace

SettingTable SettingTableOf(ConstructedRatesOptions& options) {
  const auto itself = [](const std::string& word) { return word; };
  SettingTable table;
  table.Add({.name = "smoothness", .help = "Bounded derivatives of the targets", .accepted = IntegerAtLeast(1, 2)},
            options.smoothness);
  table.AddChoices(
      {.name = "methods", .help = "Which networks: spline, hypernetwork (theorem 4), factorised (theorem 5)"},
      options.methods,
      {"spline", "hypernetwork", "factorised"},
      itself);
  table.Add({.name = "values",
             .help = "Build networks of up to so many nodal values",
             .accepted = IntegerAtLeast(100, 10'000'000)},
            options.values,
            /*quick=*/10'000);
  table.Add({.name = "targets",
             .help = "Random targets for each size, besides those made to be hard for it",
             .accepted = IntegerAtLeast(0, 10'000)},
            options.targets,
            /*quick=*/1);
  AddNetworkWork(options.network_work, table);
  AddProgramSettings(options.program, table);
  return table;
}

Result RunConstructedRates(const ConstructedRatesOptions& options, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const RateTargets targets{.random = static_cast<int>(options.targets),
                            .network_work = static_cast<double>(options.network_work),
                            .seed = options.program.seed};
  const std::vector<RateTrial> sizes = AllTrials(options);
  std::vector<Trial> trials;
  for (const RateTrial& size : sizes) trials.push_back(AsTrial(size, targets));
  const TrialOutcomes found = RunTrialsInFolder(
      trials, folder, StudyOf("constructed_rates", settings), TrialOptionsOf(options.program, "constructed_rates"));
  std::vector<RateMeasurement> measurements;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (!found.outcomes[i]) continue;
    measurements.push_back(MeasurementOf(sizes[i].family, sizes[i].cells, found.outcomes[i]->values));
  }
  Result result{.experiment = "constructed_rates"};
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, "random-sign bump sums");
  SummariseConstructedRates(measurements, result);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
