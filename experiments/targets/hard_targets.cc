// SPDX-License-Identifier: Apache-2.0
#include "experiments/targets/hard_targets.h"

#include <algorithm>
#include <initializer_list>
#include <utility>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

// Bumps as wide as so many cells of the network.
constexpr int kInStep = 1;
constexpr int kFillingCells = 4;

int Coarser(int cells, int factor) { return std::max(1, cells / factor); }

std::vector<int> AlongOneAxis(int dim, int axis, int cells) {
  std::vector<int> result(static_cast<std::size_t>(dim), 0);
  result[static_cast<std::size_t>(axis)] = cells;
  return result;
}

std::vector<int> RandomCells(int dim, int network_cells, RandomStream& random) {
  std::vector<int> result;
  for (int axis = 0; axis < dim; ++axis) {
    result.push_back(1 + static_cast<int>(random.Below(2 * static_cast<std::uint64_t>(network_cells))));
  }
  return result;
}

}  // namespace

std::vector<HardTarget> HardTargets(const InterpolationGrid& grid, int random, std::uint64_t seed) {
  std::vector<HardTarget> targets;
  const int dim = grid.primary_dim + grid.condition_dim;
  RandomStream stream(seed, {static_cast<std::uint64_t>(grid.primary_cells), static_cast<std::uint64_t>(dim)});
  const auto add = [&](std::vector<int> cells, bool all_axes) {
    targets.push_back({BumpTarget(grid.smoothness, std::move(cells), stream()), all_axes});
  };
  for (const int factor : {kInStep, kFillingCells}) {
    const int primary = Coarser(grid.primary_cells, factor), condition = Coarser(grid.condition_cells, factor);
    add(AlongOneAxis(dim, 0, primary), false);
    if (grid.condition_dim > 0) add(AlongOneAxis(dim, grid.primary_dim, condition), false);
    if (dim > 1) add(CellsPerAxis(grid.primary_dim, primary, grid.condition_dim, condition), true);
  }
  for (int i = 0; i < random; ++i) {
    std::vector<int> cells = RandomCells(grid.primary_dim, grid.primary_cells, stream);
    const std::vector<int> more = RandomCells(grid.condition_dim, grid.condition_cells, stream);
    cells.insert(cells.end(), more.begin(), more.end());
    add(std::move(cells), false);
  }
  return targets;
}

std::vector<StructuredBumps> HardStructuredTargets(const InterpolationGrid& grid,
                                                   int rank,
                                                   int random,
                                                   std::uint64_t seed) {
  std::vector<StructuredBumps> targets;
  RandomStream stream(seed, {static_cast<std::uint64_t>(grid.primary_cells), static_cast<std::uint64_t>(rank)});
  const int m1 = grid.primary_dim, m2 = grid.condition_dim;
  const auto add = [&](std::vector<int> primary, std::vector<int> condition) {
    targets.emplace_back(
        StructuredCells{
            .smoothness = grid.smoothness, .primary = std::move(primary), .condition = std::move(condition)},
        rank,
        stream());
  };
  const auto same = [](int dim, int cells) { return std::vector<int>(static_cast<std::size_t>(dim), cells); };
  for (const int factor : {kInStep, kFillingCells}) {
    const int primary = Coarser(grid.primary_cells, factor), condition = Coarser(grid.condition_cells, factor);
    add(AlongOneAxis(m1, 0, primary), same(m2, 0));
    add(same(m1, 0), AlongOneAxis(m2, 0, condition));
    add(same(m1, primary), same(m2, 1));
    add(same(m1, 1), same(m2, condition));
  }
  for (int i = 0; i < random; ++i) {
    std::vector<int> primary = RandomCells(m1, grid.primary_cells, stream);
    add(std::move(primary), RandomCells(m2, grid.condition_cells, stream));
  }
  return targets;
}

Matrix<double> BumpCentres(const BumpTarget& target, Index most, std::uint64_t seed) {
  const Index count = std::min(most, target.bump_count());
  RandomStream random(seed, {1});
  Matrix<double> centres(target.dim(), count);
  for (Index i = 0; i < count; ++i) {
    const bool all = count == target.bump_count();
    centres.col(i) =
        target.Centre(all ? i : static_cast<Index>(random.Below(static_cast<std::uint64_t>(target.bump_count()))));
  }
  return centres;
}

Matrix<double> BumpCentres(const StructuredBumps& target, Index count, std::uint64_t seed) {
  const BumpTarget& primary = target.primary_factors()[0];
  const BumpTarget& condition = target.condition_factors()[0];
  RandomStream random(seed, {2});
  Matrix<double> centres(primary.dim() + condition.dim(), count);
  for (Index i = 0; i < count; ++i) {
    const std::uint64_t x = i == 0 ? 0 : random.Below(static_cast<std::uint64_t>(primary.bump_count()));
    const std::uint64_t at = i == 0 ? 0 : random.Below(static_cast<std::uint64_t>(condition.bump_count()));
    centres.col(i) << primary.Centre(static_cast<Index>(x)), condition.Centre(static_cast<Index>(at));
  }
  return centres;
}

}  // namespace hyperwidth
