// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_MODELS_STANDARD_NORMAL_H_
#define HYPERWIDTH_MODELS_STANDARD_NORMAL_H_

#include <cmath>
#include <numbers>

#include "models/random_stream.h"

namespace hyperwidth {

// A normally distributed number of mean 0 and variance 1, from the stream's next two uniform ones (Box and Muller
// 1958).
inline double StandardNormal(RandomStream& random) {
  const double radius = std::sqrt(-2 * std::log(1 - random.Uniform()));  // 1 - u lies in (0, 1]
  return radius * std::cos(2 * std::numbers::pi * random.Uniform());
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_MODELS_STANDARD_NORMAL_H_
