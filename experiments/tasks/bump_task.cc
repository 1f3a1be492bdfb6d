// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

#include "experiments/targets/bump_target.h"
#include "experiments/tasks/task_arrays.h"
#include "experiments/tasks/tasks.h"
#include "models/types.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kStream = 0xb0b5;
constexpr std::int64_t kPointsPerCell = 8;  // on each axis; ends, centres and kinks of all bumps are among them
constexpr double kMostPoints = 1e6;

// The points of a grid on [-1, 1]^dim, the last coordinate fastest.
std::vector<double> Grid(int dim, std::int64_t per_axis) {
  const std::vector<double> line = Equispaced(-1, 1, per_axis);
  std::vector<double> points;
  std::vector<std::size_t> index(static_cast<std::size_t>(dim), 0);
  while (true) {
    for (const std::size_t i : index) points.push_back(line[i]);
    std::size_t axis = index.size();
    while (axis > 0 && ++index[axis - 1] == line.size()) index[--axis] = 0;
    if (axis == 0) return points;
  }
}

void RequireDimensions(const TaskOptions& options) {
  if (options.primary_dim < 1 || options.condition_dim < 1 || options.cells < 1) {
    throw std::invalid_argument("bumps: found " + std::to_string(options.primary_dim) + " dimensions of x, " +
                                std::to_string(options.condition_dim) + " of I and " + std::to_string(options.cells) +
                                " cells on each axis; accepted: at least 1 of each");
  }
  if (std::pow(static_cast<double>(kPointsPerCell) * options.cells + 1, options.primary_dim) > kMostPoints) {
    throw std::invalid_argument("bumps: " + std::to_string(options.cells) + " cells on each of " +
                                std::to_string(options.primary_dim) + " axes of x make more than " +
                                std::to_string(static_cast<int>(kMostPoints)) +
                                " points, nine or more to a bump and axis; accepted: fewer cells or axes");
  }
}

}  // namespace

NamedArrays MakeBumps(const TaskOptions& options) {
  RequireDimensions(options);
  const BumpTarget target(options.smoothness,
                          CellsPerAxis(options.primary_dim, options.cells, options.condition_dim, options.cells),
                          options.seed);
  const std::vector<double> points = Grid(options.primary_dim, kPointsPerCell * options.cells + 1);
  Vector<double> point(options.primary_dim + options.condition_dim);
  return MakeGrid({.stream = kStream,
                   .x_size = options.primary_dim,
                   .x = points,
                   .condition_size = options.condition_dim,
                   .draw =
                       [&](RandomStream& random, std::span<double> condition, std::span<double> y) {
                         for (double& coordinate : condition) coordinate = random.Uniform(-1, 1);
                         std::copy(condition.begin(), condition.end(), point.begin() + options.primary_dim);
                         for (std::size_t i = 0; i < y.size(); ++i) {
                           const auto first = points.begin() + static_cast<std::ptrdiff_t>(i) * options.primary_dim;
                           std::copy(first, first + options.primary_dim, point.begin());
                           y[i] = target(point) / target.height();
                         }
                       }},
                  options);
}

}  // namespace hyperwidth
