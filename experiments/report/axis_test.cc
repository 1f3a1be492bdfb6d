// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/axis.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using Values = std::vector<double>;
constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<std::string> Labels(const Axis& axis) {
  std::vector<std::string> labels;
  for (const Tic& tic : axis.tics) {
    if (!tic.label.empty()) labels.push_back(tic.label);
  }
  return labels;
}

TEST(MakeAxis, HoldsEveryValueAndHasAFewMarksWhateverTheNumbers) {
  RandomStream random(1);
  for (int trial = 0; trial < 2000; ++trial) {
    const double size = std::pow(10, random.Uniform(-8, 8));
    Values values;
    for (int i = 0; i < 12; ++i) values.push_back(size * random.Uniform(trial % 2 == 0 ? 0.001 : -1, 1));
    const AxisScale scale = trial % 3 == 0 ? AxisScale::kLogarithmic : AxisScale::kAutomatic;
    const Axis axis = MakeAxis(values, scale, trial % 5 == 0 ? AxisKind::kPositions : AxisKind::kQuantities);
    for (const double value : values) {
      if (axis.logarithmic && value <= 0) continue;
      EXPECT_GE(value, axis.low);
      EXPECT_LE(value, axis.high);
    }
    EXPECT_GE(Labels(axis).size(), 2u) << axis.low << " " << axis.high;
    EXPECT_LE(Labels(axis).size(), 9u) << axis.low << " " << axis.high;
    for (const Tic& tic : axis.tics) {
      EXPECT_GE(tic.value, axis.low);
      EXPECT_LE(tic.value, axis.high);
    }
  }
}

TEST(MakeAxis, IsLogarithmicWhenAskedOrWhenPositiveValuesSpanTwoDecades) {
  const auto is_log = [](Values values, AxisScale scale) {
    return MakeAxis(values, scale, AxisKind::kQuantities).logarithmic;
  };
  EXPECT_TRUE(is_log({1, 100}, AxisScale::kAutomatic));
  EXPECT_FALSE(is_log({1, 99}, AxisScale::kAutomatic));
  EXPECT_FALSE(is_log({1, 1000}, AxisScale::kLinear));
  EXPECT_TRUE(is_log({1, 2}, AxisScale::kLogarithmic));
  EXPECT_FALSE(is_log({0, 1000}, AxisScale::kAutomatic));
  EXPECT_TRUE(is_log({0, 1000}, AxisScale::kLogarithmic));
  EXPECT_FALSE(is_log({-1, 0}, AxisScale::kLogarithmic));
}

TEST(MakeAxis, MarksFewPositionsOneByOne) {
  EXPECT_THAT(Labels(MakeAxis(Values{2, 4, 9, 4}, AxisScale::kAutomatic, AxisKind::kPositions)),
              ElementsAre("2", "4", "9"));
  // Too close to each other for that.
  EXPECT_THAT(Labels(MakeAxis(Values{2, 2.01, 9}, AxisScale::kAutomatic, AxisKind::kPositions)),
              ElementsAre("2", "4", "6", "8"));
}

TEST(MakeAxis, LabelsOfPositionsDoNotTouch) {
  const Axis axis = MakeAxis(Values{1000, 3000, 10000, 30000, 50000}, AxisScale::kLogarithmic, AxisKind::kPositions);
  EXPECT_EQ(axis.tics.size(), 5u);
  EXPECT_THAT(Labels(axis), ElementsAre("1000", "3000", "10000", "30000"));
  EXPECT_THAT(Labels(MakeAxis(Values{2, 3, 4, 5, 6, 7, 8, 9}, AxisScale::kLinear, AxisKind::kPositions)),
              ElementsAre("2", "3", "4", "5", "6", "7", "8", "9"));
  EXPECT_THAT(Labels(MakeAxis(Values{1000, 1001, 1002, 1003}, AxisScale::kLinear, AxisKind::kPositions)),
              ElementsAre("1000", "1001", "1002", "1003"));
  const Values close = {996, 1000, 1000.2, 1008};  // too close to be marked themselves
  EXPECT_THAT(Labels(MakeAxis(close, AxisScale::kLinear, AxisKind::kPositions)),
              ElementsAre("996", "998", "1000", "1002", "1004", "1006", "1008"));
  EXPECT_THAT(Labels(MakeAxis(close, AxisScale::kLinear, AxisKind::kPositions, 24)),
              ElementsAre("996", "1000", "1004", "1008"));
  EXPECT_THAT(Labels(MakeAxis(close, AxisScale::kLinear, AxisKind::kQuantities, 24)).size(), 7u);
}

TEST(MakeAxis, PowersOfTenAreTheLastToLoseTheirLabels) {
  const Values values = {5, 5.1, 40, 100, 500};
  EXPECT_THAT(Labels(MakeAxis(values, AxisScale::kLogarithmic, AxisKind::kPositions, 36)),
              ElementsAre("5", "10", "20", "50", "100", "200", "500"));
  EXPECT_THAT(Labels(MakeAxis(values, AxisScale::kLogarithmic, AxisKind::kPositions, 20)),
              ElementsAre("5", "10", "20", "100", "500"));
}

TEST(MakeAxis, ShowsQuantitiesFromZeroUnlessZeroIsFar) {
  EXPECT_EQ(MakeAxis(Values{0.07, 0.17}, AxisScale::kAutomatic, AxisKind::kQuantities).low, 0);
  EXPECT_THAT(Labels(MakeAxis(Values{-5, -1}, AxisScale::kAutomatic, AxisKind::kQuantities)),
              ElementsAre("-5", "-4", "-3", "-2", "-1", "0"));
  EXPECT_GT(MakeAxis(Values{0.15, 0.17}, AxisScale::kAutomatic, AxisKind::kQuantities).low, 0.1);
  EXPECT_EQ(MakeAxis(Values{-5, -1}, AxisScale::kAutomatic, AxisKind::kQuantities).high, 0);
}

TEST(MakeAxis, WritesAllLabelsOfAnAxisInOneNotation) {
  EXPECT_THAT(Labels(MakeAxis(Values{1e-5, 1}, AxisScale::kAutomatic, AxisKind::kQuantities)),
              ElementsAre("10^{-5}", "10^{-4}", "10^{-3}", "10^{-2}", "10^{-1}", "1"));
  EXPECT_THAT(Labels(MakeAxis(Values{0, 3e7}, AxisScale::kAutomatic, AxisKind::kQuantities)),
              ElementsAre("0", "5×10^{6}", "10^{7}", "1.5×10^{7}", "2×10^{7}", "2.5×10^{7}", "3×10^{7}"));
}

TEST(MakeAxis, CopesWithOneValueAndWithNone) {
  for (const double value : {3.0, 0.0, -2.0, 1e-300}) {
    const Axis axis = MakeAxis(Values{value}, AxisScale::kAutomatic, AxisKind::kPositions);
    EXPECT_LT(axis.low, value);
    EXPECT_GT(axis.high, value);
  }
  EXPECT_LT(MakeAxis(Values{7}, AxisScale::kLogarithmic, AxisKind::kQuantities).low, 7);
  EXPECT_EQ(MakeAxis(Values{kNan, 1, 2, kInfinity}, AxisScale::kAutomatic, AxisKind::kPositions).tics.size(), 2u);
  EXPECT_THROW(MakeAxis(Values{}, AxisScale::kAutomatic, AxisKind::kPositions), std::invalid_argument);
  EXPECT_THROW(MakeAxis(Values{kNan, kInfinity}, AxisScale::kAutomatic, AxisKind::kPositions), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
