// SPDX-License-Identifier: Apache-2.0
#include "experiments/best_approximation/best_targets.h"

#include <algorithm>
#include <cmath>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kHeightStream = 31;

double Dot(const Heights& a, const Heights& b) {
  double sum = 0;
  for (std::size_t i = 0; i < kBumps; ++i) sum += a[i] * b[i];
  return sum;
}

Heights Unit(Heights heights) {
  const double norm = std::sqrt(Dot(heights, heights));
  for (double& height : heights) height /= norm;
  return heights;
}

// On the great circle through a in the direction of b.
Target OnCircle(const Heights& a, const Heights& b, double t) {
  const Heights start = Unit(a);
  Heights side = b;
  for (std::size_t i = 0; i < kBumps; ++i) side[i] -= Dot(b, start) * start[i];
  side = Unit(side);
  Heights heights;
  for (std::size_t i = 0; i < kBumps; ++i) heights[i] = std::cos(t) * start[i] + std::sin(t) * side[i];
  return SumOfBumps(Bumps::kOverlapping, heights);
}

double Chebyshev(int degree, double x) { return std::cos(degree * std::acos(std::clamp(x, -1.0, 1.0))); }

}  // namespace

std::string BumpsName(Bumps bumps) { return bumps == Bumps::kOverlapping ? "overlapping" : "disjoint"; }

Target SumOfBumps(Bumps bumps, const Heights& heights) {
  const double half_width = bumps == Bumps::kOverlapping ? 0.5 : 0.25;
  return [half_width, heights](double x) {
    double sum = 0;
    for (std::size_t i = 0; i < kBumps; ++i) {
      sum += heights[i] * std::max(0.0, 1 - std::abs(x - (-1 + 0.5 * static_cast<double>(i))) / half_width);
    }
    return sum;
  };
}

Heights RandomHeights(std::uint64_t seed, std::uint64_t number) {
  RandomStream random(seed, {kHeightStream, number});
  Heights heights;
  for (double& height : heights) height = StandardNormal(random);  // so that the direction is uniform
  return Unit(heights);
}

const std::vector<TargetPath>& TargetPaths() {
  static const std::vector<TargetPath> paths = {
      {"quiet",
       "0.3 (cos t tanh x + sin t) + 0.01 cos t T_6(x): nothing happens on the way from y to -y.",
       [](double t) -> Target {
         return [t](double x) {
           return 0.3 * (std::cos(t) * std::tanh(x) + std::sin(t)) + 0.01 * std::cos(t) * Chebyshev(6, x);
         };
       }},
      {"vanishing",
       "Heights from rising to alternating to falling: where they alternate, the best approximator is the constant 0.",
       [](double t) {
         return OnCircle({-1, -0.8, 0, 0.8, 1}, {1, -1, 1, -1, 1}, t);
       }},
      {"nonexistent",
       "Heights 0, -2, 2, -1, 0 and their negatives, by way of orthogonal ones: there is no best approximator for "
       "most.",
       [](double t) {
         return OnCircle({0, -2, 2, -1, 0}, {1, 1, 1, -1, 2}, t);
       }}};
  return paths;
}

Target ChebyshevTarget(int degree, double height) {
  return [degree, height](double x) { return height * Chebyshev(degree, x); };
}

}  // namespace hyperwidth
