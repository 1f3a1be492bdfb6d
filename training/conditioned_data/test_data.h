// SPDX-License-Identifier: Apache-2.0
//
// Small data sets for tests.

#ifndef HYPERWIDTH_TRAINING_CONDITIONED_DATA_TEST_DATA_H_
#define HYPERWIDTH_TRAINING_CONDITIONED_DATA_TEST_DATA_H_

#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "training/arrays/numeric_array.h"
#include "training/conditioned_data/conditioned_data.h"

namespace hyperwidth {

// Columns of numbers as an array, `columns` to a row.
inline NumericArray TableOf(std::int64_t columns, const std::vector<double>& entries) {
  return NumericArray::Of<double>({static_cast<std::int64_t>(entries.size()) / columns, columns},
                                  std::span<const double>(entries));
}

// x, I and y, each with as many columns as given; with group and split if they are given.
struct TestArrays {
  NumericArray x, condition, y;
  std::vector<std::int64_t> group = {};
  std::vector<std::int64_t> split = {};
};

inline ConditionedData TestData(TestArrays arrays) {
  NamedArrays named;
  named.emplace("x", std::move(arrays.x));
  named.emplace("I", std::move(arrays.condition));
  named.emplace("y", std::move(arrays.y));
  for (const auto& [name, entries] : {std::pair("group", arrays.group), std::pair("split", arrays.split)}) {
    if (entries.empty()) continue;
    named.emplace(name,
                  NumericArray::Of<std::int64_t>({static_cast<std::int64_t>(entries.size())},
                                                 std::span<const std::int64_t>(entries)));
  }
  return ConditionedData::FromArrays(std::move(named), "data");
}

// `conditions` with I = 0, 1, .. at `points` points x = 0, 1, .., y = 10 I + x.
inline ConditionedData GridData(std::int64_t conditions, std::int64_t points, std::vector<std::int64_t> split = {}) {
  std::vector<double> x, condition, y;
  for (std::int64_t i = 0; i < points; ++i) x.push_back(static_cast<double>(i));
  for (std::int64_t g = 0; g < conditions; ++g) {
    condition.push_back(static_cast<double>(g));
    for (std::int64_t i = 0; i < points; ++i) y.push_back(static_cast<double>(10 * g + i));
  }
  return TestData(
      {.x = TableOf(1, x), .condition = TableOf(1, condition), .y = TableOf(points, y), .split = std::move(split)});
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_CONDITIONED_DATA_TEST_DATA_H_
