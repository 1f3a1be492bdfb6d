// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/common_grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <string>
#include <vector>

#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ConditionedData Rows(const std::vector<double>& x, const std::vector<double>& condition) {
  return TestData({.x = TableOf(1, x), .condition = TableOf(1, condition), .y = TableOf(1, x)});
}

TEST(CommonGrid, OfAGridIsTheGrid) {
  const ConditionedData data = GridData(3, 4);
  const auto grid = FindCommonGrid(data);
  ASSERT_TRUE(grid.has_value());
  EXPECT_EQ(grid->points, 4);
  EXPECT_EQ(grid->position(2, 1), 9);
}

TEST(CommonGrid, IsFoundInRowsInAnyOrder) {
  const auto in_order = FindCommonGrid(Rows({1, 2, 1, 2}, {5, 5, 6, 6}));
  ASSERT_TRUE(in_order.has_value());
  EXPECT_EQ(in_order->points, 2);
  EXPECT_THAT(in_order->positions, IsEmpty());
  // Conditions 5, 6 and 7, the second with its points the other way round.
  const ConditionedData data = Rows({1, 3, 2, 2, 3, 1, 1, 3, 2}, {5, 5, 5, 6, 6, 6, 7, 7, 7});
  const auto grid = FindCommonGrid(data);
  ASSERT_TRUE(grid.has_value());
  for (std::int64_t g = 0; g < 3; ++g) {
    for (std::int64_t i = 0; i < 3; ++i) {
      double first = 0, here = 0;
      data.CopyX<double>(grid->position(0, i), {&first, 1});
      data.CopyX<double>(grid->position(g, i), {&here, 1});
      EXPECT_EQ(here, first);
    }
  }
  EXPECT_THAT(grid->positions, ElementsAre(0, 1, 2, 5, 4, 3, 6, 7, 8));
  std::vector<double> y(3);
  grid->CopyFunction(data, 1, y);
  EXPECT_THAT(y, ElementsAre(1, 3, 2));  // which is x
}

TEST(CommonGrid, HasPointsOfManyCoordinates) {
  const auto rows = [](const std::vector<double>& x) {
    return TestData({.x = TableOf(2, x), .condition = TableOf(1, {1, 1, 2, 2}), .y = TableOf(1, {1, 2, 3, 4})});
  };
  EXPECT_TRUE(FindCommonGrid(rows({1, 2, 1, 3, 1, 3, 1, 2})).has_value());
  EXPECT_FALSE(FindCommonGrid(rows({1, 2, 1, 3, 1, 3, 2, 1})).has_value());
}

TEST(CommonGrid, IsNoneIfPointsOrTheirNumbersDiffer) {
  EXPECT_FALSE(FindCommonGrid(Rows({1, 2, 1, 3}, {5, 5, 6, 6})).has_value());
  EXPECT_FALSE(FindCommonGrid(Rows({1, 2, 1}, {5, 5, 6})).has_value());
  EXPECT_FALSE(FindCommonGrid(Rows({1, 2}, {5, 6})).has_value());
  EXPECT_FALSE(FindCommonGrid(Rows({1, 1, 2, 1, 2, 2}, {5, 5, 5, 6, 6, 6})).has_value());  // twice 1, twice 2
  EXPECT_TRUE(FindCommonGrid(Rows({1, 1}, {5, 6})).has_value());
  EXPECT_FALSE(FindCommonGrid(Rows({std::nan(""), std::nan("")}, {5, 6})).has_value());
  EXPECT_FALSE(FindCommonGrid(Rows({1, 2, 1, std::nan("")}, {5, 5, 6, 6})).has_value());
  EXPECT_FALSE(
      FindCommonGrid(
          TestData(
              {.x = TableOf(1, {1, 1}), .condition = TableOf(1, {5, 6, 7}), .y = TableOf(1, {1, 1}), .group = {0, 2}}))
          .has_value());
}

}  // namespace
}  // namespace hyperwidth
