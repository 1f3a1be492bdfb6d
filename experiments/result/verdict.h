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
#include "experiments/result/result.h"

namespace hyperwidth {

// What is to be judged.
struct Claim {
  std::string id;    // "<experiment>.<what>"
  std::string text;  // a sentence
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
// points. Throws: std::invalid_argument if the exponent is zero or not finite, or an option is out of range.
Check JudgeExponent(const Claim& claim, double exponent, const SlopeFit& fit, const ExponentOptions& options = {});

// How many of the checks have this verdict.
std::int64_t CountVerdicts(std::span<const Check> checks, Verdict verdict);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_VERDICT_H_
