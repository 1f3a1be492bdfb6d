// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/modularity_gap.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "experiments/modularity_gap/gap_trials.h"
#include "experiments/modularity_gap/least_size.h"
#include "experiments/program/run_config.h"
#include "models/random_stream.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kTargetStream = 1;
constexpr std::uint64_t kSearchStream = 2;

Fields Measure(const ModularityGapOptions& options, const GapTrial& trial, const StopRequest& stop) {
  // Both methods meet the same targets.
  RandomStream target_seed(options.program.seed,
                           {kTargetStream,
                            static_cast<std::uint64_t>(trial.primary_dim),
                            static_cast<std::uint64_t>(trial.condition_dim),
                            static_cast<std::uint64_t>(trial.cells),
                            static_cast<std::uint64_t>(trial.target)});
  const ConditionedTarget target(trial.primary_dim, trial.condition_dim, trial.cells, target_seed());
  if (trial.computed) {
    const LeastSize least = LeastHypernetworkPrimary(target, options.tolerance, stop);
    return {{"parameters", std::int64_t{PrimaryParameters(trial, least.least_width())}},
            {"width", std::int64_t{least.least_width()}},
            {"widths", std::vector<std::int64_t>{least.least_width()}},
            {"error", options.tolerance},
            {"iterations", std::int64_t{0}}};
  }
  RandomStream search_seed(options.program.seed,
                           {kSearchStream, target_seed(), static_cast<std::uint64_t>(trial.embedding_dim)});
  const SizeSearchOptions search{.tolerance = options.tolerance,
                                 .iterations_per_bump = static_cast<Index>(options.iterations_per_bump),
                                 .restarts = options.restarts,
                                 .searches = options.searches,
                                 .seed = search_seed()};
  const FoundSize found = trial.embedding_dim == 0
                              ? SmallestHypernetworkPrimary(target, search, stop)
                              : SmallestEmbeddingPrimary(target, trial.embedding_dim, search, stop);
  return {{"parameters", std::int64_t{PrimaryParameters(trial, found.width)}},
          {"width", std::int64_t{found.width}},
          {"widths", std::vector<std::int64_t>(found.widths.begin(), found.widths.end())},
          {"error", found.largest_error},
          {"iterations", std::int64_t{found.iterations}}};
}

}  // namespace

std::vector<Trial> ModularityGapTrials(const ModularityGapOptions& options) {
  std::vector<Trial> trials;
  for (const GapTrial& trial : AllGapTrials(options)) {
    trials.push_back({.values = ValuesOf(trial),
                      .work = WorkOf(trial),
                      .measure = [options, trial](const StopRequest& stop) { return Measure(options, trial, stop); }});
  }
  return trials;
}

Result RunModularityGap(const ModularityGapOptions& options, const RunFolder& folder) {
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const std::vector<Trial> trials = ModularityGapTrials(options);
  const TrialOutcomes found = RunTrialsInFolder(
      trials, folder, StudyOf("modularity_gap", settings), TrialOptionsOf(options.program, "modularity_gap"));
  Result result = SummariseModularityGap(options, found);
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, "random-sign bump sums");
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
