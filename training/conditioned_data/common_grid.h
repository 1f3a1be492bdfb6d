// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_COMMON_GRID_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_COMMON_GRID_H_

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

// All conditions have been sampled at the same points, so that the functions y(., I) can be compared with each other.
struct CommonGrid {
  std::int64_t points = 0;                   // P
  std::vector<std::int64_t> positions = {};  // [G P]; empty: 0, 1, 2, ..

  // The position of the sample of condition g at point i.
  std::int64_t position(std::int64_t g, std::int64_t i) const {
    const std::int64_t entry = g * points + i;
    return positions.empty() ? entry : positions[static_cast<std::size_t>(entry)];
  }

  // y(., I_g) [P y_size]: the y of each point, one behind the other.
  void CopyFunction(const ConditionedData& data, std::int64_t g, std::span<double> values) const;
};

// The grid on which x lies, if every condition has samples at the same points, in whatever order; equal means equal to
// the last digit. Nothing if not, or if a point is not a number.
// Cost: O(samples x_size), times log P if conditions have the points in different orders.
std::optional<CommonGrid> FindCommonGrid(const ConditionedData& data);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_COMMON_GRID_H_
