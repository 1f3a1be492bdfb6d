// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_STUDENT_QUANTILE_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_STUDENT_QUANTILE_H_

namespace hyperwidth {

// Probability beyond either end of a 95 % interval.
inline constexpr double kTail95 = 0.025;

// The value that Student's t with this many degrees of freedom (> 0) exceeds with probability `tail` (0 < tail < 1).
double StudentQuantile(double degrees_of_freedom, double tail = kTail95);

// The probability that Student's t with this many degrees of freedom (> 0) exceeds `t`.
double StudentTail(double degrees_of_freedom, double t);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_STUDENT_QUANTILE_H_
