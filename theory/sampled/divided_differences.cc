// SPDX-License-Identifier: Apache-2.0
#include "theory/sampled/divided_differences.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "theory/domain_check.h"
#include "theory/sampled/samples.h"

namespace hyperwidth {
namespace {

// k! |[x_0, .., x_k] y| for these k + 1 samples, less what noise and rounding may have added. As the sum of y_j / w_j,
// whose terms tell how much of each other they cancel.
double LeastDerivative(std::span<const double> x, std::span<const double> y, double noise) {
  const std::size_t k = x.size() - 1;
  double sum = 0, uncertain = 0;
  for (std::size_t j = 0; j <= k; ++j) {
    double weight = 1;  // k! / w_j
    for (std::size_t i = 0, factor = 1; i <= k; ++i) {
      if (i != j) weight *= static_cast<double>(factor++) / (x[j] - x[i]);
    }
    sum += weight * y[j];
    // Each weight is off by 3 k roundings at most, the product and the sum by k + 2 more; a value itself by none.
    const double roundings = k == 0 ? 0 : (4 * static_cast<double>(k) + 3) * std::numeric_limits<double>::epsilon();
    uncertain += std::abs(weight) * (noise + roundings * (std::abs(y[j]) + noise));
  }
  return std::abs(sum) - uncertain;
}

}  // namespace

std::vector<double> LeastDerivatives(std::span<const double> x, std::span<const double> y, int orders, double noise) {
  internal::RequireSamples(x, y);
  RequireInteger("orders", orders, 0, 1000);
  RequireFrom("noise", noise, 0, std::numeric_limits<double>::infinity());
  std::vector<double> least(static_cast<std::size_t>(orders) + 1, 0);
  for (std::size_t k = 0; k < least.size(); ++k) {
    for (std::size_t i = 0; i + k < x.size(); ++i) {
      least[k] = std::max(least[k], LeastDerivative(x.subspan(i, k + 1), y.subspan(i, k + 1), noise));
    }
  }
  return least;
}

}  // namespace hyperwidth
