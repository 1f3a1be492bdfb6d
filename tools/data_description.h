// SPDX-License-Identifier: Apache-2.0
//
// What can be said of somebody's data before anything is trained: what is in them, how they would be split, what no
// linear decoder can do on them, and how many numbers tell their conditions apart.

#ifndef HYPERWIDTH_TOOLS_DATA_DESCRIPTION_H_
#define HYPERWIDTH_TOOLS_DATA_DESCRIPTION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "theory/sampled/linear_decoder_floor.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/data_summary.h"
#include "training/conditioned_data/intrinsic_dimension.h"

namespace hyperwidth {

struct DataDescription {
  DataSummary summary;
  std::string split;  // how samples would be divided; or why they cannot be
  // Of the matrix of all values, coordinates of y below each other; nothing without a common grid, with entries that
  // are not finite, or for more values than kMostFloorValues.
  std::optional<LinearDecoderFloor> floor = {};
  DataDimensions dimensions = {};
};

inline constexpr std::int64_t kMostFloorValues = 16'000'000;  // a matrix of 4,000 by 4,000

// `seed` draws the points from which dimensions are estimated, and the split. Cost: seconds for the largest matrices.
DataDescription Describe(const ConditionedData& data, std::uint64_t seed);
// The same for data that have been divided already, however.
DataDescription Describe(const ConditionedData& data, const DataSplit& split, std::uint64_t seed);

// Some lines of text of at most 116 columns, ending in a newline.
std::string DescriptionText(const DataDescription& description);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TOOLS_DATA_DESCRIPTION_H_
