// SPDX-License-Identifier: Apache-2.0
#include "training/search/parameter_range.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

constexpr double kLast = 1 - 0x1p-53;  // the largest position
constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kLargest = std::numeric_limits<double>::max();
constexpr std::int64_t kLeastInt = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kMostInt = std::numeric_limits<std::int64_t>::max();

double Real(const FloatRange& range, double position) { return std::get<double>(ValueAt(range, position)); }
std::int64_t Integer(const IntRange& range, double position) {
  return std::get<std::int64_t>(ValueAt(range, position));
}
std::string Choice(const Categories& range, double position) { return std::get<std::string>(ValueAt(range, position)); }

void ExpectRefused(const ParameterRange& range, const std::string& rest) {
  EXPECT_THAT([&] { Validate("p", range); }, ThrowsMessage<std::invalid_argument>("parameter p: found " + rest));
}

TEST(FloatRange, GoesFromLowTowardsHighInALine) {
  const FloatRange range{.low = -1, .high = 3};
  EXPECT_EQ(Real(range, 0), -1);
  EXPECT_EQ(Real(range, 0.25), 0);
  EXPECT_EQ(Real(range, 0.75), 2);
  EXPECT_NEAR(Real(range, kLast), 3, 4 * 0x1p-53);
  EXPECT_LE(Real(range, kLast), 3);
}

TEST(FloatRange, OnALogScaleMultipliesByEqualFactors) {
  const FloatRange range{.low = 1e-4, .high = 1, .log = true};
  EXPECT_EQ(Real(range, 0), 1e-4);
  // exp(x) turns an error of x into a relative one: |x| < 10, a few roundings of 2^-53 of it.
  for (int i = 1; i < 4; ++i) EXPECT_NEAR(Real(range, i / 4.0) / std::pow(10.0, i - 4), 1, 40 * 0x1p-53);
  EXPECT_LE(Real(range, kLast), 1);
}

TEST(FloatRange, OnALogScaleStartsAtLowToTheBit) {
  for (const double low : {1e-7, 3e-3, 0.1, 7.3}) {
    EXPECT_EQ(Real({.low = low, .high = 10, .log = true}, 0), low);
    // Just above: exp(log(low)) may be below it.
    EXPECT_GE(Real({.low = low, .high = 10, .log = true}, 0x1p-53), low);
  }
}

TEST(FloatRange, StaysFiniteWhereItsLengthIsNot) {
  const FloatRange range{.low = -kLargest, .high = kLargest};
  EXPECT_EQ(Real(range, 0), -kLargest);
  EXPECT_EQ(Real(range, 0.5), 0);
  EXPECT_TRUE(std::isfinite(Real(range, kLast)));
  EXPECT_EQ(PositionOf(range, 0.0), 0.5);
  const FloatRange log{.low = 1e-300, .high = 1e300, .log = true};
  EXPECT_NEAR(Real(log, 0.5), 1, 1e-12);
}

TEST(IntRange, HasBothEndsWithEqualShares) {
  const IntRange range{.low = -1, .high = 2};
  EXPECT_EQ(Integer(range, 0), -1);
  EXPECT_EQ(Integer(range, std::nextafter(0.25, 0)), -1);
  EXPECT_EQ(Integer(range, 0.25), 0);
  EXPECT_EQ(Integer(range, 0.5), 1);
  EXPECT_EQ(Integer(range, std::nextafter(0.75, 0)), 1);
  EXPECT_EQ(Integer(range, 0.75), 2);
  EXPECT_EQ(Integer(range, kLast), 2);
}

TEST(IntRange, ReachesTheEndsOfTheLongestRanges) {
  const std::int64_t most = std::int64_t{1} << 53;
  EXPECT_EQ(Integer({.low = 1, .high = most}, kLast), most);
  EXPECT_EQ(Integer({.low = 1, .high = most}, 0), 1);
  EXPECT_EQ(Integer({.low = 0, .high = most - 2}, kLast), most - 2);  // no power of two: products are rounded
  EXPECT_EQ(Integer({.low = kMostInt - 2, .high = kMostInt}, kLast), kMostInt);
  EXPECT_EQ(Integer({.low = kLeastInt, .high = kLeastInt + 2}, kLast), kLeastInt + 2);
  EXPECT_EQ(Integer({.low = 5, .high = 5}, kLast), 5);
}

