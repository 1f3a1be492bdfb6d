// SPDX-License-Identifier: Apache-2.0
//
// Verdicts: claims held against intervals. Nothing here, and nothing else, says "consistent" without an interval that
// allows no other conclusion; too little data is "inconclusive".

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "experiments/result/estimate.h"
#include "experiments/result/log_log_fit.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// What is to be judged.
struct Claim {
  std::string id;          // "<experiment>.<what>"
  std::string text;        // a sentence
  std::string group = {};  // as in Check
  std::string which = {};  // as in Check
};

// Fewer repetitions than this are never enough for a verdict on a mean or a difference: an interval from two of them
// rests on one degree of freedom and on the assumption that they are normally distributed.
inline constexpr std::int64_t kFewestRepetitions = 3;

// "The value lies in `predicted`": consistent if the 95 % interval lies wholly inside, inconsistent if wholly outside,
// else inconclusive. So a prediction of a single number is never "consistent": predict a range.
// `basis` ends the sentence on the interval, for instance "over 5 seeds"; it may be empty.
Check JudgeRange(const Claim& claim, Interval predicted, const Estimate& measured, const std::string& basis = "");

// "The mean of the samples lies in `predicted`", from repetitions. Also inconclusive for fewer than kFewestRepetitions,
// or if all are the same, which independent repetitions do not give. A number that needs no repetition, such as a count
// of parameters, is an Estimate whose interval is that number, for JudgeRange. Throws: as MeanEstimate.
Check JudgeMean(const Claim& claim, Interval predicted, std::span<const double> samples);

// "The fraction of errors lies in `predicted`", from one count. The interval covers the choice of samples only, not
// what another training run would have given, and `why` says so. Throws: as FractionEstimate.
Check JudgeErrorFraction(const Claim& claim, Interval predicted, std::int64_t errors, std::int64_t samples);

// A quantity of two competitors, measured pairwise under the same conditions.
struct PairedSamples {
  std::string name_a;
  std::vector<double> a;
  std::string name_b;
  std::vector<double> b;
};

// "a is less than b": the mean of a - b is predicted to lie below zero. Consistent if its interval does, inconsistent
// if it lies above. Also inconclusive for fewer than kFewestRepetitions pairs, or if all differences are the same,
// which independent repetitions do not give. Throws: as PairedDifferenceEstimate.
Check JudgeLess(const Claim& claim, const PairedSamples& samples);

struct ExponentOptions {
  // Half the width of the interval beyond which a fit says too little, relative to the predicted exponent. > 0.
  double max_half_width = 0.15;
  // How far the exponent over a finite range may be from the limit that the theory speaks of, relative to it. Not for
  // scatter, which is in the interval: for a curve that is known to bend. >= 0; stated in `predicted` and
  // `why` if not zero.
  double finite_range_tolerance = 0.0;
};

// "y grows like x^exponent": consistent if the interval of the fit is narrow enough and contains the exponent (or comes
// within the tolerance of it), inconsistent if it does not, inconclusive if it is too wide or there are fewer than four
// points. `why` has the range of x, how many points were kept and dropped, and both intervals if there are two.
// Throws: std::invalid_argument if the exponent is zero or not finite, or an option is out of range.
Check JudgeExponent(const Claim& claim, double exponent, const SlopeFit& fit, const ExponentOptions& options = {});

// "The exponent of `smaller` is less than that of `larger`": the difference larger - smaller is predicted to lie above
// zero. Consistent if the intervals of the two exclude each other in this order, inconsistent if they do in the other
// order, inconclusive if they overlap or a fit has fewer than four points. Stricter than an interval of the difference.
Check JudgeSeparate(const Claim& claim, const SlopeFit& smaller, const SlopeFit& larger);

// Fewer runs than this are not enough to say that something never happens.
inline constexpr std::int64_t kFewestRuns = 10;

// "This never happens", counted over all runs: for a statement that is proved, such as "no model beat a certified
// bound", which every single run could have refuted. Inconsistent if there is a violation, consistent if there is none
// in kFewestRuns or more, else inconclusive. `closest` says how near a run came, in a clause such as "the smallest
// model had 1.3 times the parameters of its bound"; it may be empty. `why` has the upper end of the 95 % interval
// (Clopper and Pearson) of the fraction of runs that may be violations all the same; `unit` is "of 60 runs". Throws:
// std::domain_error unless 0
// <= violations <= runs.
Check JudgeNever(const Claim& claim, std::int64_t violations, std::int64_t runs, const std::string& closest = "");

// The check made inconclusive, because something other than what the claim speaks of sets the measured value: when
// optimisation, not expressivity, limits a result. `reason` is a sentence; `why` has it, and what the verdict would
// have been. Throws: std::invalid_argument if the reason is empty.
Check Withhold(Check check, const std::string& reason);

// What all of these begin with: a check of the claim that is not judged yet, and so inconclusive. An interval that says
// nothing, since it is unbounded on both sides or has an end that is NaN, is none.
Check MakeCheck(const Claim& claim, Interval predicted, double measured, Interval ci95);

// Makes the check inconclusive: "Only 2 pairs, where at least 3 are needed for a verdict.". `what` is in the singular.
void SetTooFew(Check& check, std::int64_t found, const char* what, std::int64_t needed);

// How many of the checks have this verdict.
std::int64_t CountVerdicts(std::span<const Check> checks, Verdict verdict);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_H_
