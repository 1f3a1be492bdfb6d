// SPDX-License-Identifier: Apache-2.0
//
// Which of several contenders differ, from repetitions under the same conditions: all pairs at once, with a correction
// for how many there are.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_PAIRED_COMPARISONS_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_PAIRED_COMPARISONS_H_

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "experiments/result/estimate.h"
#include "experiments/result/result.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {

// The scores of one contender by repetition. Those of all contenders at one index were measured under the same
// conditions (the same seed, say) and make a pair. NaN where it failed; scores may be logarithms, and then differences
// are those of logarithms.
struct RepeatedScores {
  std::string name;
  std::vector<double> scores;
};

struct PairedComparison {
  std::string a;
  std::string b;
  Estimate difference = {};    // mean of a - b over the repetitions in which neither failed, Student's 95 % interval
  Interval simultaneous = {};  // holds for all comparisons at once with probability 1 - level (Bonferroni)
  double p_value = 1;          // of this comparison alone: two-sided, paired t test; 1 where there is nothing to test
  double adjusted_p = 1;       // Holm's, at least p_value
  bool is_different = false;   // adjusted_p < level
  bool is_repeated = false;    // all differences are the same, which independent repetitions do not give
  std::int64_t comparisons = 1;
  double level = 0.05;
};

// How often ComparePairs at level 0.05 called any of 2 to 6 equal contenders with 3 to 10 repetitions different, of
// 20,000 sets: with normal noise; with log-normal noise (sigma 1), whose differences are symmetric all the same; and
// where the contenders are equal in the mean only, and log-normal with sigma from 0.25 to 1. In the last case the level
// is not kept: of errors that spread by factors compare logarithms.
inline constexpr double kFalseDifferencesOfNormalNoise = 0.045;
inline constexpr double kFalseDifferencesOfSkewedNoise = 0.017;
inline constexpr double kFalseDifferencesOfUnequalSkewness = 0.068;

// All pairs, in the order of the contenders: (0, 1), (0, 2), .. Holm's step-down correction (Scandinavian Journal of
// Statistics 6, 1979): the probability of calling any two equal contenders different is at most `level`, whichever
// others differ. It is less strict than `simultaneous`, which may contain zero for a pair that is called different.
//
// A pair is not different, with p = 1, where neither failed in fewer than kFewestRepetitions repetitions, and where all
// differences are the same up to rounding: then the repetitions are copies of one (a seed that was not used), and no
// spread says how far another one would be away. Repetitions in which one of the two failed are left out of the pair,
// so whoever fails when it is hard looks better than it is: count failures too.
//
// The t test supposes normally distributed differences; kFalseDifferences.. say what comes of others.
//
// Throws: std::invalid_argument if contenders have different numbers of repetitions, or unless 0 < level < 1;
// std::domain_error for an infinite score.
std::vector<PairedComparison> ComparePairs(std::span<const RepeatedScores> contenders, double level = 0.05);

// The same correction of comparisons that were made one by one: sets adjusted_p and is_different, from p_value.
void AdjustByHolm(std::vector<PairedComparison>& comparisons, double level = 0.05);

// The same comparison with a and b in each other's place.
PairedComparison Reversed(PairedComparison comparison);

// "a is less than b", with the correction: consistent if they are different and the difference lies below zero,
// inconsistent if it lies above, else inconclusive. `why` has the numbers, how many comparisons there were, and both p.
// As with JudgeLess, whose verdict this is for a single comparison at level 0.05, fewer than kFewestRepetitions pairs
// and identical differences are inconclusive.
Check JudgePair(const Claim& claim, const PairedComparison& comparison);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_PAIRED_COMPARISONS_H_
