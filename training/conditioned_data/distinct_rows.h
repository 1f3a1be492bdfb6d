// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_DISTINCT_ROWS_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_DISTINCT_ROWS_H_

#include <cstdint>
#include <vector>

#include "training/arrays/numeric_array.h"

namespace hyperwidth {

struct DistinctRows {
  std::vector<std::int64_t> number_of = {};  // [rows] which distinct row each is, in the order of first occurrence
  std::vector<std::int64_t> first = {};      // [distinct] where each occurs first
};

// Which rows are equal: bit for bit, but that 0 and -0 are the same number. Requires at least one dimension.
// Throws: std::length_error for 2^32 - 1 distinct rows. Cost: O(size); memory: 8 bytes per row and 16 to 32 per
// distinct row.
DistinctRows FindDistinctRows(const NumericArray& array);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_DISTINCT_ROWS_H_
