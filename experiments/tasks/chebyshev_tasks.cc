// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "experiments/tasks/task_arrays.h"
#include "experiments/tasks/tasks.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kStream = 0xc4eb;
constexpr int kTerms = 20;
constexpr double kLargestCoefficient = 0.25;
constexpr std::int64_t kSensors = 100, kPoints = 100;

using Coefficients = std::array<double, kTerms>;

// T_0 .. T_kTerms at a point.
std::array<double, kTerms + 1> Polynomials(double at) {
  std::array<double, kTerms + 1> values = {1, at};
  for (std::size_t l = 2; l < values.size(); ++l) values[l] = 2 * at * values[l - 1] - values[l - 2];
  return values;
}

double Value(const Coefficients& coefficients, double at) {
  const auto polynomials = Polynomials(at);
  double sum = 0;
  for (std::size_t l = 0; l < kTerms; ++l) sum += coefficients[l] * polynomials[l];
  return sum;
}

// An antiderivative: those of T_0 and T_1 are T_1 and T_2 / 4, of T_l half of T_(l+1) / (l + 1) - T_(l-1) / (l - 1).
double Antiderivative(const Coefficients& coefficients, double at) {
  const auto polynomials = Polynomials(at);
  double sum = coefficients[0] * polynomials[1] + coefficients[1] * polynomials[2] / 4;
  for (std::size_t l = 2; l < kTerms; ++l) {
    const auto degree = static_cast<double>(l);
    sum += coefficients[l] / 2 * (polynomials[l + 1] / (degree + 1) - polynomials[l - 1] / (degree - 1));
  }
  return sum;
}

// y = u, and what of u is seen at the sensors.
template <typename Seen>
NamedArrays Make(const TaskOptions& options, Seen&& seen) {
  const std::vector<double> sensors = Equispaced(-1, 1, kSensors), points = Equispaced(-1, 1, kPoints);
  return MakeGrid({.stream = kStream,
                   .x_size = 1,
                   .x = points,
                   .condition_size = kSensors,
                   .draw =
                       [&](RandomStream& random, std::span<double> condition, std::span<double> y) {
                         Coefficients coefficients;
                         for (double& c : coefficients) c = random.Uniform(-kLargestCoefficient, kLargestCoefficient);
                         for (std::size_t i = 0; i < condition.size(); ++i) {
                           condition[i] = seen(coefficients, sensors[i]);
                         }
                         for (std::size_t i = 0; i < y.size(); ++i) y[i] = Value(coefficients, points[i]);
                       }},
                  options);
}

}  // namespace

NamedArrays MakeIdentity(const TaskOptions& options) {
  return Make(options, [](const Coefficients& coefficients, double at) { return Value(coefficients, at); });
}

NamedArrays MakeDifferentiation(const TaskOptions& options) {
  return Make(options, [](const Coefficients& coefficients, double at) {
    return Antiderivative(coefficients, at) - Antiderivative(coefficients, -1);
  });
}

}  // namespace hyperwidth
