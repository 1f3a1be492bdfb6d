// SPDX-License-Identifier: Apache-2.0
#include "theory/random_signs.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <ranges>

#include "theory/domain_check.h"

namespace hyperwidth {

std::int64_t LeastParametersForRandomSigns(const NetworkClass& network_class, const PointCounts& points, double bits) {
  RequireFrom("bits", bits, 0, 1e15);
  RequireFrom("log2 of the number of bumps", points.log2_all, 0, 50);
  constexpr double kMargin = 1.5e-11;  // of a logarithm to base 2
  const double bumps = std::exp2(points.log2_all);
  const double needed = std::log2(std::fdim(bumps, bits) / bumps);  // minus infinity where nothing is needed
  const auto reaches = [&](std::int64_t parameters) {
    const double patterns = Log2PatternsPerPoint(network_class, points, std::log2(static_cast<double>(parameters)));
    return patterns + kMargin >= needed;
  };
  const auto sizes = std::views::iota(std::int64_t{1}, std::numeric_limits<std::int64_t>::max());
  return *std::ranges::partition_point(sizes, [&](std::int64_t parameters) { return !reaches(parameters); });
}

}  // namespace hyperwidth