// The integer k has [c(k - 1/2), c(k + 1/2)) with c(x) = log(x / (low - 1/2)) / log((high + 1/2) / (low - 1/2)).
TEST(IntRange, OnALogScaleHasTheSharesOfRoundedRealNumbers) {
  for (const IntRange& range :
       {IntRange{.low = 1, .high = 7, .log = true}, IntRange{.low = 8, .high = 256, .log = true}}) {
    const double low = static_cast<double>(range.low) - 0.5, high = static_cast<double>(range.high) + 0.5;
    for (std::int64_t k = range.low; k <= range.high; ++k) {
      const double begin = std::log((static_cast<double>(k) - 0.5) / low) / std::log(high / low);
      const double end = std::log((static_cast<double>(k) + 0.5) / low) / std::log(high / low);
      // Where shares meet, a few roundings decide.
      constexpr double kRounding = 32 * 0x1p-53;
      EXPECT_EQ(Integer(range, std::max(begin + kRounding, 0.0)), k);
      EXPECT_EQ(Integer(range, end - kRounding), k);
    }
    EXPECT_EQ(Integer(range, 0), range.low);
    EXPECT_EQ(Integer(range, kLast), range.high);
  }
}

TEST(Categories, HaveEqualSharesInTheirOrder) {
  const Categories range{.choices = {"sgd", "adam", "adamw", "adadelta"}};
  EXPECT_EQ(Choice(range, 0), "sgd");
  EXPECT_EQ(Choice(range, 0.25), "adam");
  EXPECT_EQ(Choice(range, std::nextafter(0.75, 0)), "adamw");
  EXPECT_EQ(Choice(range, kLast), "adadelta");
}

TEST(ParameterRange, NeverDecreasesWithThePosition) {
  for (const FloatRange& range :
       {FloatRange{.low = 0.1, .high = 0.3}, FloatRange{.low = 0.1, .high = 0.3, .log = true}}) {
    double before = range.low;
    for (int i = 0; i <= 1000; ++i) {
      const double value = Real(range, std::min(i / 1000.0, kLast));
      EXPECT_GE(value, before);
      EXPECT_LE(value, range.high);
      before = value;
    }
  }
}

TEST(ParameterRange, FindsAPositionOfEveryValue) {
  for (const IntRange& range : {IntRange{.low = -3, .high = 70}, IntRange{.low = 1, .high = 3000, .log = true}}) {
    for (std::int64_t k = range.low; k <= range.high; ++k) EXPECT_EQ(Integer(range, PositionOf(range, k)), k);
  }
  const Categories categories{.choices = {"a", "b", "c"}};
  for (const std::string& choice : categories.choices)
    EXPECT_EQ(Choice(categories, PositionOf(categories, choice)), choice);
  for (const FloatRange& range : {FloatRange{.low = -2, .high = 5}, FloatRange{.low = 1e-5, .high = 2, .log = true}}) {
    // Logarithms of at most 12, whose roundings are shares of a length of at least 7.
    for (const double position : {0.0, 0.1, 0.5, 0.9})
      EXPECT_NEAR(PositionOf(range, Real(range, position)), position, 1e-14);
    EXPECT_EQ(PositionOf(range, range.high), kLast);
    EXPECT_EQ(PositionOf(range, range.low), 0);
  }
}

TEST(ParameterRange, FindsTheMiddleOfAShare) {
  EXPECT_EQ(PositionOf(IntRange{.low = -1, .high = 2}, std::int64_t{0}), 0.375);
  EXPECT_EQ(PositionOf(Categories{.choices = {"a", "b"}}, "b"), 0.75);
  // Of 1, 2, 3 the shares end at the logarithms of 3, 5 and 7 (in halves), divided by that of 7.
  const IntRange log{.low = 1, .high = 3, .log = true};
  const double three = std::log(3) / std::log(7), five = std::log(5) / std::log(7);
  constexpr double kRounding = 8 * 0x1p-53;
  EXPECT_NEAR(PositionOf(log, std::int64_t{1}), three / 2, kRounding);
  EXPECT_NEAR(PositionOf(log, std::int64_t{2}), (three + five) / 2, kRounding);
  EXPECT_NEAR(PositionOf(log, std::int64_t{3}), (five + 1) / 2, kRounding);
}

