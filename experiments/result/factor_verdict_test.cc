// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/factor_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

Check OfPairs(const std::vector<double>& a, const std::vector<double>& b) {
  return JudgeFactor({"x.less", "a is less than b."}, {"a", a}, {"b", b});
}

Check OfMean(Interval predicted, const std::vector<double>& factors) {
  return JudgeMeanFactor({"x.mean", "The factor lies there."}, predicted, factors);
}

TEST(JudgeFactor, MeasuresTheGeometricMeanOfTheFactors) {
  const Check check = OfPairs({1, 2, 4}, {2, 5, 8});
  EXPECT_NEAR(check.measured, std::cbrt(0.5 * 0.4 * 0.5), 1e-12);
  EXPECT_EQ(check.verdict, Verdict::kConsistent);
  EXPECT_EQ(check.predicted, (Interval{.high = 1}));
  EXPECT_LT(check.ci95->low, check.measured);
  EXPECT_GT(check.ci95->high, check.measured);
  EXPECT_LT(check.ci95->high, 1);
  EXPECT_THAT(check.why, HasSubstr("log a minus log b"));
}

TEST(JudgeFactor, IsInconsistentTheOtherWayRound) {
  EXPECT_EQ(OfPairs({2, 5, 8}, {1, 2, 4}).verdict, Verdict::kInconsistent);
}

TEST(JudgeFactor, LeavesOutWhatHasNoLogarithm) {
  EXPECT_EQ(OfPairs({1, 2, 4, 0}, {2, 5, 8, 1}).measured, OfPairs({1, 2, 4}, {2, 5, 8}).measured);
  EXPECT_EQ(OfPairs({1, 2, kNone}, {2, 5, 8}).verdict, Verdict::kInconclusive);
}

TEST(JudgeFactor, HasStudentsIntervalOfTheLogarithm) {
  const RepeatedScores a{"a", {1, 4, 2}}, b{"b", {2, 4, 16}};
  const Check check = JudgeFactor({"x.y", "A is less."}, a, b);
  EXPECT_NEAR(check.measured, std::cbrt(0.5 * 1 * 0.125), 1e-12);
  // Student's interval of three logarithms, with t = 4.302653 for two degrees of freedom.
  const double logs[] = {-std::log(2.0), 0, -std::log(8.0)}, mean = (logs[0] + logs[1] + logs[2]) / 3;
  double variance = 0;
  for (const double log : logs) variance += (log - mean) * (log - mean) / 2;
  const double half = 4.302652730 * std::sqrt(variance / 3);
  ASSERT_TRUE(check.ci95);
  EXPECT_NEAR(check.ci95->low, std::exp(mean - half), 1e-7);
  EXPECT_NEAR(check.ci95->high, std::exp(mean + half), 1e-7 * std::exp(mean + half));
  EXPECT_EQ(check.predicted, (Interval{.high = 1}));
  EXPECT_EQ(check.verdict, Verdict::kInconclusive);
}

TEST(JudgeFactor, CountsNoRepetitionWithoutALogarithm) {
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::infinity(), kNone}) {
    EXPECT_EQ(OfPairs({1, 2, 4, 3}, {2, bad, 8, 6.1}).verdict, Verdict::kConsistent) << bad;
    EXPECT_EQ(OfPairs({1, 2, 4, 3}, {2, bad, bad, 6.1}).verdict, Verdict::kInconclusive) << bad;
  }
}

TEST(JudgeMeanFactor, HoldsTheIntervalOfTheGeometricMeanAgainstTheRange) {
  const std::vector<double> factors = {0.80, 0.81, 0.79};
  EXPECT_NEAR(OfMean({.high = 0.9}, factors).measured, std::cbrt(0.80 * 0.81 * 0.79), 1e-12);
  EXPECT_EQ(OfMean({.high = 0.9}, factors).verdict, Verdict::kConsistent);
  EXPECT_EQ(OfMean({.low = 0.9}, factors).verdict, Verdict::kInconsistent);
  EXPECT_EQ(OfMean({.high = 0.8}, factors).verdict, Verdict::kInconclusive);
  EXPECT_EQ(OfMean({.low = 0.7, .high = 0.9}, factors).verdict, Verdict::kConsistent);
  EXPECT_EQ(OfMean({.low = 0.9}, factors).predicted, (Interval{.low = 0.9}));
  EXPECT_THAT(OfMean({.high = 0.9}, factors).why, HasSubstr("Of logarithms: "));
}

TEST(JudgeMeanFactor, NeedsThreeRepetitionsThatHaveAFactor) {
  EXPECT_EQ(OfMean({.high = 0.9}, {0.80, 0.81, kNone}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(OfMean({.high = 0.9}, {0.80, 0.81, 0, 0.79}).verdict, Verdict::kConsistent);
}

}  // namespace
}  // namespace hyperwidth
