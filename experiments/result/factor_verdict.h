// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_

#include <vector>

#include "experiments/result/paired_comparisons.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {

// "a is less than b", of errors that spread by factors: what is measured is the factor a / b between the scores of one
// repetition, their geometric mean, with Student's interval of the logarithm, and 1 is the end of what is predicted.
// A score that is not a positive finite number counts as a repetition that failed. Throws: as ComparePairs.
Check JudgeFactor(const Claim& claim, const RepeatedScores& a, const RepeatedScores& b);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_FACTOR_VERDICT_H_
