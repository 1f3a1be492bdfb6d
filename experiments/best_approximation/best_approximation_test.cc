// SPDX-License-Identifier: Apache-2.0
#include "experiments/best_approximation/best_approximation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>

#include "experiments/program/repeated_run.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

BestApproximationOptions Small() {
  BestApproximationOptions options;
  options.targets = 12;
  options.points = 5;
  return options;
}

Approximation Found(double error, double lower, double constant) {
  return {.best = {.v = 1, .w = 2, .b = 0, .c = 1},
          .error = error,
          .monotone = 0,
          .alternation = lower,
          .constant = constant,
          .constant_is_best = false,
          .step = constant,
          .first_step = 0,
          .last_step = 0};
}

TEST(KindOf, IsUniqueOnlyIfTheBoundIsCloseAndTheNeuronIsNoLimit) {
  Approximation found = Found(0.1, 0.09999, 1);
  EXPECT_EQ(KindOf(found), BestKind::kUnique);
  found.best.w = kSteepest;
  EXPECT_EQ(KindOf(found), BestKind::kOpen);
  found.best.w = kFlattest;
  EXPECT_EQ(KindOf(found), BestKind::kOpen);
  found.best.w = 1;
  found.best.b = -1 - kFarthest;
  EXPECT_EQ(KindOf(found), BestKind::kOpen);
  EXPECT_EQ(KindOf(Found(0.1, 0.099, 1)), BestKind::kOpen);
}

TEST(KindOf, IsNonexistentOnlyIfAStepReachesTheMonotoneBoundBelowConstants) {
  Approximation found = Found(0.51, 0.5, 1);
  found.step = found.monotone = 0.5;
  EXPECT_EQ(KindOf(found), BestKind::kNonexistent);
  found.step = 0.5001;
  EXPECT_NE(KindOf(found), BestKind::kNonexistent);
  found.step = found.constant = 0.5;
  EXPECT_NE(KindOf(found), BestKind::kNonexistent);
  found.constant_is_best = true;
  EXPECT_EQ(KindOf(found), BestKind::kConstant);
}

const Check& Find(const Result& result, const std::string& id) {
  for (const Check& check : result.checks) {
    if (check.id == "best_approximation." + id) return check;
  }
  throw std::logic_error("no check " + id);
}

std::vector<BestRecord> Random(int constants, int others) {
  std::vector<BestRecord> records;
  for (int i = 0; i < constants + others; ++i) {
    records.push_back({.family = "disjoint", .position = 1.0 * i, .found = Found(0.1, 0.09999, 1)});
    if (i < constants) records.back().found.constant_is_best = true;
    if (i < constants) records.back().found.error = 1;
  }
  return records;
}

TEST(SummariseBestApproximation, SaysOnWhichShareOfTheSphereAnAssumptionFails) {
  const Check helps = Find(SummariseBestApproximation(Small(), Random(8, 32)), "disjoint.no_help");
  EXPECT_EQ(helps.verdict, Verdict::kConsistent);
  EXPECT_EQ(helps.predicted, Interval{.low = 0});
  EXPECT_DOUBLE_EQ(helps.measured, 0.2);
  EXPECT_GT(helps.ci95->low, 0.05);
  EXPECT_THAT(helps.why, HasSubstr("8 of 40"));
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), Random(1, 39)), "disjoint.no_help").verdict, Verdict::kConsistent);
  const Check never = Find(SummariseBestApproximation(Small(), Random(0, 40)), "disjoint.no_help");
  EXPECT_EQ(never.verdict, Verdict::kInconclusive);  // 40 targets are no proof
}

TEST(SummariseBestApproximation, IsRefutedByAnErrorBelowItsBound) {
  std::vector<BestRecord> records = Random(0, 40);
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "never_below_bound").verdict, Verdict::kConsistent);
  records[7].found.error = 0.0999;
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "never_below_bound").verdict, Verdict::kInconsistent);
}

TEST(SummariseBestApproximation, SaysIfTheQuietPathIsNotQuiet) {
  std::vector<BestRecord> records;
  for (int i = 0; i < 12; ++i)
    records.push_back({.family = "quiet", .position = 0.1 * i, .found = Found(0.1, 0.09999, 1)});
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "quiet_path").verdict, Verdict::kConsistent);
  std::vector<BestRecord> zero = records, uncertain = records;
  zero[3].found.best = {.v = 0, .w = 2, .b = 0, .c = 0};
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), zero), "quiet_path").verdict, Verdict::kInconsistent);
  uncertain[3].found.alternation = 0.05;
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), uncertain), "quiet_path").verdict, Verdict::kInconsistent);
}

TEST(SummariseBestApproximation, SaysIfANeuronHelpsAnAlternatingTarget) {
  std::vector<BestRecord> records;
  for (int degree = 1; degree <= 3; ++degree) {
    records.push_back({.family = "chebyshev", .position = 1.0 * degree, .found = Found(1, 1, 1)});
  }
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kConsistent);
  records[0].found.error = 0.1;  // T_1 has two extrema only
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kConsistent);
  for (BestRecord& record : records) record.found = Found(0.9, 0.8, 1);
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kInconsistent);
}

Result Repeated(int threads, const RunFolder& folder) {
  BestApproximationOptions options = Small();
  options.program.threads = threads;
  const Result result = RunBestApproximation(options, folder);
  EXPECT_NO_THROW(Validate(result));
  return result;
}

TEST(RunBestApproximation, FindsTheSameBitsWithAnyNumberOfThreads) {
  ExpectSameBitsWithAnyNumberOfThreads("best", Repeated, 2 * 12 + 3 * 5 + 8);
}

TEST(RunBestApproximation, GoesOnFromWhatHasFinished) { ExpectGoesOnFromWhatHasFinished("best", Repeated, 10); }

}  // namespace
}  // namespace hyperwidth
