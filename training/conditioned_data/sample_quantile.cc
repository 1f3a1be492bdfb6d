// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/sample_quantile.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>

namespace hyperwidth {

double MeanOf(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

double QuantileOf(std::vector<double> numbers, double share, QuantileMethod method) {
  // No number would make an order of nothing.
  if (std::any_of(numbers.begin(), numbers.end(), [](double number) { return std::isnan(number); })) {
    return std::numeric_limits<double>::quiet_NaN();
  }
  std::sort(numbers.begin(), numbers.end());
  const auto count = static_cast<double>(numbers.size());
  if (method == QuantileMethod::kInvertedCdf) {
    return numbers[static_cast<std::size_t>(std::max(std::ceil(share * count), 1.0)) - 1];
  }
  const double place = share * (count - 1);
  const auto below = static_cast<std::size_t>(place);
  const double part = place - static_cast<double>(below);
  if (part == 0) return numbers[below];
  return numbers[below] + part * (numbers[below + 1] - numbers[below]);
}

}  // namespace hyperwidth
