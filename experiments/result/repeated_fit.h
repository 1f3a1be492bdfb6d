// SPDX-License-Identifier: Apache-2.0
//
// Exponents from repeated measurements, with a bootstrap.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_REPEATED_FIT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_REPEATED_FIT_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "experiments/result/log_log_fit.h"

namespace hyperwidth {

// y[i] holds the repetitions at x[i], one or more; their number may differ. All are positive.
struct RepeatedMeasurements {
  std::vector<double> x = {};
  std::vector<std::vector<double>> y = {};
};

struct RepeatedFitOptions {
  std::uint64_t seed = 1;        // of the bootstrap: the same seed gives the same bits
  int bootstrap_samples = 2000;  // >= 100, or 0 for no bootstrap
  double resolution = 0;         // as in LogLogPoints
  // Drop points outside the asymptotic range first, once, by the means; nothing: keep all.
  std::optional<AsymptoticRange> range = {};
};

// The means of log y at each x with their weights, as FitRepeated fits them. With s^2 the variance of the n repetitions
// at x and p the pooled variance over all x, log y has the variance (s^2 + p) / (2 n) + log(resolution)^2 / 12: few
// repetitions that happen to agree get at most twice the weight that the others think fit, never an infinite one.
// For n = 1, p stands for s^2; if nothing varies at all, the weights are equal.
// Throws: std::invalid_argument if lengths differ or an x has no repetition; std::domain_error if a value is not
// positive and finite, or the resolution is neither 0 nor >= 1.
LogLogPoints MeansOf(const RepeatedMeasurements& measurements, double resolution = 0);

// FitLogLog of MeansOf with Student's interval, and a bootstrap interval. For the latter, every mean is moved by the
// mean of n deviations of repetitions from their own means, each drawn with equal chance from those at that x and from
// those at all x: this gives log y the variance (s^2 + p) / (2 n), which the weights are for. (Drawn from one x only,
// repetitions that happen to agree would make the interval narrow twice over, by their weight and by their spread.) The
// mean also moves by a uniform part of the resolution. The line is fitted again with the weights of the measurements:
// weights taken anew from each resample favour whichever repetitions happen to repeat in it. The interval has the 2.5 %
// and 97.5 % points of these slopes (Efron's percentile method), with two corrections, without which it is known to be
// too narrow for few repetitions (Hesterberg, "What Teachers Should Know About the Bootstrap", The American
// Statistician 69, 2015, pages 371 to 386):
// - n repetitions have (n - 1) / n times the variance of what they are from: deviations are scaled by sqrt(n / (n-1));
// - the variance is itself an estimate: deviations are scaled by the ratio of Student's quantile to the normal one, for
//   the degrees of freedom that Welch and Satterthwaite's formula gives the variance of the slope.
// The slope is linear in the means, so that its distribution has no bias and hardly any skewness to correct; the
// acceleration of a BCa interval, a third moment of a handful of repetitions, would add noise only. Over 3000 simulated
// studies of six x with normal errors it covered the exponent in 96, 94, 95 and 95 % for 2, 3, 5 and 8 repetitions,
// Student's in 94 to 95 %, ci95 in 98 to 99 %.
// There is no bootstrap interval if a kept x has fewer than two repetitions, or there are fewer than three x.
// Throws: as MeansOf and FitAsymptotic; std::invalid_argument for another bootstrap_samples.
SlopeFit FitRepeated(const RepeatedMeasurements& measurements, const RepeatedFitOptions& options = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_REPEATED_FIT_H_
