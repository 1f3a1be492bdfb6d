// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/log_log_fit.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <numbers>
#include <stdexcept>
#include <vector>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

using Values = std::vector<double>;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kRounding = 1e-12;  // a few dozen operations on numbers of order one

// Upper 2.5 % point of Student's t distribution with three degrees of freedom (tables).
constexpr double kStudent3 = 3.182446305283708;

bool Contains(const Interval& interval, double value) { return interval.low <= value && value <= interval.high; }

// A correct 95 % interval misses its target in 5 % of kStudies, up to six standard deviations of that count: a false
// alarm has probability below 1e-8.
constexpr int kStudies = 4000;
const double kCoverageTolerance = 6 * std::sqrt(0.05 * 0.95 / kStudies);

// 2, 4, ..., 2^count.
Values PowersOfTwo(int count) {
  Values x;
  for (int i = 1; i <= count; ++i) x.push_back(std::pow(2.0, i));
  return x;
}

TEST(FitLogLog, FindsAnExactPowerAndLeavesRoomForRounding) {
  std::vector<double> x, y;
  for (int i = 1; i <= 8; ++i) {
    x.push_back(std::pow(2.0, i));
    y.push_back(3 * std::pow(x.back(), -2.5));
  }
  const SlopeFit fit = FitLogLog(x, y);
  EXPECT_NEAR(fit.slope, -2.5, kRounding);
  EXPECT_NEAR(fit.log_intercept, std::log(3), kRounding);
  EXPECT_TRUE(Contains(fit.ci95, -2.5));
  EXPECT_LT(fit.ci95.high - fit.ci95.low, 1e-10);
  EXPECT_EQ(fit.x_range, (Interval{.low = 2, .high = 256}));
  EXPECT_EQ(fit.points, 8);
}

TEST(FitLogLog, LeavesRoomForTheRoundingOfLogarithmsNearZero) {
  // All y are 1: the line is exact, but 1 stands for whatever is rounded to it, off by half an epsilon, as is its
  // logarithm. The widest slope has errors of one epsilon that fall and rise with x: the sum of |u| over that of u^2
  // for u = log(2) * (-2, ..., 2).
  const SlopeFit fit = FitLogLog(PowersOfTwo(5), Values(5, 1.0));
  const double widest = 0.6 / std::numbers::ln2 * std::numeric_limits<double>::epsilon();
  EXPECT_EQ(fit.slope, 0);
  EXPECT_NEAR(fit.ci95.high, widest, 1e-3 * widest);
  EXPECT_NEAR(fit.ci95.low, -widest, 1e-3 * widest);
}

TEST(FitLogLog, IsStudentsIntervalOfTheSlope) {
  // log x = -2 .. 2 and residuals c * (1, -2, 0, 2, -1), orthogonal to a constant and to log x: the slope is exact, the
  // residuals' squares sum to 10 c^2 and those of log x to 10, so the standard error is c / sqrt(3).
  constexpr double kScatter = 0.1;
  const double pattern[] = {1, -2, 0, 2, -1};
  std::vector<double> x, y;
  for (int i = 0; i < 5; ++i) {
    x.push_back(std::exp(i - 2));
    y.push_back(std::exp(1 + 0.5 * (i - 2) + kScatter * pattern[i]));
  }
  const SlopeFit fit = FitLogLog(x, y);
  EXPECT_NEAR(fit.slope, 0.5, kRounding);
  EXPECT_NEAR(fit.ci95.high - fit.slope, kStudent3 * kScatter / std::sqrt(3), 1e-9);
  EXPECT_NEAR(fit.slope - fit.ci95.low, kStudent3 * kScatter / std::sqrt(3), 1e-9);
}

TEST(FitLogLog, CoversTheTrueSlopeInNineteenStudiesOfTwenty) {
  int covered = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(3, {study});
    std::vector<double> x, y;
    for (int i = 0; i < 6; ++i) {
      x.push_back(std::pow(2.0, i));
      y.push_back(std::exp(1 - 1.5 * std::log(x.back()) + 0.2 * StandardNormal(random)));
    }
    covered += Contains(FitLogLog(x, y).ci95, -1.5);
  }
  EXPECT_NEAR(static_cast<double>(covered) / kStudies, 0.95, kCoverageTolerance);
}

