// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "experiments/tasks/task_arrays.h"
#include "experiments/tasks/tasks.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kAntiderivativeStream = 0xa47d, kAdvectionStream = 0xadec;
constexpr double kTwoPi = 2 * std::numbers::pi;
constexpr double kHighestFrequency = 10;
constexpr std::int64_t kWavePoints = 500;  // on [0, 1], of sensors and of x
constexpr std::int64_t kSide = 40;         // of advection's grid in x and in t

// A square wave on the circle [0, 1), 0 outside its support.
struct SquareWave {
  double centre, width, height;

  double operator()(double at) const { return std::abs(at - centre) <= width / 2 ? height : 0; }
};

}  // namespace

NamedArrays MakeAntiderivative(const TaskOptions& options) {
  const std::vector<double> points = Equispaced(0, 1, kWavePoints);
  return MakeGrid({.stream = kAntiderivativeStream,
                   .x_size = 1,
                   .x = points,
                   .condition_size = kWavePoints,
                   .draw =
                       [&](RandomStream& random, std::span<double> condition, std::span<double> y) {
                         const double frequency = random.Uniform(0, kHighestFrequency);
                         for (std::size_t i = 0; i < points.size(); ++i) {
                           condition[i] = kTwoPi * frequency * std::cos(kTwoPi * frequency * points[i]);
                           y[i] = std::sin(kTwoPi * frequency * points[i]);
                         }
                       }},
                  options);
}

NamedArrays MakeAdvection(const TaskOptions& options) {
  const std::vector<double> line = Equispaced(0, 1, kSide);
  std::vector<double> points;
  for (const double x : line) {
    for (const double t : line) points.insert(points.end(), {x, t});
  }
  return MakeGrid({.stream = kAdvectionStream,
                   .x_size = 2,
                   .x = points,
                   .condition_size = kSide,
                   .draw =
                       [&](RandomStream& random, std::span<double> condition, std::span<double> y) {
                         const double centre = random.Uniform(0.3, 0.7), width = random.Uniform(0.3, 0.6),
                                      height = random.Uniform(1, 2);
                         const SquareWave wave{.centre = centre, .width = width, .height = height};
                         // Both ends of the line are one point of the circle, and steps in x and t are equal, so that
                         // x - t is a point of the line, with no rounding that could cross an edge.
                         constexpr std::int64_t kPeriod = kSide - 1;
                         for (std::int64_t i = 0; i < kSide; ++i) {
                           condition[static_cast<std::size_t>(i)] = wave(line[static_cast<std::size_t>(i % kPeriod)]);
                           for (std::int64_t j = 0; j < kSide; ++j) {
                             const std::int64_t shifted = (i - j + kPeriod) % kPeriod;
                             y[static_cast<std::size_t>(i * kSide + j)] = wave(line[static_cast<std::size_t>(shifted)]);
                           }
                         }
                       }},
                  options);
}

}  // namespace hyperwidth
