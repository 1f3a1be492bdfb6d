// SPDX-License-Identifier: Apache-2.0
//
// Verdicts on factors between positive numbers, such as errors, which spread by factors: what is compared are
// logarithms, and what is reported are factors.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_

#include <vector>

#include "experiments/result/paired_comparisons.h"
#include "experiments/result/result.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {

// Of each number its logarithm; NaN of those that are not positive and finite.
std::vector<double> Logarithms(const std::vector<double>& values);

// "a is less than b", of pairs: JudgePair of the logarithms. Measured is the factor a / b, the geometric mean, with its
// interval; predicted below 1. Throws: as ComparePairs.
Check JudgeFactor(const Claim& claim, const RepeatedScores& a, const RepeatedScores& b);

// "The factor lies in `predicted`", whose ends are factors, from one factor for each repetition: JudgeMean of the
// logarithms. Repetitions whose factor is not positive and finite do not count.
Check JudgeMeanFactor(const Claim& claim, Interval predicted, const std::vector<double>& factors);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_
