// SPDX-License-Identifier: Apache-2.0
//
// Estimates with 95 % confidence intervals: means, differences and error fractions.

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

// MeanEstimate of those values that are finite: a repetition that failed has NaN.
Estimate MeanOfFinite(std::span<const double> values);

// The mean of a[i] - b[i], where a[i] and b[i] were measured under the same conditions (the same seed, say), with
// Student's t interval of the differences. Throws: std::invalid_argument if the lengths differ, std::domain_error if a
// value is not finite.
Estimate PairedDifferenceEstimate(std::span<const double> a, std::span<const double> b);

// The fraction of errors among independent samples with the interval of Clopper and Pearson (Biometrika 26, 1934),
// which covers the true fraction with probability 95 % or more for every fraction and every n.
// Throws: std::domain_error unless 0 <= errors <= samples and samples >= 1.
Estimate FractionEstimate(std::int64_t errors, std::int64_t samples);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_H_