TEST(FitLogLog, KnowsLittleFromFewPointsAndRefusesTheImpossible) {
  EXPECT_TRUE(std::isnan(FitLogLog({}, {}).slope));
  EXPECT_TRUE(std::isnan(FitLogLog(Values{2}, Values{3}).slope));
  EXPECT_NEAR(FitLogLog(Values{1, 10}, Values{1, 100}).slope, 2, kRounding);
  EXPECT_EQ(FitLogLog(Values{1, 10}, Values{1, 100}).ci95, Interval{});
  EXPECT_THROW(FitLogLog(Values{1, 2}, Values{1}), std::invalid_argument);
  EXPECT_THROW(FitLogLog(Values{2, 2, 2}, Values{1, 2, 3}), std::invalid_argument);
  EXPECT_THAT(
      [] {
        FitLogLog(Values{1, 2, 3}, Values{1, 0, 3});
      },
      ::testing::ThrowsMessage<std::domain_error>("log-log fit: y = 0.000000; accepted: positive finite numbers"));
  EXPECT_THROW(FitLogLog(Values{1, 2, -3}, Values{1, 1, 3}), std::domain_error);
  EXPECT_THROW(FitLogLog(Values{1, 2, 3}, Values{1, std::nan(""), 3}), std::domain_error);
}

TEST(FitLogLog, WeightsCountAsRepetitions) {
  // A weight of three says what three equal points say, as far as the line is concerned.
  const Values x = {1, 2, 4, 8}, y = {1, 3, 3, 9};
  const SlopeFit weighted = FitLogLog(x, y, Values{1, 3, 1, 1});
  const SlopeFit repeated = FitLogLog(Values{1, 2, 2, 2, 4, 8}, Values{1, 3, 3, 3, 3, 9});
  EXPECT_NEAR(weighted.slope, repeated.slope, kRounding);
  EXPECT_NEAR(weighted.log_intercept, repeated.log_intercept, kRounding);
  EXPECT_GT(std::abs(weighted.slope - FitLogLog(x, y).slope), 0.01);
}

TEST(FitLogLog, OnlyTheRatiosOfWeightsMatter) {
  const Values x = {1, 2, 4, 8}, y = {1, 3, 3, 9};
  const SlopeFit one = FitLogLog(x, y, Values{1, 2, 3, 4});
  for (const double factor : {1e-300, 1e-5, 7.0, 1e300}) {
    const SlopeFit other = FitLogLog(x, y, Values{factor, 2 * factor, 3 * factor, 4 * factor});
    EXPECT_NEAR(other.slope, one.slope, kRounding) << factor;
    EXPECT_NEAR(other.ci95.high, one.ci95.high, kRounding) << factor;
  }
  const SlopeFit equal = FitLogLog(x, y, Values{5, 5, 5, 5});
  EXPECT_NEAR(equal.ci95.low, FitLogLog(x, y).ci95.low, kRounding);
}

TEST(FitLogLog, RightWeightsCoverAndNarrowTheInterval) {
  // Standard deviations from 0.05 to 1.6. Weights of inverse variance must cover, and be much the better.
  int covered = 0;
  double weighted_width = 0, plain_width = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(5, {study});
    Values x = PowersOfTwo(6), y, weights;
    for (int i = 0; i < 6; ++i) {
      const double deviation = 1.6 * std::pow(0.5, i);
      y.push_back(std::exp(2 * std::log(x[i]) + deviation * StandardNormal(random)));
      weights.push_back(1 / (deviation * deviation));
    }
    const SlopeFit fit = FitLogLog(x, y, weights);
    covered += Contains(fit.ci95, 2);
    weighted_width += fit.ci95.high - fit.ci95.low;
    const SlopeFit plain = FitLogLog(x, y);
    plain_width += plain.ci95.high - plain.ci95.low;
  }
  EXPECT_NEAR(static_cast<double>(covered) / kStudies, 0.95, kCoverageTolerance);
  EXPECT_LT(weighted_width, plain_width / 2);
}

TEST(FitLogLog, CoarseValuesOnALineKeepTheUncertaintyOfTheirCoarseness) {
  // Sizes 2, 4, ..., 32 on a grid of powers of two: each log is off by up to log(2) / 2, with variance log(2)^2 / 12;
  // those of log x = log(2) * (-2, ..., 2) have squares that sum to 10 log(2)^2.
  const SlopeFit fit = FitLogLog({.x = PowersOfTwo(5), .y = PowersOfTwo(5), .resolution = 2});
  EXPECT_NEAR(fit.slope, 1, kRounding);
  EXPECT_NEAR(fit.ci95.high - 1, kStudent3 * std::sqrt(1.0 / 120), 1e-9);
  EXPECT_LT(FitLogLog({.x = PowersOfTwo(5), .y = PowersOfTwo(5), .resolution = 1}).ci95.high - 1, 1e-10);
}

