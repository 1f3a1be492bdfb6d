// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/verdict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

#include "models/random_stream.h"
#include "models/standard_normal.h"

namespace hyperwidth {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

const Claim kClaim{.id = "e.c", .text = "A claim."};

Check Judge(Interval predicted, Interval measured) {
  return JudgeRange(kClaim, predicted, {.value = (measured.low + measured.high) / 2, .ci95 = measured, .samples = 9});
}

TEST(JudgeRange, FollowsWhereTheIntervalLies) {
  const Interval predicted{.low = 1, .high = 2};
  EXPECT_EQ(Judge(predicted, {.low = 1.1, .high = 1.9}).verdict, Verdict::kConsistent);
  EXPECT_EQ(Judge(predicted, {.low = 1.0, .high = 2.0}).verdict, Verdict::kConsistent);
  EXPECT_EQ(Judge(predicted, {.low = 0.9, .high = 1.5}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(Judge(predicted, {.low = 1.5, .high = 2.1}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(Judge(predicted, {.low = 0.5, .high = 2.5}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(Judge(predicted, {.low = 2.1, .high = 2.5}).verdict, Verdict::kInconsistent);
  EXPECT_EQ(Judge(predicted, {.low = 0.1, .high = 0.5}).verdict, Verdict::kInconsistent);
  EXPECT_EQ(Judge(predicted, {.low = 2.0, .high = 2.5}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(Judge(predicted, {.low = 0.5, .high = 1.0}).verdict, Verdict::kInconclusive);
  EXPECT_EQ(Judge({.low = 1}, {.low = 3, .high = 5}).verdict, Verdict::kConsistent);
  EXPECT_EQ(Judge({.low = 2, .high = 2}, {.low = 1.99, .high = 2.01}).verdict, Verdict::kInconclusive);
}

TEST(JudgeRange, SaysWhyInNumbers) {
  const Check check = Judge({.low = 1, .high = 2}, {.low = 1.25, .high = 1.75});
  EXPECT_EQ(check.id, "e.c");
  EXPECT_EQ(check.claim, "A claim.");
  EXPECT_EQ(check.measured, 1.5);
  EXPECT_EQ(check.ci95, (Interval{.low = 1.25, .high = 1.75}));
  EXPECT_EQ(check.why,
            "The 95 % interval [1.25, 1.75] of the measured 1.5 lies wholly within the predicted range 1 to 2.");
  EXPECT_EQ(Judge({.low = 1, .high = 2}, {.low = 2.25, .high = 2.75}).why,
            "The 95 % interval [2.25, 2.75] of the measured 2.5 lies wholly outside the predicted range 1 to 2.");
  EXPECT_EQ(
      Judge({.low = 1, .high = 2}, {.low = 1.75, .high = 2.25}).why,
      "The 95 % interval [1.75, 2.25] of the measured 2 is partly inside and partly outside the predicted range 1 "
      "to 2.");
}

TEST(JudgeRange, ConcludesNothingWithoutAnInterval) {
  for (const Estimate& estimate : {Estimate{}, Estimate{.value = 1.5, .samples = 1}}) {
    const Check check = JudgeRange(kClaim, {.low = 1, .high = 2}, estimate);
    EXPECT_EQ(check.verdict, Verdict::kInconclusive);
    EXPECT_EQ(check.ci95, std::nullopt);
    EXPECT_THAT(check.why, HasSubstr("no 95 % interval"));
  }
}

TEST(JudgeMean, NeedsThreeRepetitionsThatDiffer) {
  const Interval predicted{.low = 0, .high = 10};
  const std::vector<double> close = {5, 5.01, 4.99}, two = {5, 5.001}, same = {5, 5, 5};
  EXPECT_EQ(JudgeMean(kClaim, predicted, close).verdict, Verdict::kConsistent);
  EXPECT_EQ(JudgeMean(kClaim, {.low = 6}, close).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeMean(kClaim, predicted, two).verdict, Verdict::kInconclusive);
  EXPECT_THAT(JudgeMean(kClaim, predicted, two).why, HasSubstr("Only 2 repetitions"));
  EXPECT_EQ(JudgeMean(kClaim, predicted, same).verdict, Verdict::kInconclusive);
  EXPECT_THAT(JudgeMean(kClaim, predicted, same).why, HasSubstr("not independent"));
}

TEST(JudgeErrorFraction, UsesTheCountsAndSaysWhatTheIntervalLeavesOut) {
  const Check check = JudgeErrorFraction(kClaim, {.low = 0.08, .high = 0.12}, 1000, 10000);
  EXPECT_EQ(check.verdict, Verdict::kConsistent);
  EXPECT_EQ(check.measured, 0.1);
  EXPECT_THAT(check.why,
              AllOf(HasSubstr("(1000 errors in 10000 samples)"), HasSubstr("not the spread between training runs")));
  EXPECT_EQ(JudgeErrorFraction(kClaim, {.low = 0.08, .high = 0.12}, 10, 100).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeErrorFraction(kClaim, {.low = 0.08, .high = 0.12}, 2000, 10000).verdict, Verdict::kInconsistent);
}

PairedSamples Pairs(std::vector<double> a, std::vector<double> b) {
  return {.name_a = "hypernetwork", .a = std::move(a), .name_b = "embedding", .b = std::move(b)};
}

TEST(JudgeLess, FollowsTheSignOfTheDifferencesInterval) {
  const std::vector<double> low = {0.10, 0.11, 0.09, 0.10}, high = {0.20, 0.22, 0.19, 0.21};
  const Check less = JudgeLess(kClaim, Pairs(low, high));
  EXPECT_EQ(less.verdict, Verdict::kConsistent);
  EXPECT_EQ(less.predicted, Interval{.high = 0});
  EXPECT_NEAR(less.measured, -0.105, 1e-12);
  EXPECT_THAT(
      less.why,
      AllOf(HasSubstr("hypernetwork minus embedding is -0.105 on average over 4 pairs"), HasSubstr("lies below zero")));
  EXPECT_EQ(JudgeLess(kClaim, Pairs(high, low)).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeLess(kClaim, Pairs({0.1, 0.2, 0.3}, {0.2, 0.1, 0.31})).verdict, Verdict::kInconclusive);
}

TEST(JudgeLess, NeedsThreePairsWhoseDifferencesDiffer) {
  EXPECT_THAT(JudgeLess(kClaim, Pairs({1, 1}, {9, 9.1})).why, HasSubstr("Only 2 pairs,"));
  EXPECT_THAT(JudgeLess(kClaim, Pairs({1}, {9})).why, HasSubstr("Only 1 pair,"));
  EXPECT_EQ(JudgeLess(kClaim, Pairs({1, 1}, {9, 9.1})).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeLess(kClaim, Pairs({}, {})).verdict, Verdict::kInconclusive);
  const Check copies = JudgeLess(kClaim, Pairs({1, 1, 1}, {2, 2, 2}));
  EXPECT_EQ(copies.verdict, Verdict::kInconclusive);
  EXPECT_THAT(copies.why, HasSubstr("not independent"));
}

TEST(JudgeLess, IsRarelyFooledByEqualCompetitors) {
  // Two-sided 95 % intervals: 2.5 % of studies of equals end on either side, up to six standard deviations.
  constexpr int kStudies = 4000;
  int consistent = 0, inconsistent = 0;
  for (std::uint64_t study = 0; study < kStudies; ++study) {
    RandomStream random(4, {study});
    PairedSamples samples = Pairs({}, {});
    for (int i = 0; i < 5; ++i) {
      const double shared = 10 * StandardNormal(random);
      samples.a.push_back(shared + StandardNormal(random));
      samples.b.push_back(shared + StandardNormal(random));
    }
    const Verdict verdict = JudgeLess(kClaim, samples).verdict;
    consistent += verdict == Verdict::kConsistent;
    inconsistent += verdict == Verdict::kInconsistent;
  }
  const double tolerance = 6 * std::sqrt(0.025 * 0.975 / kStudies);
  EXPECT_NEAR(static_cast<double>(consistent) / kStudies, 0.025, tolerance);
  EXPECT_NEAR(static_cast<double>(inconsistent) / kStudies, 0.025, tolerance);
}

SlopeFit Fit(Interval ci95, std::int64_t points = 6) {
  return {.slope = (ci95.low + ci95.high) / 2, .ci95 = ci95, .x_range = {.low = 10, .high = 1000}, .points = points};
}

TEST(JudgeExponent, NeedsANarrowIntervalThatContainsThePrediction) {
  EXPECT_EQ(JudgeExponent(kClaim, -2, Fit({.low = -2.2, .high = -1.9})).verdict, Verdict::kConsistent);
  EXPECT_EQ(JudgeExponent(kClaim, -2, Fit({.low = -2.5, .high = -1.5})).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeExponent(kClaim, -2, Fit({.low = -1.9, .high = -1.5})).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeExponent(kClaim, -2, Fit({.low = 1.9, .high = 2.1})).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeExponent(kClaim, -2, Fit({.low = -2.01, .high = -1.99}, 3)).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeExponent(kClaim, -2, SlopeFit{}).verdict, Verdict::kInconclusive);
  // Exactly +-15 % is narrow enough, more is not.
  EXPECT_EQ(JudgeExponent(kClaim, 1, Fit({.low = 0.875, .high = 1.125})).verdict, Verdict::kConsistent);
  EXPECT_EQ(JudgeExponent(kClaim, 1, Fit({.low = 0.84, .high = 1.16})).verdict, Verdict::kInconclusive);
}

TEST(JudgeExponent, SaysRangePointsAndTolerance) {
  const SlopeFit fit = Fit({.low = -1.97, .high = -1.95});
  const Check strict = JudgeExponent(kClaim, -2, fit);
  EXPECT_EQ(strict.verdict, Verdict::kInconsistent);
  EXPECT_EQ(strict.why,
            "Fitted exponent -1.96 with 95 % interval [-1.97, -1.95] from 6 points, x from 10 to 1000, which excludes "
            "the predicted -2.");
  const Check lenient = JudgeExponent(kClaim, -2, fit, {.finite_range_tolerance = 0.02});
  EXPECT_EQ(lenient.verdict, Verdict::kConsistent);
  EXPECT_THAT(lenient.why, HasSubstr("which meets -2.04 to -1.96, the predicted -2 with +-2 % for the finite range."));
  EXPECT_EQ(lenient.predicted, (Interval{.low = -2.04, .high = -1.96}));
  EXPECT_THAT(JudgeExponent(kClaim, -3, fit, {.finite_range_tolerance = 0.02}).why, HasSubstr("lies outside"));
}

TEST(JudgeExponent, SaysWhichPointsWereDroppedAndBothIntervals) {
  SlopeFit fit = Fit({.low = -2.1, .high = -1.9}, 5);
  fit.dropped = 2;
  EXPECT_EQ(JudgeExponent(kClaim, -2, fit).why,
            "Fitted exponent -2 with 95 % interval [-2.1, -1.9] from 5 points, x from 10 to 1000 (2 with smaller x "
            "dropped by the rule for the range), which contains the predicted -2.");
  fit.student95 = {.low = -2.1, .high = -1.95};
  fit.bootstrap95 = Interval{.low = -2.05, .high = -1.9};
  EXPECT_EQ(JudgeExponent(kClaim, -2, fit).why,
            "Fitted exponent -2 with 95 % interval [-2.1, -1.9] (Student's [-2.1, -1.95], bootstrap [-2.05, -1.9]) "
            "from 5 points, x from 10 to 1000 (2 with smaller x dropped by the rule for the range), which contains the "
            "predicted -2.");
  EXPECT_THAT(JudgeExponent(kClaim, -2, fit, {.max_half_width = 0.01}).why,
              HasSubstr(", wider than +-1 % of the predicted -2: too uncertain to tell."));
}

TEST(JudgeExponent, RefusesImpossibleOptions) {
  EXPECT_THROW(JudgeExponent(kClaim, 0, Fit({.low = -1, .high = 1})), std::invalid_argument);
  EXPECT_THROW(JudgeExponent(kClaim, 1, Fit({}), {.max_half_width = 0}), std::invalid_argument);
  EXPECT_THROW(JudgeExponent(kClaim, 1, Fit({}), {.finite_range_tolerance = -0.1}), std::invalid_argument);
}

TEST(JudgeSeparate, FollowsTheOrderOfTheIntervals) {
  const SlopeFit low = Fit({.low = 1, .high = 1.5}), high = Fit({.low = 2, .high = 2.5}),
                 between = Fit({.low = 1.4, .high = 2.1}), touching = Fit({.low = 1.5, .high = 1.75});
  const Check check = JudgeSeparate(kClaim, low, high);
  EXPECT_EQ(check.verdict, Verdict::kConsistent);
  EXPECT_EQ(check.predicted, Interval{.low = 0});
  EXPECT_EQ(check.measured, 1);
  EXPECT_EQ(check.ci95, (Interval{.low = 0.5, .high = 1.5}));
  EXPECT_EQ(JudgeSeparate(kClaim, high, low).verdict, Verdict::kInconsistent);
  EXPECT_EQ(JudgeSeparate(kClaim, low, between).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeSeparate(kClaim, between, low).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeSeparate(kClaim, low, touching).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeSeparate(kClaim, low, low).verdict, Verdict::kInconclusive);
}

TEST(JudgeSeparate, SaysBothFitsInNumbers) {
  SlopeFit low = Fit({.low = 1, .high = 1.5}, 5), high = Fit({.low = 2, .high = 2.5});
  low.dropped = 1;
  EXPECT_EQ(JudgeSeparate(kClaim, low, high).why,
            "The 95 % interval [1, 1.5] of the exponent 1.25 that should be the smaller, from 5 points, x from 10 to "
            "1000 (1 with smaller x dropped by the rule for the range), lies wholly below [2, 2.5] of the 2.25 that "
            "should be the larger, from 6 points, x from 10 to 1000.");
  EXPECT_THAT(JudgeSeparate(kClaim, high, low).why, HasSubstr("lies wholly above [1, 1.5]"));
  EXPECT_THAT(JudgeSeparate(kClaim, low, low).why, HasSubstr("overlaps with [1, 1.5]"));
}

TEST(JudgeSeparate, NeedsFourPointsInBothFits) {
  const SlopeFit low = Fit({.low = 1, .high = 1.5}), high = Fit({.low = 2, .high = 2.5}),
                 short_low = Fit({.low = 1, .high = 1.5}, 3), short_high = Fit({.low = 2, .high = 2.5}, 3);
  EXPECT_EQ(JudgeSeparate(kClaim, low, short_high).verdict, Verdict::kInconclusive);
  EXPECT_EQ(JudgeSeparate(kClaim, short_low, high).verdict, Verdict::kInconclusive);
  EXPECT_THAT(JudgeSeparate(kClaim, short_low, high).why, HasSubstr("Only 3 points,"));
  EXPECT_EQ(JudgeSeparate(kClaim, SlopeFit{}, SlopeFit{}).verdict, Verdict::kInconclusive);
}

TEST(JudgeNever, IsRefutedByASingleViolation) {
  const Check check = JudgeNever(kClaim, 1, 400, "a model had 0.9 times the parameters of its bound");
  EXPECT_EQ(check.verdict, Verdict::kInconsistent);
  EXPECT_EQ(check.predicted, (Interval{.low = 0, .high = 0}));
  EXPECT_EQ(check.measured, 1);
  EXPECT_EQ(check.ci95, (Interval{.low = 1, .high = 1}));
  EXPECT_EQ(check.unit, "of 400 runs");
  EXPECT_EQ(
      check.why,
      "1 of 400 runs violate it, where a single one refutes it. The closest: a model had 0.9 times the parameters "
      "of its bound.");
  EXPECT_EQ(JudgeNever(kClaim, 1, 1).verdict, Verdict::kInconsistent);  // few runs are enough to refute
}

TEST(JudgeNever, NeedsTenRunsWithoutAViolation) {
  EXPECT_EQ(JudgeNever(kClaim, 0, 10).verdict, Verdict::kConsistent);
  const Check few = JudgeNever(kClaim, 0, 9, "one came near");
  EXPECT_EQ(few.verdict, Verdict::kInconclusive);
  EXPECT_EQ(few.why, "Only 9 runs, where at least 10 are needed for a verdict. The closest: one came near.");
  EXPECT_EQ(JudgeNever(kClaim, 0, 0).verdict, Verdict::kInconclusive);
}

TEST(JudgeNever, SaysWhatTheRunsLeaveOpen) {
  // Clopper and Pearson's upper end for none of n: 1 - 0.025^(1 / n); of 10, 30.85 %.
  const Check check = JudgeNever(kClaim, 0, 10, "one came near");
  EXPECT_EQ(check.why,
            "None of 10 runs violates it, each of which could have: with 95 % confidence fewer than 30.85 % of such "
            "runs do. The closest: one came near.");
  EXPECT_THAT(JudgeNever(kClaim, 0, 10).why, ::testing::EndsWith("of such runs do."));
}

TEST(JudgeNever, RefusesImpossibleCounts) {
  EXPECT_THROW(JudgeNever(kClaim, -1, 10), std::domain_error);
  EXPECT_THROW(JudgeNever(kClaim, 11, 10), std::domain_error);
}

TEST(Withhold, MakesAnyVerdictInconclusiveAndKeepsTheNumbers) {
  const Check consistent = Judge({.low = 1, .high = 2}, {.low = 1.25, .high = 1.75});
  const Check withheld = Withhold(consistent, "Training had not converged.");
  EXPECT_EQ(withheld.verdict, Verdict::kInconclusive);
  EXPECT_EQ(withheld.why, "Withheld, and would be consistent: Training had not converged. " + consistent.why);
  EXPECT_EQ(withheld.id, consistent.id);
  EXPECT_EQ(withheld.measured, consistent.measured);
  EXPECT_EQ(withheld.ci95, consistent.ci95);
  EXPECT_EQ(withheld.predicted, consistent.predicted);
  const Check inconsistent = Judge({.low = 1, .high = 2}, {.low = 3, .high = 4});
  EXPECT_THAT(Withhold(inconsistent, "A reason.").why, HasSubstr("would be inconsistent: A reason."));
  EXPECT_EQ(Withhold(inconsistent, "A reason.").verdict, Verdict::kInconclusive);
}

TEST(Withhold, AddsTheReasonToWhatIsInconclusiveAnyway) {
  const Check check = Judge({.low = 1, .high = 2}, {.low = 1.5, .high = 3});
  const Check withheld = Withhold(check, "A reason.");
  EXPECT_EQ(withheld.verdict, Verdict::kInconclusive);
  EXPECT_EQ(withheld.why, check.why + " A reason.");
  EXPECT_THROW(Withhold(check, ""), std::invalid_argument);
}

TEST(Judge, KeepsTheGroupAndCaseOfTheClaim) {
  const Claim claim{.id = "e.d2", .text = "It grows.", .group = "All grow.", .which = "d = 2"};
  for (const Check& check : {JudgeRange(claim, {.low = 0}, {.value = 1, .ci95 = {1, 1}, .samples = 1}),
                             Withhold(JudgeNever(claim, 0, 20), "Reason.")}) {
    EXPECT_EQ(check.group, "All grow.");
    EXPECT_EQ(check.which, "d = 2");
  }
}

TEST(Count, CountsOneVerdict) {
  const std::vector<Check> checks = {Judge({.low = 1, .high = 2}, {.low = 1.1, .high = 1.9}),
                                     Judge({.low = 1, .high = 2}, {.low = 0, .high = 1.9})};
  EXPECT_EQ(CountVerdicts(checks, Verdict::kConsistent), 1);
  EXPECT_EQ(CountVerdicts(checks, Verdict::kInconsistent), 0);
  EXPECT_EQ(CountVerdicts(checks, Verdict::kInconclusive), 1);
}

}  // namespace
}  // namespace hyperwidth
