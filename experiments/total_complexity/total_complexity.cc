// SPDX-License-Identifier: Apache-2.0
#include "experiments/total_complexity/total_complexity.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "experiments/program/run_config.h"
#include "experiments/program/trial_table.h"
#include "experiments/program/trials.h"
#include "experiments/total_complexity/complexity_measurement.h"
#include "experiments/total_complexity/complexity_summary.h"
#include "theory/spline_network.h"

namespace hyperwidth {
namespace {

using Method = ComplexityMethod;

// Pairs of nodes for which a full hypernetwork is built: 33^4 is just below.
constexpr double kMostPairs = 1.2e6;

// Ranks are doubled until the factorised hypernetwork is larger than the standard network of the same cells; a larger
// rank than this is not tried.
constexpr int kMostRank = 1 << 14;

Fields Settings(const TotalComplexityOptions& options) {
  return {{"smoothness", std::int64_t{options.targets.smoothness}},
          {"primary_dim", std::int64_t{options.targets.primary_dim}},
          {"condition_dim", std::int64_t{options.targets.condition_dim}},
          {"ranks", options.ranks},
          {"cells", std::int64_t{options.cells}},
          {"rank_cells", std::int64_t{options.rank_cells}},
          {"targets", options.random_targets},
          {"seed", options.program.seed},
          {"threads", static_cast<std::int64_t>(options.program.threads)}};
}

void AddOnce(const ComplexitySize& size, std::vector<ComplexitySize>& sizes) {
  for (const ComplexitySize& other : sizes) {
    if (other.Name() == size.Name()) return;
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
  return {.key = size.Name(), .work = Work(size, targets), .measure = [size, targets](const StopRequest& stop) {
            return OutcomeOf(MeasureComplexity(size, targets, stop));
          }};
}

}  // namespace

void ValidateTotalComplexity(const TotalComplexityOptions& options) {
  const StructuredClass& targets = options.targets;
  const bool fits = (targets.smoothness == 1 || targets.smoothness == 2) && targets.primary_dim >= 1 &&
                    targets.condition_dim >= 1 && targets.dim() <= 4 && options.cells >= 8 && options.rank_cells >= 8 &&
                    !options.ranks.empty() && *std::min_element(options.ranks.begin(), options.ranks.end()) >= 1;
  if (fits) return;
  throw std::invalid_argument(fmt::format(
      "total_complexity: smoothness = {}, primary_dim = {}, condition_dim = {}, cells = {}, rank_cells = {}; "
      "accepted: smoothness 1 or 2, dimensions of at least 1 and at most 4 together, at least 8 cells, ranks "
      "of at least 1",
      targets.smoothness,
      targets.primary_dim,
      targets.condition_dim,
      options.cells,
      options.rank_cells));
}

TotalComplexityOptions QuickTotalComplexity() {
  TotalComplexityOptions options;
  options.ranks = {1, 4};
  options.cells = 32;
  options.random_targets = 0;
  return options;
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
  WriteOrCheckConfig(folder, Settings(options));
  ComplexityTargets targets{.random = static_cast<int>(options.random_targets), .seed = options.program.seed};
  if (options.program.quick) {
    targets.built_nodes = 3e4;
    targets.scanned_cells = 256;
    targets.network_work = 5e6;
  }
  const std::vector<ComplexitySize> sizes = ComplexitySizes(options);
  std::vector<Trial> trials;
  for (const ComplexitySize& size : sizes) trials.push_back(AsTrial(size, targets));
  const TrialOutcomes found = RunTrialsInFolder(trials, folder, "total_complexity", ResolvedThreads(options.program));
  std::vector<ComplexityMeasurement> measurements;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    if (found.outcomes[i]) measurements.push_back(MeasurementOf(sizes[i], *found.outcomes[i]));
  }
  Result result{.experiment = "total_complexity"};
  result.settings = Settings(options);
  result.provenance = CommonProvenance(options.program, "structured random-sign bump sums");
  result.provenance.push_back({"quick", options.program.quick});
  SummariseTotalComplexity(measurements, {.targets = options.targets, .rank_cells = options.rank_cells}, result);
  if (!found.complete) MarkPartial(found, result);
  return result;
}

}  // namespace hyperwidth
