// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/interval_strip.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <optional>
#include <regex>
#include <string>
#include <vector>

#include "experiments/report/markup_check.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

Check Example(Interval predicted, double measured, std::optional<Interval> ci95) {
  return {.id = "e.c", .claim = "A claim.", .predicted = predicted, .measured = measured, .ci95 = ci95};
}

// On a scale of its own.
std::string IntervalStrip(const Check& check) {
  return hyperwidth::IntervalStrip(check, StripScaleOf(std::vector{&check}));
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

TEST(IntervalStrip, HasItsBandAroundTheLine) {
  for (const Interval& predicted : {Interval{.low = 1, .high = 3}, Interval{.low = 2, .high = 2}}) {
    const std::string strip = IntervalStrip(Example(predicted, 2, Interval{.low = 1, .high = 3}));
    const auto middle = [&](const std::string& from, const std::string& size) {
      return Attribute(strip, "rect", from) + Attribute(strip, "rect", size) / 2;
    };
    EXPECT_EQ(middle("y", "height"), Attribute(strip, "circle", "cy")) << strip;
    EXPECT_NEAR(middle("x", "width"), Attribute(strip, "circle", "cx"), 0.1) << strip;
  }
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

TEST(IntervalStrip, OfOneScaleCanBeCompared) {
  const Check small = Example({.high = 0}, -1, Interval{.low = -2, .high = 0}),
              large = Example({.high = 0}, -4, Interval{.low = -8, .high = 2}), none = Example({}, 900, std::nullopt);
  const StripScale scale = StripScaleOf(std::vector{&small, &large, &none});
  EXPECT_FALSE(scale.is_logarithmic);
  EXPECT_EQ(scale.low, -10);  // a fifth of 10 more on both sides
  EXPECT_EQ(scale.high, 4);
  const std::string a = hyperwidth::IntervalStrip(small, scale), b = hyperwidth::IntervalStrip(large, scale);
  EXPECT_NEAR(Attribute(a, "circle", "cx"), 160 * 9.0 / 14, 0.06);
  EXPECT_NEAR(Attribute(b, "circle", "cx"), 160 * 6.0 / 14, 0.06);
  EXPECT_EQ(Attribute(a, "rect", "width"), Attribute(b, "rect", "width"));
  EXPECT_EQ(hyperwidth::IntervalStrip(none, scale), "");
}

TEST(IntervalStrip, IsLogarithmicIfPositiveNumbersSpanAFactorOfTen) {
  const Check factor = Example({.high = 1}, 2, Interval{.low = 0.5, .high = 4}),
              larger = Example({.high = 1}, 3, Interval{.low = 1, .high = 5}),
              largest = Example({.high = 1}, 3, Interval{.low = 1, .high = 4.99}),
              negative = Example({.high = 1}, -1, std::nullopt);
  const StripScale scale = StripScaleOf(std::vector{&factor, &larger});
  EXPECT_TRUE(scale.is_logarithmic);
  EXPECT_FALSE(StripScaleOf(std::vector{&factor, &largest}).is_logarithmic);
  EXPECT_FALSE(StripScaleOf(std::vector{&factor, &larger, &negative}).is_logarithmic);
  // 0.5 to 5, and a fifth of that on both sides: 1 lies at log(2) of log(10), after a seventh of the whole.
  const std::string strip = hyperwidth::IntervalStrip(larger, scale);
  EXPECT_NEAR(Attribute(strip, "rect", "width"), 160 * (0.2 + std::log10(2.0)) / 1.4, 0.06);
  EXPECT_NEAR(Attribute(strip, "circle", "cx"), 160 * (0.2 + std::log10(6.0)) / 1.4, 0.06);
  EXPECT_EQ(Attribute(strip, "rect", "x"), 0) << "what is predicted to be below 1 may be 0";
}

TEST(StripScaleOf, HasADefaultWhereThereIsNothingToDraw) {
  const Check none = Example({}, 900, std::nullopt);
  EXPECT_LT(StripScaleOf({}).low, StripScaleOf({}).high);
  EXPECT_EQ(StripScaleOf(std::vector{&none}).high, StripScaleOf({}).high);
}

}  // namespace
}  // namespace hyperwidth