TEST(FitLogLog, RefusesWrongWeightsAndResolutions) {
  const Values x = {1, 2, 3};
  EXPECT_THROW(FitLogLog(x, x, Values{1, 2}), std::invalid_argument);
  EXPECT_THROW(FitLogLog(x, x, Values{1, 0, 2}), std::domain_error);
  EXPECT_THROW(FitLogLog(x, x, Values{1, kInfinity, 2}), std::domain_error);
  EXPECT_THROW(FitLogLog({.x = x, .y = x, .resolution = 0.5}), std::domain_error);
  EXPECT_THROW(FitLogLog({.x = x, .y = x, .resolution = std::nan("")}), std::domain_error);
}

TEST(AsymptoticPoints, DropTheBentStart) {
  // y = x^2 + 50 x has the local exponent 1 at the start and 2 at the end.
  LogLogPoints points{.x = PowersOfTwo(14)};
  for (const double x : points.x) points.y.push_back(x * x + 50 * x);
  const SlopeFit all = FitLogLog(points), fit = FitAsymptotic(points);
  EXPECT_LT(all.slope, 1.8);
  EXPECT_GT(fit.slope, 1.97);
  EXPECT_EQ(fit.points, 4);  // without noise any bend is significant, down to the last four
  EXPECT_EQ(fit.dropped, 10);
  EXPECT_EQ(fit.x_range, (Interval{.low = 2048, .high = 16384}));
  EXPECT_THAT(fit.kept, ::testing::ElementsAre(10, 11, 12, 13));
}

TEST(AsymptoticPoints, StopWhereNoiseHidesTheBend) {
  // With 5 % of noise the rule must leave out where the exponent is far off, and need not go to the last four points.
  int many = 0, near = 0, better = 0;
  constexpr int kBentStudies = 400;
  for (std::uint64_t study = 0; study < kBentStudies; ++study) {
    RandomStream random(6, {study});
    LogLogPoints points{.x = PowersOfTwo(14)};
    for (const double x : points.x) points.y.push_back((x * x + 50 * x) * std::exp(0.05 * StandardNormal(random)));
    const SlopeFit fit = FitAsymptotic(points);
    many += fit.points > 4;
    near += std::abs(fit.slope - 2) < 0.1;
    better += std::abs(fit.slope - 2) < std::abs(FitLogLog(points).slope - 2);
    EXPECT_GE(fit.dropped, 4) << study;  // x = 2 ... 16, where the exponent is below 1.25
  }
  EXPECT_GT(many, 0.9 * kBentStudies);
  EXPECT_GT(near, 0.95 * kBentStudies);
  EXPECT_EQ(better, kBentStudies);
}

TEST(AsymptoticPoints, KeepAPowerLawAtTheStatedRate) {
  for (const double significance : {0.05, 0.2}) {
    int whole = 0, covered = 0;
    for (std::uint64_t study = 0; study < kStudies; ++study) {
      RandomStream random(7, {study});
      LogLogPoints points{.x = PowersOfTwo(8), .weights = Values(8, 3.0)};
      for (const double x : points.x) points.y.push_back(std::exp(1.5 * std::log(x) + 0.1 * StandardNormal(random)));
      const SlopeFit fit = FitAsymptotic(points, {.significance = significance});
      whole += fit.dropped == 0;
      covered += Contains(fit.ci95, 1.5);
    }
    // Up to six standard deviations of the count.
    const double tolerance = 6 * std::sqrt(significance * (1 - significance) / kStudies);
    EXPECT_NEAR(static_cast<double>(whole) / kStudies, 1 - significance, tolerance);
    // Whoever looks for a bend first is misled a little more often.
    EXPECT_GT(static_cast<double>(covered) / kStudies, 0.95 - 0.2 * significance - kCoverageTolerance);
  }
}

TEST(AsymptoticPoints, KeepAPowerLawAtTheStatedRateIfWeightsAreInverseVariances) {
  // Standard deviations from 0.8 to 0.05: the quotient that is held against Student's t follows it for these weights
  // only.
  int whole = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(8, {study});
    LogLogPoints points{.x = PowersOfTwo(8)};
    for (int i = 0; i < 8; ++i) {
      const double deviation = 0.8 * std::pow(16, -i / 7.0);
      points.y.push_back(std::exp(1.5 * std::log(points.x[i]) + deviation * StandardNormal(random)));
      points.weights.push_back(1 / (deviation * deviation));
    }
    whole += FitAsymptotic(points).dropped == 0;
  }
  EXPECT_NEAR(static_cast<double>(whole) / kStudies, 0.95, kCoverageTolerance);
}

TEST(AsymptoticPoints, KeepAllOfAnExactPower) {
  for (const double exponent : {-2.5, 1.0 / 3, 1.0, 7.0}) {
    LogLogPoints points{.x = PowersOfTwo(20)};
    for (const double x : points.x) points.y.push_back(3 * std::pow(x, exponent));
    const SlopeFit fit = FitAsymptotic(points);
    EXPECT_EQ(fit.dropped, 0) << exponent;
    EXPECT_NEAR(fit.slope, exponent, kRounding);
  }
}

