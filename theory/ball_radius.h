// SPDX-License-Identifier: Apache-2.0
//
// Balls of another radius. The functions whose derivatives of order 0 to r have sup norms that add up to at most A are
// A times those of W(r, d), and a ReLU network of A y is one of y with its last layer times A. So approximating the
// ball of radius A up to epsilon is approximating the unit ball up to epsilon / A: everything but bounded weights
// depends on this quotient alone, and this file is the only one that forms it.
//
// A double stands for the real numbers that round to it, 0.1 for a tenth. Where the radius is 1 nothing is rounded.

#ifndef HYPERWIDTH_THEORY_BALL_RADIUS_H_
#define HYPERWIDTH_THEORY_BALL_RADIUS_H_

#include <string>

#include "theory/ball_norm.h"

namespace hyperwidth {

// Inside these, epsilon is a normal double whenever epsilon / A is accepted (problem.h).
inline constexpr double kMinRadius = 1e-6;
inline constexpr double kMaxRadius = 1e30;

// Domain of all functions below: finite arguments above 0; kMinRadius <= radius <= kMaxRadius.

// For what is built: the double nearest to the quotient of the decimals that the two are printed as. It stands for the
// quotient as a double of the caller's stands for epsilon at radius 1: 0.0003 / 0.3 is 0.001.
double UnitEpsilon(double epsilon, double radius);

// For lower bounds: not below the quotient of any two reals that round to `epsilon` and `radius`, and above that of
// the doubles by at most five units in the last place.
double UnitEpsilonAbove(double epsilon, double radius);

// Of an error in the unit ball, the one in the ball of this radius: not above error * A for any real A that rounds to
// `radius`, and below error * `radius` by at most four units in the last place.
double ErrorInBallBelow(double error, double radius);

// What follows "the ball W(r, m)" where it is not the unit ball of the sum norm: " of radius 2", " of the max norm".
std::string BallInWords(double radius, BallNorm norm);

// What the derivatives of its functions do: "add up to at most 1", "are each at most 2".
std::string DerivativesInWords(double radius, BallNorm norm);

// For messages about the ends of the range: "1e-30", or "1e-30 times the radius".
std::string TimesRadius(double unit_epsilon, double radius);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_THEORY_BALL_RADIUS_H_
