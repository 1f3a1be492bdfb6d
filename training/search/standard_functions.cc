// SPDX-License-Identifier: Apache-2.0
#include "training/search/standard_functions.h"

#include <array>
#include <cmath>
#include <numbers>

namespace hyperwidth {
namespace {

using std::numbers::e;
using std::numbers::pi;

std::vector<double> Coordinates(const Assignment& values) {
  std::vector<double> x;
  for (const NamedValue& named : values) x.push_back(std::get<double>(named.value));
  return x;
}

SearchSpace Cube(int dimensions, double low, double high) {
  SearchSpace space;
  for (int i = 1; i <= dimensions; ++i) space.AddFloat("x" + std::to_string(i), low, high);
  return space;
}

double BraninAt(const Assignment& values) {
  const std::vector<double> x = Coordinates(values);
  const double hill = x[1] - 5.1 / (4 * pi * pi) * x[0] * x[0] + 5 / pi * x[0] - 6;
  return hill * hill + 10 * (1 - 1 / (8 * pi)) * std::cos(x[0]) + 10;
}

double Hartmann6At(const Assignment& values) {
  constexpr std::array<double, 4> kHeights = {1, 1.2, 3, 3.2};
  constexpr std::array<std::array<double, 6>, 4> kSlopes = {
      {{10, 3, 17, 3.5, 1.7, 8}, {0.05, 10, 17, 0.1, 8, 14}, {3, 3.5, 1.7, 10, 17, 8}, {17, 8, 0.05, 10, 0.1, 14}}};
  constexpr std::array<std::array<double, 6>, 4> kCentres = {{{0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886},
                                                              {0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991},
                                                              {0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650},
                                                              {0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381}}};
  const std::vector<double> x = Coordinates(values);
  double sum = 0;
  for (std::size_t i = 0; i < kHeights.size(); ++i) {
    double distance = 0;
    for (std::size_t j = 0; j < x.size(); ++j) distance += kSlopes[i][j] * std::pow(x[j] - kCentres[i][j], 2);
    sum -= kHeights[i] * std::exp(-distance);
  }
  return sum;
}

double AckleyAt(const Assignment& values) {
  const std::vector<double> x = Coordinates(values);
  const auto n = static_cast<double>(x.size());
  double squares = 0, cosines = 0;
  for (const double coordinate : x) {
    squares += coordinate * coordinate;
    cosines += std::cos(2 * pi * coordinate);
  }
  return -20 * std::exp(-0.2 * std::sqrt(squares / n)) - std::exp(cosines / n) + 20 + e;
}

}  // namespace

StandardFunction Branin() {
  SearchSpace space;
  space.AddFloat("x1", -5, 10);
  space.AddFloat("x2", 0, 15);
  return {.name = "Branin", .space = space, .value = BraninAt, .minimiser = {pi, 2.275}, .minimum = 0.397887};
}

StandardFunction Hartmann6() {
  return {.name = "Hartmann-6",
          .space = Cube(6, 0, 1),
          .value = Hartmann6At,
          .minimiser = {0.20169, 0.150011, 0.476874, 0.275332, 0.311652, 0.6573},
          .minimum = -3.32237};
}

StandardFunction Ackley(int dimensions) {
  return {.name = "Ackley-" + std::to_string(dimensions),
          .space = Cube(dimensions, -32.768, 32.768),
          .value = AckleyAt,
          .minimiser = std::vector<double>(static_cast<std::size_t>(dimensions), 0.0),
          .minimum = 0};
}

Assignment AssignmentOf(const StandardFunction& function, const std::vector<double>& x) {
  Assignment values;
  for (std::size_t i = 0; i < x.size(); ++i) values.push_back({function.space.parameters()[i].name, x[i]});
  return values;
}

}  // namespace hyperwidth
