// SPDX-License-Identifier: Apache-2.0
#include "experiments/tasks/task_arrays.h"

#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

constexpr std::int64_t kMostNumbers = 1'000'000'000;

}  // namespace

std::vector<double> Equispaced(double first, double last, std::int64_t count) {
  std::vector<double> points(static_cast<std::size_t>(count));
  for (std::int64_t i = 0; i < count; ++i) {
    const double share = static_cast<double>(i) / static_cast<double>(count - 1);
    points[static_cast<std::size_t>(i)] = first * (1 - share) + last * share;
  }
  return points;
}

void RequireSize(std::int64_t conditions, std::int64_t numbers_each) {
  if (conditions <= kMostNumbers / numbers_each) return;
  throw std::invalid_argument("task: " + std::to_string(conditions) + " conditions with " +
                              std::to_string(numbers_each) + " numbers each, accepted: at most " +
                              std::to_string(kMostNumbers) + " numbers");
}

RandomStream ConditionStream(const TaskOptions& options, std::uint64_t stream, std::int64_t g) {
  const bool is_test = g >= options.train;
  const auto number = static_cast<std::uint64_t>(is_test ? g - options.train : g);
  return RandomStream(options.seed, {stream, is_test ? std::uint64_t{1} : std::uint64_t{0}, number});
}

NumericArray SplitArray(std::int64_t train, std::int64_t test, std::int64_t samples_each) {
  std::vector<std::uint8_t> split(static_cast<std::size_t>((train + test) * samples_each), 0);
  for (std::size_t i = static_cast<std::size_t>(train * samples_each); i < split.size(); ++i) split[i] = 2;
  return NumericArray::Of<std::uint8_t>({static_cast<std::int64_t>(split.size())}, split);
}

NamedArrays MakeGrid(const GridTask& task, const TaskOptions& options) {
  const auto points = static_cast<std::int64_t>(task.x.size()) / task.x_size;
  const std::int64_t count = options.train + options.test;
  RequireSize(count, points + task.condition_size);
  std::vector<double> conditions(static_cast<std::size_t>(count * task.condition_size));
  std::vector<double> y(static_cast<std::size_t>(count * points));
  for (std::int64_t g = 0; g < count; ++g) {
    RandomStream random = ConditionStream(options, task.stream, g);
    task.draw(
        random,
        std::span(conditions)
            .subspan(static_cast<std::size_t>(g * task.condition_size), static_cast<std::size_t>(task.condition_size)),
        std::span(y).subspan(static_cast<std::size_t>(g * points), static_cast<std::size_t>(points)));
  }
  NamedArrays arrays;
  arrays.emplace("x", NumericArray::Of<double>({points, task.x_size}, task.x));
  arrays.emplace("I", NumericArray::Of<double>({count, task.condition_size}, conditions));
  arrays.emplace("y", NumericArray::Of<double>({count, points}, y));
  arrays.emplace("split", SplitArray(options.train, options.test));
  return arrays;
}

}  // namespace hyperwidth
