// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_TARGETS_H_
#define HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_TARGETS_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "experiments/best_approximation/one_neuron.h"

namespace hyperwidth {

// One neuron has four parameters: the sphere is that of the sums of five bumps.
inline constexpr std::size_t kBumps = 5;
using Heights = std::array<double, kBumps>;

// Hats of height 1 at -1, -1/2, 0, 1/2 and 1.
enum class Bumps {
  kOverlapping,  // of half-width 1/2: their sum is linear between its heights
  kDisjoint,     // of half-width 1/4: their sum returns to 0 between any two
};
std::string BumpsName(Bumps bumps);  // "overlapping" or "disjoint"

Target SumOfBumps(Bumps bumps, const Heights& heights);

// Uniform on the unit sphere of R^5.
Heights RandomHeights(std::uint64_t seed, std::uint64_t number);

// A path of targets from y to -y, for t in [0, pi].
struct TargetPath {
  std::string name;
  std::string about;  // a sentence
  Target (*at)(double t);
};

//   quiet        0.3 (cos t tanh x + sin t) + 0.01 cos t T_6(x), no sum of bumps
//   vanishing    overlapping bumps: cos t of a rising sum, sin t of one with alternating heights
//   nonexistent  overlapping bumps: cos t of heights 0, -2, 2, -1, 0, sin t of ones orthogonal to it
const std::vector<TargetPath>& TargetPaths();

// height T_degree(x), Chebyshev's polynomial: degree + 1 extrema that alternate between +height and -height.
Target ChebyshevTarget(int degree, double height);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_BEST_APPROXIMATION_BEST_TARGETS_H_
