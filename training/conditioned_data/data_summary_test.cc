// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/data_summary.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <string>
#include <vector>

#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// `conditions` rows, one for each, with what warns of nothing where nothing is given.
ConditionedData Rows(std::int64_t conditions, std::vector<double> x = {}, std::int64_t columns = 1) {
  std::vector<double> counted;
  for (std::int64_t i = 0; i < conditions; ++i) counted.push_back(static_cast<double>(i));
  if (x.empty()) x = counted;
  return TestData({.x = TableOf(columns, x), .condition = TableOf(1, counted), .y = TableOf(1, counted)});
}

// 0, 1, .. 24, so that there are enough conditions.
std::vector<double> With(std::size_t place, double entry) {
  std::vector<double> numbers;
  for (int i = 0; i < 25; ++i) numbers.push_back(i);
  numbers[place] = entry;
  return numbers;
}

TEST(DataSummary, CountsWhatIsThere) {
  const DataSummary summary = Summarise(GridData(25, 4));
  EXPECT_EQ(summary.layout, DataLayout::kGrid);
  EXPECT_EQ(summary.samples, 100);
  EXPECT_EQ(summary.conditions, 25);
  EXPECT_EQ(summary.distinct_conditions, 25);
  EXPECT_EQ(summary.least_samples, 4);
  EXPECT_EQ(summary.most_samples, 4);
  EXPECT_EQ(summary.grid_points, 4);
  EXPECT_EQ(summary.x.rows, 4);
  EXPECT_EQ(summary.condition.rows, 25);
  EXPECT_EQ(summary.y.rows, 100);
  EXPECT_THAT(summary.warnings, IsEmpty());
  const ColumnSummary& x = summary.x.columns.at(0);
  EXPECT_EQ(x.least, 0);
  EXPECT_EQ(x.greatest, 3);
  EXPECT_EQ(x.mean, 1.5);
  EXPECT_DOUBLE_EQ(x.deviation, std::sqrt(1.25));
  EXPECT_EQ(SummaryText(summary),
            "100 samples of 25 distinct conditions, 4 each; x lies on one grid of 4 points\n"
            "  x: 1 column; x_0 in [0, 3], mean 1.5, deviation 1.118\n"
            "  I: 1 column; I_0 in [0, 24], mean 12, deviation 7.211\n"
            "  y: 1 column; y_0 in [0, 243], mean 121.5, deviation 72.12\n");
}

TEST(DataSummary, RaggedConditionsLieOnNoGrid) {
  const ConditionedData data = TestData(
      {.x = TableOf(1, {1, 2, 3}), .condition = TableOf(1, {1, 1, 2}), .y = TableOf(5, std::vector<double>(15, 1))});
  const DataSummary summary = Summarise(data);
  EXPECT_EQ(summary.grid_points, 0);
  EXPECT_THAT(SummaryText(summary),
              HasSubstr("3 samples of 2 distinct conditions, 1 to 2 each; x lies on no common grid\n"));
  EXPECT_THAT(SummaryText(summary), HasSubstr("  y: 5 columns in [1, 1]\n"));
}

TEST(DataSummary, WarnsOfWhatIsNotFinite) {
  std::vector<double> x = With(7, std::nan(""));
  x[9] = -kInfinity;
  const DataSummary summary = Summarise(Rows(25, x));
  EXPECT_THAT(
      summary.warnings,
      ElementsAre(
          "x: 2 of 25 entries are nan or infinite, the first in row 7, column 0; nothing can be trained on them"));
  EXPECT_EQ(summary.x.columns.at(0).finite, 23);
  EXPECT_EQ(summary.x.columns.at(0).least, 0);
  EXPECT_EQ(summary.x.columns.at(0).greatest, 24);
  EXPECT_DOUBLE_EQ(summary.x.columns.at(0).mean, (24 * 25 / 2 - 7 - 9) / 23.0);
  // The first in the order of rows, whatever its column.
  std::vector<double> two(50, 0);
  for (std::size_t i = 0; i < 50; ++i) two[i] = static_cast<double>(i);
  two[2 * 5] = two[2 * 3 + 1] = kInfinity;
  EXPECT_THAT(Summarise(Rows(25, two, 2)).warnings, ElementsAre(HasSubstr("the first in row 3, column 1")));
}

