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
  found.best.b = -1 - kFarthest / 2;
  EXPECT_EQ(KindOf(found), BestKind::kUnique);
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
  EXPECT_EQ(SummariseBestApproximation(Small(), Random(1, 39)).decisive, "best_approximation.disjoint.none_is_best");
  EXPECT_EQ(SummariseBestApproximation(Small(), {}).decisive, "");
  const Check never = Find(SummariseBestApproximation(Small(), Random(0, 40)), "disjoint.no_help");
  EXPECT_EQ(never.verdict, Verdict::kInconclusive);  // 40 targets are no proof
}

TEST(SummariseBestApproximation, CountsEachKindOfBothBumps) {
  std::vector<BestRecord> records = Random(2, 5);
  records.push_back({.family = "overlapping", .position = 0, .found = Found(0.51, 0.4, 1)});
  records.back().found.step = records.back().found.monotone = 0.5;
  for (int i = 0; i < 3; ++i) {
    records.push_back({.family = "overlapping", .position = 1.0 + i, .found = Found(0.1, 0.05, 1)});
  }
  const Fields table = SummariseBestApproximation(Small(), records).floors;
  const std::vector<std::string> bumps = {
      "overlapping", "overlapping", "overlapping", "overlapping", "disjoint", "disjoint", "disjoint", "disjoint"};
  const std::vector<std::string> kinds = {
      "constant", "nonexistent", "unique", "open", "constant", "nonexistent", "unique", "open"};
  const std::vector<std::int64_t> counts = {0, 1, 0, 3, 2, 0, 5, 0};
  const Fields expected = {{"bumps", bumps}, {"best approximator", kinds}, {"random targets", counts}};
  EXPECT_EQ(table, expected);
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
  for (const OneNeuron& half_zero :
       {OneNeuron{.v = 1, .w = 2, .b = 0, .c = 0}, OneNeuron{.v = -1, .w = 2, .b = 0, .c = 1}}) {
    std::vector<BestRecord> quiet = records;
    quiet[3].found = Found(0, 0, 1);  // in the class
    quiet[3].found.best = half_zero;
    EXPECT_EQ(Find(SummariseBestApproximation(Small(), quiet), "quiet_path").verdict, Verdict::kConsistent);
  }
  uncertain[3].found.alternation = 0.05;
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), uncertain), "quiet_path").verdict, Verdict::kInconsistent);
}

TEST(SummariseBestApproximation, DrawsAPathWithNeuronsOrStepsAtEachPoint) {
  std::vector<BestRecord> records;
  for (const double angle : {0.5, 1.5}) {
    records.push_back({.family = "nonexistent", .position = angle, .found = Found(0.51, 0.4, 1)});
  }
  records[1].found.step = records[1].found.monotone = 0.5;
  records[1].found.first_step = -0.25;
  records[1].found.last_step = 0.75;
  const Result result = SummariseBestApproximation(Small(), records);
  ASSERT_EQ(result.figures.size(), 1u);
  EXPECT_THAT(result.figures[0].caption, HasSubstr("Of 2 targets: 0 constant, 1 nonexistent, 0 unique, 1 open."));
  const std::vector<double> both = {0.5, 1.5}, neuron = {0.5}, step = {1.5};
  const std::vector<std::vector<double>> x = {both, both, both, neuron, neuron, neuron, step, step};
  const std::vector<std::vector<double>> y = {
      {0.51, 0.51}, {0.4, 0.5}, {1, 1}, {1}, {records[0].found.best(0)}, {2}, {-0.25}, {0.75}};
  ASSERT_EQ(result.series.size(), x.size());
  for (std::size_t i = 0; i < x.size(); ++i) {
    EXPECT_EQ(result.series[i].x, x[i]) << i;
    EXPECT_EQ(result.series[i].y, y[i]) << i;
    EXPECT_EQ(result.series[i].x_scale, AxisScale::kLinear) << i;
  }
}

TEST(SummariseBestApproximation, SaysIfANeuronHelpsAnAlternatingTarget) {
  std::vector<BestRecord> records;
  for (int degree = 1; degree <= 3; ++degree) {
    records.push_back({.family = "chebyshev", .position = 1.0 * degree, .found = Found(1, 1, 1)});
  }
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kConsistent);
  records[0].found.error = 0.1;  // T_1 has two extrema only
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kConsistent);
  // T_8 at the points misses 1.37e-5 at most.
  records[2].found.alternation = 1 - 1.3e-5;
  EXPECT_EQ(Find(SummariseBestApproximation(Small(), records), "alternating").verdict, Verdict::kConsistent);
  records[2].found.alternation = 1 - 1.4e-5;
  const Check below = Find(SummariseBestApproximation(Small(), records), "alternating");
  EXPECT_EQ(below.verdict, Verdict::kInconclusive);
  EXPECT_DOUBLE_EQ(below.measured, 1 - 0.7e-5);
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
