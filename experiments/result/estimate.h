// SPDX-License-Identifier: Apache-2.0
//
// Estimates with 95 % confidence intervals: means, differences, error fractions and exponents.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_H_

#include <cstdint>
#include <span>

#include "experiments/result/result.h"

namespace hyperwidth {

// A measured value and what is known about it. The interval is unbounded when there are too few measurements to say.
struct Estimate {
  double value = std::numeric_limits<double>::quiet_NaN();
  Interval ci95 = {};
  std::int64_t samples = 0;
};

// The mean of independent samples with Student's t interval: mean +- t(n - 1) * s / sqrt(n). Exact for normally
// distributed samples. Unbounded for n < 2. Throws: std::domain_error if a sample is not finite.
Estimate MeanEstimate(std::span<const double> samples);

// The mean of a[i] - b[i], where a[i] and b[i] were measured under the same conditions (the same seed, say), with
// Student's t interval of the differences. Throws: std::invalid_argument if the lengths differ, std::domain_error if a
// value is not finite.
Estimate PairedDifferenceEstimate(std::span<const double> a, std::span<const double> b);

// The fraction of errors among independent samples with the interval of Clopper and Pearson (Biometrika 26, 1934),
// which covers the true fraction with probability 95 % or more for every fraction and every n.
// Throws: std::domain_error unless 0 <= errors <= samples and samples >= 1.
Estimate FractionEstimate(std::int64_t errors, std::int64_t samples);

// A straight line through (log x, log y).
struct SlopeFit {
  double slope = std::numeric_limits<double>::quiet_NaN();          // y is proportional to x^slope
  double log_intercept = std::numeric_limits<double>::quiet_NaN();  // natural logarithm of y at x = 1
  Interval ci95 = {};                                               // of the slope
  Interval x_range = {};                                            // smallest and largest x
  std::int64_t points = 0;
};

// Least squares in logarithms, with Student's t interval (n - 2 degrees of freedom) for the slope, widened by the
// rounding of the logarithms. The interval describes scatter about a line: a curve that bends slowly can be far from
// its limiting exponent with a narrow interval, so fit it over a range where it is straight.
// The interval is unbounded for fewer than three points; slope is NaN for fewer than two.
// Throws: std::invalid_argument if the lengths differ or all x are equal; std::domain_error if a value is not positive
// and finite.
SlopeFit FitLogLog(std::span<const double> x, std::span<const double> y);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_H_