TEST(DataSummary, WarnsOfConstantColumns) {
  EXPECT_THAT(Summarise(Rows(25, std::vector<double>(25, 3))).warnings,
              ElementsAre("x: its one column is constant and tells nothing: x_0"));
  std::vector<double> three;
  for (int i = 0; i < 25; ++i) three.insert(three.end(), {2, static_cast<double>(i), 5});
  EXPECT_THAT(Summarise(Rows(25, three, 3)).warnings,
              ElementsAre("x: 2 of 3 columns are constant and tell nothing: x_0, x_2"));
  EXPECT_THAT(Summarise(Rows(25, std::vector<double>(200, 1), 8)).warnings,
              ElementsAre("x: all columns are constant and tell nothing: x_0, x_1, x_2, x_3, x_4, .."));
}

TEST(DataSummary, WarnsOfFewAndOfRepeatedConditions) {
  EXPECT_THAT(Summarise(Rows(20)).warnings, IsEmpty());
  EXPECT_THAT(Summarise(Rows(19)).warnings,
              ElementsAre("19 distinct conditions, fewer than 20: what is measured on unseen ones will be uncertain"));
  const ConditionedData repeated = TestData(
      {.x = TableOf(1, {1, 2}), .condition = TableOf(1, With(20, 4)), .y = TableOf(2, std::vector<double>(50, 1))});
  const DataSummary summary = Summarise(repeated);
  EXPECT_EQ(summary.distinct_conditions, 24);
  EXPECT_THAT(summary.warnings,
              ElementsAre("I: 1 of 25 rows repeat an earlier one, the first being row 20, which equals row 4",
                          HasSubstr("y: its one column is constant")));
}

TEST(DataSummary, WarnsOfConditionsWithoutSamples) {
  const ConditionedData data = TestData(
      {.x = TableOf(1, {1, 2}), .condition = TableOf(1, With(0, 0)), .y = TableOf(1, {1, 2}), .group = {0, 1}});
  EXPECT_THAT(Summarise(data).warnings, ElementsAre("23 conditions have no sample"));
}

TEST(DataSummary, WarnsOfConditionsOnBothSidesOfTheUsersSplit) {
  std::vector<std::int64_t> split(25, 0);
  split[24] = 2;
  EXPECT_THAT(Summarise(GridData(25, 2, split)).warnings, IsEmpty());
  split.assign(50, 0);
  split[0] = split[2 * 8 + 1] = 1;
  split[4] = split[5] = 2;  // a condition as a whole
  EXPECT_THAT(Summarise(GridData(25, 2, split)).warnings,
              ElementsAre("split: 2 of the 3 conditions in validation and test are in training, too: errors there are "
                          "not those of unseen ones"));
  // By their values, not by their rows.
  split.assign(25, 0);
  split[24] = 2;
  std::vector<double> y;
  for (int i = 0; i < 50; ++i) y.push_back(i);
  EXPECT_THAT(
      Summarise(
          TestData({.x = TableOf(1, {1, 2}), .condition = TableOf(1, With(24, 3)), .y = TableOf(2, y), .split = split}))
          .warnings,
      ElementsAre(HasSubstr("split: 1 of the 1 condition in validation and test is in training, too"),
                  HasSubstr("which equals row 3")));
}

TEST(DataSummary, WarnsOfWildlyDifferentScales) {
  std::vector<double> two;
  for (int i = 0; i < 25; ++i) two.insert(two.end(), {static_cast<double>(i), 999.0 * i});
  EXPECT_THAT(Summarise(Rows(25, two, 2)).warnings, IsEmpty());
  for (std::size_t i = 1; i < two.size(); i += 2) two[i] *= 1.1;
  EXPECT_THAT(Summarise(Rows(25, two, 2)).warnings,
              ElementsAre("x: columns are of wildly different scales: the deviation of x_0 is 7.21, of x_1 7.92e+03"));
}

TEST(DataSummary, WarnsOfWhatFloatsDoNotResolve) {
  std::vector<double> times;
  for (int i = 0; i < 25; ++i) times.push_back(1.7e9 + i);  // seconds since 1970
  const DataSummary summary = Summarise(Rows(25, times));
  EXPECT_THAT(
      summary.warnings,
      ElementsAre("x: one column varies by less than 1e-05 of its size, which 32-bit floats hardly resolve: x_0"));
  EXPECT_NEAR(summary.x.columns.at(0).deviation, std::sqrt(52), 1e-12);
  EXPECT_THAT(Summarise(Rows(25, With(3, 1e39))).warnings, ElementsAre("x: numbers beyond 32-bit floats in x_0"));
}

}  // namespace
}  // namespace hyperwidth
