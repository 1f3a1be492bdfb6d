// SPDX-License-Identifier: Apache-2.0

#include "theory/ball_radius.h"

#include <cmath>
#include <limits>

#include "boost/multiprecision/cpp_bin_float.hpp"
#include "theory/domain_check.h"

namespace hyperwidth {
namespace {

using Real = boost::multiprecision::cpp_bin_float_50;

double Stepped(double value, int steps, double towards) {
  for (int step = 0; step < steps; ++step) value = std::nextafter(value, towards);
  return value;
}

}  // namespace

double UnitEpsilon(double epsilon, double radius) {
  if (radius == 1) return epsilon;
  return static_cast<double>(Real(Real(ShortestDecimal(epsilon)) / Real(ShortestDecimal(radius))));
}

// With u = 2^-53 the quotient of the reals is below (1 + u) / (1 - u) times that of the doubles, which is at most
// 1 + u times its rounding; and a unit in the last place is more than u times the number.
double UnitEpsilonAbove(double epsilon, double radius) {
  if (radius == 1) return epsilon;
  return Stepped(epsilon / radius, 4, std::numeric_limits<double>::infinity());
}

// Likewise, with one rounding of the radius and one of the product.
double ErrorInBallBelow(double error, double radius) {
  if (radius == 1) return error;
  return Stepped(error * radius, 3, 0);
}

std::string BallInWords(double radius, BallNorm norm) {
  std::string text;
  if (radius != 1) text = " of radius " + ShortestDecimal(radius);
  if (norm == BallNorm::kMax) text += radius == 1 ? " of the max norm" : " in the max norm";
  return text;
}

std::string DerivativesInWords(double radius, BallNorm norm) {
  return (norm == BallNorm::kMax ? "are each at most " : "add up to at most ") + ShortestDecimal(radius);
}

std::string TimesRadius(double unit_epsilon, double radius) {
  return ShortestDecimal(unit_epsilon) + (radius == 1 ? "" : " times the radius");
}

}  // namespace hyperwidth
