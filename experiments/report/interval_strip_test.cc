// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/interval_strip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <regex>

#include "experiments/report/markup_check.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Check Example(Interval predicted, double measured, std::optional<Interval> ci95) {
  return {.id = "e.c", .claim = "A claim.", .predicted = predicted, .measured = measured, .ci95 = ci95};
}

double Attribute(const std::string& strip, const std::string& element, const std::string& name) {
  std::smatch match;
  if (!std::regex_search(strip, match, std::regex(element + "[^>]*\\s" + name + "=\"([-0-9.]+)\""))) return -1;
  return std::stod(match[1]);
}

TEST(IntervalStrip, PutsTheDotWhereItIsInTheBand) {
  const std::string strip = IntervalStrip(Example({.low = 1, .high = 3}, 1.5, Interval{.low = 1.25, .high = 1.75}));
  const double left = Attribute(strip, "rect", "x"), width = Attribute(strip, "rect", "width");
  EXPECT_NEAR((Attribute(strip, "circle", "cx") - left) / width, 0.25, 0.002);  // positions have one decimal
  EXPECT_THAT(strip, HasSubstr("class=\"interval\""));
  EXPECT_THAT(MarkupProblems(strip), IsEmpty());
}

TEST(IntervalStrip, AnOpenPredictionReachesTheEdge) {
  const std::string strip = IntervalStrip(Example({.high = 0}, -2, std::nullopt));
  EXPECT_EQ(Attribute(strip, "rect", "x"), 0);
  EXPECT_LT(Attribute(strip, "rect", "width"), 160);
  EXPECT_THAT(strip, Not(HasSubstr("class=\"interval\"")));
}

TEST(IntervalStrip, IsEmptyWithoutAMeasurementOrAPrediction) {
  EXPECT_EQ(IntervalStrip(Example({.low = 1}, std::numeric_limits<double>::quiet_NaN(), std::nullopt)), "");
  EXPECT_EQ(IntervalStrip(Example({}, 1, std::nullopt)), "");
}

TEST(IntervalStrip, SaysNothingOfAnExactNumberThatIsAsPredicted) {
  const Interval five{.low = 5, .high = 5};
  EXPECT_EQ(IntervalStrip(Example(five, 5, std::nullopt)), "");
  EXPECT_EQ(IntervalStrip(Example(five, 5, five)), "");
  EXPECT_NE(IntervalStrip(Example(five, 6, std::nullopt)), "");
  EXPECT_NE(IntervalStrip(Example(five, 5, Interval{.low = 4, .high = 6})), "");
}

TEST(IntervalStrip, SurvivesASinglePoint) {
  for (const double value : {0.0, 5.0, -1e-9}) {
    const std::string strip = IntervalStrip(Example({.low = value}, value, std::nullopt));
    EXPECT_NEAR(Attribute(strip, "circle", "cx"), 80, 0.1) << strip;
    EXPECT_THAT(strip, Not(HasSubstr("nan")));
  }
}

}  // namespace
}  // namespace hyperwidth
