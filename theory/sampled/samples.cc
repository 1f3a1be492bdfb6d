// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/samples.h"

#include <cmath>
#include <stdexcept>
#include <string>

#include "theory/domain_check.h"

namespace hyperwidth::internal {

void RequireSamples(std::span<const double> x, std::span<const double> y) {
  if (x.size() != y.size()) {
    throw std::domain_error("samples: found " + std::to_string(x.size()) + " x and " + std::to_string(y.size()) +
                            " y; accepted: equally many");
  }
  for (std::size_t i = 0; i < x.size(); ++i) {
    if (std::isfinite(x[i]) && std::isfinite(y[i]) && (i == 0 || x[i] > x[i - 1])) continue;
    throw std::domain_error("sample " + std::to_string(i) + ": found x = " + ShortestDecimal(x[i]) +
                            ", y = " + ShortestDecimal(y[i]) + "; accepted: finite numbers, x increasing");
  }
}

}  // namespace hyperwidth::internal
