// SPDX-License-Identifier: Apache-2.0
//
// Predicted slopes, to be drawn beside measured points.

#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_POWER_LAW_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_POWER_LAW_H_

#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// y = through_y * (x / through_x)^exponent for x_low <= x <= x_high.
struct PowerLawCurve {
  std::string name;
  double exponent = 0;   // finite
  double through_x = 1;  // these four: positive and finite, x_low < x_high
  double through_y = 1;
  double x_low = 1;
  double x_high = 10;
};

// The curve as a series of style kLine in the figure of `beside`, with its axes: 33 points, evenly spaced in log x, so
// that it is smooth on linear axes too. Throws: std::invalid_argument for a curve that is not as above.
Series PowerLaw(const PowerLawCurve& curve, const Series& beside);

// The curve of this exponent through the middle of the measured points (least squares in logarithms with the exponent
// given), from their smallest x to their largest. Points that are not positive and finite do not count.
// Throws: std::invalid_argument if fewer than two different x remain.
Series PowerLawThrough(const std::string& name, double exponent, const Series& measured);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_POWER_LAW_H_
