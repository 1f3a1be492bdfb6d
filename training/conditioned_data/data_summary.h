// SPDX-License-Identifier: Apache-2.0
//
// What is in a data set, and what of it will hurt.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SUMMARY_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SUMMARY_H_

#include <cstdint>
#include <string>
#include <vector>

#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

// One column of x, I or y. Ranges and moments are those of its finite entries; 0 if there are none.
struct ColumnSummary {
  double least = 0, greatest = 0;
  double mean = 0, deviation = 0;  // the standard deviation of the entries, divided by their number
  std::int64_t finite = 0;
  std::int64_t not_finite = 0;         // nan and infinite entries
  std::int64_t first_not_finite = -1;  // the row of the first one
};

// Rows are those of the array as it is stored: of x, each point of a grid counts once, of I each condition, of y each
// sample.
struct ArraySummary {
  std::string name = {};  // "x", "I", "y"
  std::int64_t rows = 0;
  std::vector<ColumnSummary> columns = {};
};

struct DataSummary {
  DataLayout layout = DataLayout::kRows;
  std::int64_t samples = 0;
  std::int64_t conditions = 0;
  std::int64_t distinct_conditions = 0;
  std::int64_t least_samples = 0, most_samples = 0;  // of one condition
  std::int64_t grid_points = 0;                      // P if x lies on one grid, else 0
  ArraySummary x = {}, condition = {}, y = {};
  std::vector<std::string> warnings = {};  // one line each, the worst first
};

// Fewer distinct conditions than these say little about unseen ones.
inline constexpr std::int64_t kFewConditions = 20;

// Columns of one array whose deviations differ by more than this are of different scales, and a column whose size
// exceeds its deviation by more than this is a constant with little on top.
inline constexpr double kWildScale = 1e3;
inline constexpr double kOffsetScale = 1e5;

// Cost: O(size of the arrays).
DataSummary Summarise(const ConditionedData& data);

// The summary in a few lines, warnings last, each line ending in a newline.
std::string SummaryText(const DataSummary& summary);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_DATA_SUMMARY_H_