TEST(AsymptoticPoints, ABendWithinTheResolutionIsNone) {
  // The rounding of 2.6 x^2 to powers of four: no bend that a search with this resolution could see.
  LogLogPoints points{.x = {2, 3, 4, 6, 8, 12, 16}, .resolution = 4};
  for (const double x : points.x) points.y.push_back(std::pow(4, std::round(std::log(2.6 * x * x) / std::log(4))));
  EXPECT_EQ(FitAsymptotic(points).dropped, 0);
}

TEST(AsymptoticPoints, LookForTheBendWithTheWeights) {
  // The same points: what bends is at the start, and counts for as much as it is certain.
  LogLogPoints points{.x = PowersOfTwo(8)};
  for (int i = 0; i < 8; ++i) {
    const double bend = i < 3 ? 0.4 / (1 + i) : 0;
    points.y.push_back(std::exp(2 * std::log(points.x[i]) + bend + (i % 2 == 0 ? 0.03 : -0.03)));
  }
  EXPECT_GT(FitAsymptotic(points).dropped, 0);
  points.weights = {1e-4, 1e-4, 1e-4, 1, 1, 1, 1, 1};
  EXPECT_EQ(FitAsymptotic(points).dropped, 0);
  EXPECT_NEAR(FitAsymptotic(points).slope, FitLogLog(points).slope, kRounding);
}

TEST(AsymptoticPoints, SeeABendThatUncertainPointsHide) {
  // Bent one way at the start and the other way at the end: on the whole not at all, unless the start counts for
  // little.
  LogLogPoints points{.x = PowersOfTwo(8)};
  for (int i = 0; i < 8; ++i) {
    const double place = i - 3.5;
    points.y.push_back(std::exp(2 * std::log(points.x[i]) + 0.05 * place * std::abs(place)));
  }
  EXPECT_EQ(FitAsymptotic(points).dropped, 0);
  points.weights = {1e-4, 1e-4, 1e-4, 1e-4, 1, 1, 1, 1};
  EXPECT_EQ(FitAsymptotic(points).dropped, 4);
}

TEST(FitAsymptotic, KeepsTheWeightsOfThePointsThatItKeeps) {
  const Values x = {1, 2, 4, 8, 16}, y = {9, 1, 5, 3, 20}, weights = {1, 2, 3, 4, 5};
  const SlopeFit fit = FitAsymptotic({.x = x, .y = y, .weights = weights}, {.min_x = 2, .drop_bent_start = false});
  const SlopeFit expected = FitLogLog(Values{2, 4, 8, 16}, Values{1, 5, 3, 20}, Values{2, 3, 4, 5});
  EXPECT_NEAR(fit.slope, expected.slope, kRounding);
  EXPECT_NEAR(fit.ci95.low, expected.ci95.low, kRounding);
}

TEST(AsymptoticPoints, ObeyTheLimitsGivenInWhateverOrderThePointsStand) {
  LogLogPoints points{.x = {64, 2, 32, 4, 16, 8, 8}};
  for (const double x : points.x) points.y.push_back(x * x + 50 * x);
  using ::testing::ElementsAre;
  EXPECT_THAT(AsymptoticPoints(points, {.min_x = 5, .drop_bent_start = false}), ElementsAre(0, 2, 4, 5, 6));
  EXPECT_THAT(AsymptoticPoints(points, {.min_x = 20}), ElementsAre(0, 2));
  EXPECT_THAT(AsymptoticPoints(points, {.min_points = 7}), ElementsAre(0, 1, 2, 3, 4, 5, 6));
  // Equal x go together: dropping both 8s would leave three.
  EXPECT_THAT(AsymptoticPoints(points), ElementsAre(0, 2, 4, 5, 6));
  EXPECT_THAT(AsymptoticPoints(points, {.negligible_bend = 2}), ElementsAre(0, 1, 2, 3, 4, 5, 6));
  EXPECT_TRUE(AsymptoticPoints({}).empty());
  EXPECT_EQ(FitAsymptotic(points, {.min_x = 1000}).dropped, 7);
}

TEST(AsymptoticPoints, RefuseImpossibleRanges) {
  const LogLogPoints points{.x = {1, 2, 3, 4, 5}, .y = {1, 2, 3, 4, 5}};
  EXPECT_THROW(AsymptoticPoints(points, {.min_x = -1}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints(points, {.min_x = kInfinity}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints(points, {.min_points = 3}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints(points, {.significance = 0}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints(points, {.significance = 1}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints(points, {.negligible_bend = -1}), std::invalid_argument);
  EXPECT_THROW(AsymptoticPoints({.x = {1, 2}, .y = {1, -2}}), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
