// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_CHECKS_H_
#define HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_CHECKS_H_

#include <optional>
#include <vector>

#include "experiments/result/log_log_fit.h"
#include "experiments/result/result.h"
#include "experiments/total_complexity/complexity_measurement.h"

namespace hyperwidth {

// Those of one method and rank, by rising size; for methods that do not use the rank, of any.
std::vector<ComplexityMeasurement> OfMethod(const std::vector<ComplexityMeasurement>& all,
                                            ComplexityMethod method,
                                            int rank);

// Total parameters against inverse error.
SlopeFit FitTotals(const std::vector<ComplexityMeasurement>& sizes);

// "No error is above what is proved", and "no network differs from its formula", over all sizes.
Check JudgeComplexityBounds(const std::vector<ComplexityMeasurement>& all);
Check JudgeComplexityFormulas(const std::vector<ComplexityMeasurement>& all);

// The exponent of the totals of one method and rank, which should be PredictedExponent + offset / r.
Check JudgeTotalExponent(const std::vector<ComplexityMeasurement>& sizes, double dimension_offset);

// "At the smallest error that the larger method has reached, the smaller one needs ten times fewer parameters, or fewer
// still." Both by rising size. The smaller's size is its first whose error is no larger.
Check JudgeTenTimesSmaller(const std::vector<ComplexityMeasurement>& smaller,
                           const std::vector<ComplexityMeasurement>& larger);

// The rank at which the totals of a method that uses it, by rising rank, pass `total`; none if they do not. Between two
// ranks the totals are a straight line, as they are in truth.
std::optional<double> CrossingRank(const std::vector<ComplexityMeasurement>& by_rank, double total);

// "Theorem 5's construction stops paying when w is about the number of nodes of I": the crossing with the full
// hypernetwork of the same cells is predicted to lie between a quarter of that number and all of it.
Check JudgeCrossing(const std::vector<ComplexityMeasurement>& by_rank, const ComplexityMeasurement& full);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_CHECKS_H_
