// SPDX-License-Identifier: Apache-2.0
//
// Exponents: straight lines through logarithms, and the rule that says which points such a line may be drawn through.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_LOG_LOG_FIT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_LOG_LOG_FIT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "experiments/result/result.h"

namespace hyperwidth {

// A straight line through (log x, log y).
struct SlopeFit {
  double slope = std::numeric_limits<double>::quiet_NaN();          // y is proportional to x^slope
  double log_intercept = std::numeric_limits<double>::quiet_NaN();  // natural logarithm of y at x = 1
  // Of the slope, and what verdicts use: the smallest interval that contains student95 and, if there is one,
  // bootstrap95. The two err in different ways (the scatter about the line, the spread of the repetitions), so the
  // union is the careful choice; it covers more than 95 %.
  Interval ci95 = {};
  Interval x_range = {};     // smallest and largest x that was kept
  std::int64_t points = 0;   // that were kept
  std::int64_t dropped = 0;  // by the rule for the asymptotic range
  Interval student95 = {};
  std::optional<Interval> bootstrap95 = {};  // only of repeated measurements
  std::vector<std::size_t> kept = {};        // the places of the kept points in the vectors given, rising
};

// Values of y at x, both positive.
struct LogLogPoints {
  std::vector<double> x = {};
  std::vector<double> y = {};
  // Positive, proportional to the inverse variance of log y; only their ratios matter. Empty: all alike.
  std::vector<double> weights = {};
  // The ratio of neighbouring values that y can take, such as 1.25 for a search among sizes 8, 10, 12.5, ...; 0 or 1 if
  // y is continuous. Rounding to the nearest then has the variance log(resolution)^2 / 12, and no standard error is
  // taken to be less than that causes: points that are on the line by the coarseness of y prove nothing.
  double resolution = 0;
};

// Weighted least squares in logarithms, with Student's t interval (points - 2 degrees of freedom) for the slope,
// widened by the rounding of the logarithms. The interval describes scatter about a line: a curve that bends slowly can
// be far from its limiting exponent with a narrow interval, so fit it over a range where it is straight
// (FitAsymptotic). The interval is unbounded for fewer than three points; slope is NaN for fewer than two. Throws:
// std::invalid_argument if lengths differ or all x are equal; std::domain_error if a value or weight is not positive
// and finite, or the resolution is neither 0 nor >= 1.
SlopeFit FitLogLog(const LogLogPoints& points);
SlopeFit FitLogLog(std::span<const double> x, std::span<const double> y, std::span<const double> weights = {});

// Which points lie in the asymptotic range, by a rule that is fixed before any verdict is looked at:
// 1. points with x < min_x are dropped;
// 2. then, while the points bend - the quadratic term of a parabola through the logarithms differs from zero at the
//    given significance (Student's t, points - 3 degrees of freedom), and the local exponent changes by more than
//    negligible_bend from one end to the other - those with the smallest x are dropped, as long as min_points remain.
// Points without a bend are all kept with probability 1 - significance. If the bend is still there when no more can be
// dropped, the fit is of what remains, and its interval says how straight that is.
struct AsymptoticRange {
  double min_x = 0;               // >= 0, finite
  bool drop_bent_start = true;    // false: only min_x counts
  std::int64_t min_points = 4;    // >= 4: a test for a bend needs one degree of freedom
  double significance = 0.05;     // 0 < significance < 1
  double negligible_bend = 1e-3;  // >= 0: exact data bend by their rounding, significantly
};

// The places of the points that the rule keeps, rising. Throws: as FitLogLog, and std::invalid_argument for a range
// that is not as above.
std::vector<std::size_t> AsymptoticPoints(const LogLogPoints& points, const AsymptoticRange& range = {});

// FitLogLog of these points; `dropped` and `kept` say which they are. Throws: as AsymptoticPoints.
SlopeFit FitAsymptotic(const LogLogPoints& points, const AsymptoticRange& range = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_LOG_LOG_FIT_H_
