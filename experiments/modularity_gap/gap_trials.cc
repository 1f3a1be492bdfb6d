// SPDX-License-Identifier: Apache-2.0
#include "experiments/modularity_gap/gap_trials.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hyperwidth {

namespace {

// How many targets of n cells there are, when there are `targets` of the largest.
int TargetsAt(int cells, const std::vector<int>& all_cells, std::int64_t targets) {
  const double ratio = static_cast<double>(*std::max_element(all_cells.begin(), all_cells.end())) / cells;
  return static_cast<int>(std::lround(static_cast<double>(targets) * std::min(4.0, ratio * ratio)));
}

// The n of a method, in order. An embedding dimension of 0 means the hypernetwork.
std::vector<int> CellsOf(const ModularityGapOptions& options, const GapCase& gap_case, int embedding_dim) {
  const int dim = gap_case.primary_dim + gap_case.condition_dim;
  std::vector<int> cells = dim == 3 ? options.cells_3d : options.cells;
  if (embedding_dim > 1) {
    std::erase_if(cells, [&](int n) { return std::pow(n, dim) > static_cast<double>(options.bumps_beyond_one); });
  }
  if (embedding_dim > 0) return cells;
  for (const int n : dim == 3 ? options.hypernetwork_cells_3d : options.hypernetwork_cells) {
    if (std::pow(n, gap_case.primary_dim) <= kMostBumpsOfCondition) cells.push_back(n);
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

// The n at which sizes are computed: those that are searched for, and larger ones up to kMostBumps.
std::vector<int> ComputedCells(const ModularityGapOptions& options, const GapCase& gap_case) {
  std::vector<int> cells = CellsOf(options, gap_case, 0);
  for (const int n : options.computed_cells) {
    if (std::pow(n, gap_case.primary_dim + gap_case.condition_dim) <= kMostBumps) cells.push_back(n);
  }
  std::sort(cells.begin(), cells.end());
  cells.erase(std::unique(cells.begin(), cells.end()), cells.end());
  return cells;
}

// As many targets as the searches have where they have the same n, and as many as for the largest n beyond.
void AddComputedTrials(const ModularityGapOptions& options, const GapCase& gap_case, std::vector<GapTrial>& trials) {
  const bool is_3d = gap_case.primary_dim + gap_case.condition_dim == 3;
  const std::vector<int> searched = CellsOf(options, gap_case, 0);
  for (const int cells : ComputedCells(options, gap_case)) {
    const std::int64_t of_largest = is_3d ? options.targets_3d : options.targets;
    const bool is_searched = std::find(searched.begin(), searched.end(), cells) != searched.end();
    const int targets = is_searched ? TargetsAt(cells, searched, of_largest) : static_cast<int>(of_largest);
    for (int target = 0; target < targets; ++target) {
      trials.push_back({.primary_dim = gap_case.primary_dim,
                        .condition_dim = gap_case.condition_dim,
                        .cells = cells,
                        .embedding_dim = 0,
                        .target = target,
                        .computed = true});
    }
  }
}

}  // namespace

std::vector<GapTrial> AllGapTrials(const ModularityGapOptions& options) {
  std::vector<GapTrial> trials;
  for (const GapCase& gap_case : options.dims) {
    const int dim = gap_case.primary_dim + gap_case.condition_dim;
    const std::vector<int>& embedding_dims = dim == 3 ? options.embedding_dims_3d : options.embedding_dims;
    std::vector<int> methods = {0};
    methods.insert(methods.end(), embedding_dims.begin(), embedding_dims.end());
    for (const int embedding_dim : methods) {
      const bool is_beyond_one = embedding_dim > 1;
      const std::vector<int> all_cells = CellsOf(options, gap_case, embedding_dim);
      const std::int64_t of_largest = is_beyond_one ? options.targets_beyond_one
                                      : dim == 3    ? options.targets_3d
                                                    : options.targets;
      for (const int cells : all_cells) {
        const int targets = TargetsAt(cells, all_cells, of_largest);
        for (int target = 0; target < targets; ++target) {
          trials.push_back({.primary_dim = gap_case.primary_dim,
                            .condition_dim = gap_case.condition_dim,
                            .cells = cells,
                            .embedding_dim = embedding_dim,
                            .target = target});
        }
      }
      if (embedding_dim == 0 && gap_case.primary_dim == 1) AddComputedTrials(options, gap_case, trials);
    }
  }
  return trials;
}

std::string CaseName(const GapCase& gap_case) {
  return fmt::format("{}+{}", gap_case.primary_dim, gap_case.condition_dim);
}

Fields ValuesOf(const GapTrial& trial) {
  const std::string network = trial.embedding_dim == 0 ? "hypernetwork" : "embedding";
  return {{"method", trial.computed ? "computed " + network : network},
          {"m1", trial.primary_dim},
          {"m2", trial.condition_dim},
          {"k", trial.embedding_dim},
          {"n", trial.cells},
          {"target", trial.target + 1}};
}

double WorkOf(const GapTrial& trial) {
  if (trial.computed) return 1e-3 * std::pow(trial.cells, trial.primary_dim + trial.condition_dim);
  // Iterations times residuals times the square of the parameters, each of which is of the order of the bumps.
  const double per_condition = std::pow(trial.cells, trial.primary_dim);
  const double conditions = std::pow(trial.cells, trial.condition_dim);
  const double points = trial.primary_dim == 1 ? 1 : 2;  // a bump in two dimensions has more points
  // A hypernetwork's weights are searched for until those of every condition are found.
  if (trial.embedding_dim == 0) return 64 * points * conditions * std::pow(per_condition, 3.5);
  return points * (trial.embedding_dim + 3) / 4.0 * std::pow(per_condition * conditions, 3.5);
}

Index PrimaryParameters(const GapTrial& trial, Index width) {
  // Weights of each input and a bias and an output weight per unit, and the output's bias.
  return width * (trial.primary_dim + trial.embedding_dim + 2) + 1;
}

}  // namespace hyperwidth
