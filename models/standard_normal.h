// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_STANDARD_NORMAL_H_
#define HYPERWIDTH_MODELS_STANDARD_NORMAL_H_

#include <cmath>
#include <numbers>
#include <utility>

#include "models/random_stream.h"

namespace hyperwidth {

// Two independent normally distributed numbers of mean 0 and variance 1, from the stream's next two uniform ones (Box
// and Muller 1958).
inline std::pair<double, double> StandardNormalPair(RandomStream& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.Uniform()));  // 1 - u lies in (0, 1]
  const double angle = 2 * std::numbers::pi * random.Uniform();
  return {radius * std::cos(angle), radius * std::sin(angle)};
}

// The first of them.
inline double StandardNormal(RandomStream& random) { return StandardNormalPair(random).first; }

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_STANDARD_NORMAL_H_
