// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/factor_verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

const RepeatedScores kErrors{"a", {1.0, 2.0, 8.0, 3.0}};

RepeatedScores Times(double factor, const RepeatedScores& scores) {
  RepeatedScores result{"b", scores.scores};
  double spread = 0.99;
  for (double& score : result.scores) score *= factor * (spread += 0.005);
  return result;
}

TEST(JudgeFactor, MeasuresTheGeometricMeanOfTheFactorsWithAnIntervalAroundIt) {
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

TEST(JudgeFactor, SaysWhichErrorIsLess) {
  EXPECT_EQ(JudgeFactor({"x.y", "A is less."}, kErrors, Times(1.1, kErrors)).verdict, Verdict::kConsistent);
  EXPECT_EQ(JudgeFactor({"x.y", "A is less."}, kErrors, Times(0.9, kErrors)).verdict, Verdict::kInconsistent);
  EXPECT_THAT(JudgeFactor({"x.y", "A is less."}, kErrors, Times(0.9, kErrors)).why, HasSubstr("log a minus log b"));
}

TEST(JudgeFactor, LeavesOutRepetitionsThatFailedOrHaveNoLogarithm) {
  for (const double bad : {0.0, -1.0, std::numeric_limits<double>::infinity(), std::nan("")}) {
    RepeatedScores other = Times(2, kErrors);
    other.scores[1] = bad;
    const Check check = JudgeFactor({"x.y", "A is less."}, kErrors, other);
    EXPECT_EQ(check.verdict, Verdict::kConsistent) << bad;
    other.scores[2] = bad;
    EXPECT_EQ(JudgeFactor({"x.y", "A is less."}, kErrors, other).verdict, Verdict::kInconclusive) << bad;
  }
}

}  // namespace
}  // namespace hyperwidth
