// SPDX-License-Identifier: Apache-2.0
//
// Targets of which one knows beforehand which schemes can represent them, for testing whether a comparison finds out.

#include <cmath>
#include <cstdint>
#include <functional>
#include <numbers>
#include <span>
#include <vector>

#include "experiments/tasks/task_arrays.h"
#include "experiments/tasks/tasks.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kStream = 0x4a05;
constexpr std::int64_t kPoints = 64;  // of x, on [-1, 1]
constexpr std::size_t kRank = 4;
constexpr std::int64_t kConditionSize = 4;  // I is uniform on [-1, 1]^4
constexpr double kStepWidth = 0.02;
constexpr double kFarthestShift = 0.8;

using Draw = std::function<double(std::span<const double> condition, double x, RandomStream& random)>;

NamedArrays Make(const TaskOptions& options, const Draw& value) {
  const std::vector<double> points = Equispaced(-1, 1, kPoints);
  return MakeGrid({.stream = kStream,
                   .x_size = 1,
                   .x = points,
                   .condition_size = kConditionSize,
                   .draw =
                       [&](RandomStream& random, std::span<double> condition, std::span<double> y) {
                         for (double& entry : condition) entry = random.Uniform(-1, 1);
                         for (std::size_t i = 0; i < points.size(); ++i) y[i] = value(condition, points[i], random);
                       }},
                  options);
}

}  // namespace

NamedArrays MakeUnconditional(const TaskOptions& options) {
  return Make(options, [](std::span<const double>, double x, RandomStream&) {
    return std::sin(std::numbers::pi * x) + 0.5 * std::cos(3 * std::numbers::pi * x);
  });
}

NamedArrays MakeRank(const TaskOptions& options) {
  return Make(options, [](std::span<const double> condition, double x, RandomStream&) {
    double sum = 0;
    for (std::size_t l = 0; l < kRank; ++l) {
      sum += std::sin(std::numbers::pi * condition[l]) * std::cos(static_cast<double>(l + 1) * std::numbers::pi * x);
    }
    return sum;
  });
}

NamedArrays MakeShift(const TaskOptions& options) {
  return Make(options, [](std::span<const double> condition, double x, RandomStream&) {
    return std::tanh((x - kFarthestShift * condition[0]) / kStepWidth);
  });
}

NamedArrays MakeNoise(const TaskOptions& options) {
  return Make(options, [](std::span<const double>, double, RandomStream& random) { return random.Uniform(-1, 1); });
}

}  // namespace hyperwidth