TEST(ParameterRange, ContainsItsEndsAndNothingOfAnotherType) {
  const FloatRange reals{.low = 0, .high = 2};
  EXPECT_TRUE(Contains(reals, 0.0));
  EXPECT_TRUE(Contains(reals, 2.0));
  EXPECT_FALSE(Contains(reals, std::nextafter(2.0, 3)));
  EXPECT_FALSE(Contains(reals, -1e-300));
  EXPECT_FALSE(Contains(reals, kNotANumber));
  EXPECT_FALSE(Contains(reals, std::int64_t{1}));
  const IntRange integers{.low = 1, .high = 3};
  EXPECT_TRUE(Contains(integers, std::int64_t{1}));
  EXPECT_TRUE(Contains(integers, std::int64_t{3}));
  EXPECT_FALSE(Contains(integers, std::int64_t{0}));
  EXPECT_FALSE(Contains(integers, std::int64_t{4}));
  EXPECT_FALSE(Contains(integers, 2.0));
  const Categories categories{.choices = {"a", "b"}};
  EXPECT_TRUE(Contains(categories, "b"));
  EXPECT_FALSE(Contains(categories, "c"));
  EXPECT_FALSE(Contains(categories, 1.0));
}

TEST(ParameterRange, SaysWhatIsAccepted) {
  EXPECT_EQ(Accepted(FloatRange{.low = 1e-3, .high = 1}), "a real number from 0.001 to 1");
  EXPECT_EQ(Accepted(IntRange{.low = 1, .high = 64}), "an integer from 1 to 64");
  EXPECT_EQ(Accepted(Categories{.choices = {"sgd", "adam"}}), "one of sgd, adam");
}

TEST(ParameterRange, RefusesWhatIsNone) {
  ExpectRefused(FloatRange{.low = 1, .high = 1}, "1 to 1, accepted: low < high");
  ExpectRefused(FloatRange{.low = 2, .high = 1}, "2 to 1, accepted: low < high");
  ExpectRefused(FloatRange{.low = kNotANumber, .high = 1}, "nan to 1, accepted: finite numbers");
  ExpectRefused(FloatRange{.low = 0, .high = kNotANumber}, "0 to nan, accepted: finite numbers");
  ExpectRefused(FloatRange{.low = 0, .high = kInfinity}, "0 to inf, accepted: finite numbers");
  ExpectRefused(FloatRange{.low = 0, .high = 1, .log = true}, "0 to 1, log, accepted: low > 0 for a log range");
  ExpectRefused(FloatRange{.low = -1, .high = 1, .log = true}, "-1 to 1, log, accepted: low > 0 for a log range");
  ExpectRefused(IntRange{.low = 2, .high = 1}, "2 to 1, accepted: low <= high");
  ExpectRefused(IntRange{.low = 0, .high = 8, .log = true},
                "0 to 8, log, accepted: low >= 1 for a log range of integers");
  ExpectRefused(IntRange{.low = 0, .high = std::int64_t{1} << 53},
                "0 to 9007199254740992, accepted: at most 2^53 integers");
  ExpectRefused(IntRange{.low = kLeastInt, .high = kMostInt},
                "-9223372036854775808 to 9223372036854775807, accepted: at most 2^53 integers");
  ExpectRefused(Categories{.choices = {}}, "no choices, accepted: at least one");
  ExpectRefused(Categories{.choices = {"a", ""}}, "an empty choice, accepted: choices that can be typed");
  for (const char* const choice : {"a\n", "\x1f", "\x7f"}) {
    ExpectRefused(Categories{.choices = {choice}},
                  "a choice with a control character, accepted: choices that can be typed");
  }
  ExpectRefused(Categories{.choices = {"a", "b", "a"}}, "choice a twice, accepted: different choices");
}

TEST(ParameterRange, AcceptsWhatIsJustOne) {
  Validate("p", FloatRange{.low = 1, .high = std::nextafter(1.0, 2)});
  Validate("p", FloatRange{.low = 5e-324, .high = 1, .log = true});
  Validate("p", IntRange{.low = 1, .high = 1, .log = true});
  Validate("p", IntRange{.low = 1, .high = std::int64_t{1} << 53});
  Validate("p", Categories{.choices = {"a"}});
  Validate("p", Categories{.choices = {" größer~"}});
}

}  // namespace
}  // namespace hyperwidth
