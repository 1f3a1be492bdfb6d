// SPDX-License-Identifier: Apache-2.0

#include "theory/onset.h"

#include <cmath>
#include <cstdlib>
#include <string>

#include "theory/problem.h"
#include "theory/rigorous.h"

namespace hyperwidth {
namespace {

constexpr double kMargin = 1e-9;  // far above the rounding of a few logarithms

// Nothing that is not proved.
std::optional<Onset> AtHeightOf(const CoarsestGrid& coarsest, double radius) {
  const double epsilon = BelowWithThreeDigits(radius / coarsest.norm);
  const double unit_epsilon = UnitEpsilonAbove(epsilon, radius);
  if (unit_epsilon < kMinEpsilon || !ProvesHeight(coarsest.grid, unit_epsilon)) return std::nullopt;
  return Onset{.epsilon = epsilon, .grid = coarsest.grid};
}

}  // namespace

double BelowWithThreeDigits(double value) {
  const double below = value * (1 - 1e-12);  // so that a number of three digits becomes the next smaller one
  const int exponent = static_cast<int>(std::floor(std::log10(below))) - 2;
  const auto digits = static_cast<int>(std::floor(below / std::pow(10.0, exponent)));
  const std::string text = std::to_string(digits) + "e" + std::to_string(exponent);
  return std::strtod(text.c_str(), nullptr);  // std::stod would throw for a subnormal number
}

std::optional<Onset> OnsetOfBumps(const CoarsestGridProblem& ball, double radius) {
  const auto coarsest = FindCoarsestGrid(ball, [](const Grid& grid) { return grid.Log2Points() >= 1; });
  return AtHeightOf(coarsest.value(), radius);  // of every smoothness two bumps are higher than kMinEpsilon
}

std::optional<Onset> OnsetOfClass(const CoarsestGridProblem& ball, const NetworkClass& network_class, double radius) {
  const auto is_too_few = [&](const Grid& grid) {
    return Log2PatternsPerPoint(network_class, PointsOf(grid), 0) < -kMargin;
  };
  const auto coarsest = FindCoarsestGrid(ball, is_too_few);
  if (!coarsest || !ProvesMoreThan(network_class, coarsest->grid, Count::Exact(1))) return std::nullopt;
  return AtHeightOf(coarsest.value(), radius);
}

}  // namespace hyperwidth
