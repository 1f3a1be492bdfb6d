// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/total_complexity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "experiments/command_line/flag_checks.h"
#include "experiments/constructions/network_work.h"
#include "experiments/program/run_config.h"
#include "experiments/total_complexity/complexity_measurement.h"
#include "experiments/total_complexity/complexity_summary.h"
#include "theory/spline_network.h"
#include "training/trials/run_trials.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {
namespace {

using Method = ComplexityMethod;

// Pairs of nodes for which a full hypernetwork is built: 33^4 is just below.
constexpr double kMostPairs = 1.2e6;

// Ranks are doubled until the factorised hypernetwork is larger than the standard network of the same cells; a larger
// rank than this is not tried.
constexpr int kMostRank = 1 << 14;

void AddOnce(const ComplexitySize& size, std::vector<ComplexitySize>& sizes) {
  for (const ComplexitySize& other : sizes) {
    if (other.Values() == size.Values()) return;
  }
  sizes.push_back(size);
}

void AddRankSweep(const TotalComplexityOptions& options, std::vector<ComplexitySize>& sizes) {
  const StructuredClass& targets = options.targets;
  const auto standard = static_cast<double>(*SizeOfSplineNetwork(targets.dim(), options.rank_cells).total.value);
  for (const Method method : {Method::kStandard, Method::kFull}) {
    AddOnce({.method = method, .targets = targets, .cells = options.rank_cells}, sizes);
  }
  const double per_rank = std::pow(options.rank_cells + 1.0, targets.primary_dim) +
                          std::pow(options.rank_cells + 1.0, targets.condition_dim);
  for (int rank = 1; rank <= kMostRank; rank *= 2) {
    for (const Method method : {Method::kFactorised, Method::kEmbedding}) {
      AddOnce({.method = method, .targets = targets, .rank = rank, .cells = options.rank_cells}, sizes);
    }
    if (rank * per_rank > standard) break;
  }
}

// Rough, in parameters that are evaluated: networks that are built cost far more than formulas.
double Work(const ComplexitySize& size, const ComplexityTargets& targets) {
  constexpr double kScan = 2e5;
  if (size.method == Method::kStandard) return kScan + (size.Nodes() <= targets.built_nodes ? 30 * size.Nodes() : 0);
  if (size.method == Method::kFull) return kScan + size.Nodes();
  return kScan + (24.0 + 2.0 * size.rank) * size.Nodes();
}

Trial AsTrial(const ComplexitySize& size, const ComplexityTargets& targets) {
  return {.values = size.Values(), .work = Work(size, targets), .measure = [size, targets](const StopRequest& stop) {
            return OutcomeOf(MeasureComplexity(size, targets, stop));
          }};
}

}  // namespace

SettingTable SettingTableOf(TotalComplexityOptions& options) {
  SettingTable table;
  table.Add({.name = "smoothness", .help = "Bounded derivatives of the targets", .accepted = IntegerAtLeast(1, 2)},
            options.targets.smoothness);
  table.Add(
      {.name = "primary_dim", .help = "Dimension m1 of x; m1 + m2 is at most 4", .accepted = IntegerAtLeast(1, 3)},
      options.targets.primary_dim);
  table.Add({.name = "condition_dim", .help = "Dimension m2 of I", .accepted = IntegerAtLeast(1, 3)},
            options.targets.condition_dim);
  table.Add({.name = "ranks",
             .help = "Ranks w of the targets for which errors are varied",
             .accepted = IntegerAtLeast(1, 1024)},
            options.ranks,
            /*quick=*/{{1, 4}});
  table.Add({.name = "cells",
             .help = "Most cells per axis of the standard network; others get twice as many",
             .accepted = IntegerAtLeast(8, 256)},
            options.cells,
            /*quick=*/32);
  table.Add(
      {.name = "rank_cells", .help = "Cells per axis where the rank is varied", .accepted = IntegerAtLeast(8, 16)},
      options.rank_cells);
  table.Add({.name = "targets",
             .help = "Random targets for each size, besides those made to be hard",
             .accepted = IntegerAtLeast(0, 1000)},
            options.random_targets,
            /*quick=*/0);
  table.Add({.name = "built_nodes",
             .help = "Standard networks of more nodes are not built, and measured by their formula",
             .accepted = IntegerAtLeast(0, 10'000'000)},
            options.built_nodes,
            /*quick=*/30'000);
  table.Add({.name = "scanned_cells",
             .help = "Cells in which each error is looked for; fewer for large ranks",
             .accepted = IntegerAtLeast(16, 1'000'000)},
            options.scanned_cells,
            /*quick=*/256);
  AddNetworkWork(options.network_work, table);
  AddProgramSettings(options.program, table);
  return table;
}

void ValidateTotalComplexity(const TotalComplexityOptions& options) {
  SettingsOf(options);
  if (options.targets.dim() <= 4) return;
  throw std::invalid_argument(
      fmt::format("total_complexity: primary_dim = {}, condition_dim = {}; accepted: at most 4 together",
                  options.targets.primary_dim,
                  options.targets.condition_dim));
}

std::vector<ComplexitySize> ComplexitySizes(const TotalComplexityOptions& options) {
  std::vector<ComplexitySize> sizes;
  for (const int cells : ComplexityCells(options.cells)) {
    AddOnce({.method = Method::kStandard, .targets = options.targets, .cells = cells}, sizes);
    const ComplexitySize full{.method = Method::kFull, .targets = options.targets, .cells = cells};
    if (full.Nodes() <= kMostPairs) AddOnce(full, sizes);
  }
  for (const int cells : ComplexityCells(2 * options.cells)) {
    for (const int rank : options.ranks) {
      for (const Method method : {Method::kFactorised, Method::kEmbedding}) {
        AddOnce({.method = method, .targets = options.targets, .rank = rank, .cells = cells}, sizes);
      }
    }
  }
  AddRankSweep(options, sizes);
  return sizes;
}

Result RunTotalComplexity(const TotalComplexityOptions& options, const RunFolder& folder) {
  ValidateTotalComplexity(options);
  const Fields settings = SettingsOf(options);
  WriteOrCheckConfig(folder, settings);
  const ComplexityTargets targets{.random = static_cast<int>(options.random_targets),
                                  .built_nodes = static_cast<double>(options.built_nodes),
                                  .scanned_cells = options.scanned_cells,
                                  .network_work = static_cast<double>(options.network_work),
                                  .seed = options.program.seed};
  const std::vector<ComplexitySize> sizes = ComplexitySizes(options);
  std::vector<Trial> trials;
  for (const ComplexitySize& size : sizes) trials.push_back(AsTrial(size, targets));
  const TrialOutcomes found = RunTrialsInFolder(
      trials, folder, StudyOf("total_complexity", settings), TrialOptionsOf(options.program, "total_complexity"));
  std::vector<ComplexityMeasurement> measurements;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (found.outcomes[i]) measurements.push_back(MeasurementOf(sizes[i], found.outcomes[i]->values));
  }
  Result result{.experiment = "total_complexity"};
  result.settings = settings;
  result.provenance = CommonProvenance(options.program, "structured random-sign bump sums");
  SummariseTotalComplexity(measurements, {.targets = options.targets, .rank_cells = options.rank_cells}, result);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
