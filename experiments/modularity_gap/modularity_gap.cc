// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/modularity_gap.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdio>

#include "experiments/modularity_gap/gap_trials.h"
#include "experiments/program/run_config.h"
#include "experiments/program/trial_table.h"
#include "models/random_stream.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kTargetStream = 1;
constexpr std::uint64_t kSearchStream = 2;

Fields Settings(const ModularityGapOptions& options) {
  std::vector<std::string> dims;
  for (const GapCase& gap_case : options.dims) dims.push_back(CaseName(gap_case));
  return {{"dims", dims},
          {"cells", options.cells},
          {"cells_3d", options.cells_3d},
          {"hypernetwork_cells", options.hypernetwork_cells},
          {"hypernetwork_cells_3d", options.hypernetwork_cells_3d},
          {"embedding_dims", options.embedding_dims},
          {"embedding_dims_3d", options.embedding_dims_3d},
          {"targets", options.targets},
          {"targets_3d", options.targets_3d},
          {"targets_beyond_one", options.targets_beyond_one},
          {"bumps_beyond_one", options.bumps_beyond_one},
          {"tolerance", options.tolerance},
          {"iterations_per_bump", options.iterations_per_bump},
          {"restarts", static_cast<std::int64_t>(options.restarts)},
          {"searches", static_cast<std::int64_t>(options.searches)},
          {"seed", options.program.seed},
          {"threads", static_cast<std::int64_t>(options.program.threads)}};
}

Fields Measure(const ModularityGapOptions& options, const GapTrial& trial, const StopRequest& stop) {
  // Both methods meet the same targets.
  RandomStream target_seed(options.program.seed,
                           {kTargetStream,
                            static_cast<std::uint64_t>(trial.primary_dim),
                            static_cast<std::uint64_t>(trial.condition_dim),
                            static_cast<std::uint64_t>(trial.cells),
                            static_cast<std::uint64_t>(trial.target)});
  const ConditionedTarget target(trial.primary_dim, trial.condition_dim, trial.cells, target_seed());
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

ModularityGapOptions QuickModularityGap() {
  ModularityGapOptions options;
  options.dims = {{1, 1}};
  options.cells = {4, 5, 6, 7, 8};
  options.hypernetwork_cells = {};
  options.embedding_dims = {1};
  options.targets = 4;
  options.program.quick = true;
  return options;
}

std::vector<Trial> ModularityGapTrials(const ModularityGapOptions& options) {
  std::vector<Trial> trials;
  for (const GapTrial& trial : AllGapTrials(options)) {
    trials.push_back({.key = KeyOf(trial), .work = WorkOf(trial), .measure = [options, trial](const StopRequest& stop) {
                        return Measure(options, trial, stop);
                      }});
  }
  return trials;
}

Result RunModularityGap(const ModularityGapOptions& options, const RunFolder& folder) {
  WriteOrCheckConfig(folder, Settings(options));
  const std::vector<Trial> trials = ModularityGapTrials(options);
  const TrialOutcomes found = RunTrialsInFolder(trials, folder, "modularity_gap", ResolvedThreads(options.program));
  Result result = SummariseModularityGap(options, found);
  result.settings = Settings(options);
  result.provenance = CommonProvenance(options.program, "random-sign bump sums");
  result.provenance.push_back({"quick", options.program.quick});
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
