// SPDX-License-Identifier: Apache-2.0

#include "theory/ball_radius.h"

#include <cmath>
#include <limits>
#include <random>

#include "boost/multiprecision/cpp_int.hpp"
#include "gtest/gtest.h"

namespace hyperwidth {
namespace {

using Rational = boost::multiprecision::cpp_rational;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

Rational Above(double value) { return (Rational(value) + Rational(std::nextafter(value, kInfinity))) / 2; }
Rational Below(double value) { return (Rational(value) + Rational(std::nextafter(value, 0.0))) / 2; }

double Up(double value, int steps) {
  for (; steps > 0; --steps) value = std::nextafter(value, kInfinity);
  return value;
}

double Down(double value, int steps) {
  for (; steps > 0; --steps) value = std::nextafter(value, 0.0);
  return value;
}

// Numbers of all sizes, and just below and above powers of two, where a unit in the last place is least and most.
class Numbers {
 public:
  double Next() {
    const double scale = std::exp2(std::uniform_int_distribution<int>(-18, 90)(random_));
    switch (std::uniform_int_distribution<int>(0, 3)(random_)) {
      case 0:
        return Up(scale, 1);
      case 1:
        return Down(scale, 1);
      default:
        return scale * std::uniform_real_distribution<double>(1, 2)(random_);
    }
  }

 private:
  std::mt19937_64 random_{7};
};

TEST(BallRadius, ChangesNothingAtOne) {
  for (const double epsilon : {1e-300, 1e-3, 0.1, 1.0 / 3, 0.999999999}) {
    EXPECT_EQ(UnitEpsilon(epsilon, 1), epsilon);
    EXPECT_EQ(UnitEpsilonAbove(epsilon, 1), epsilon);
    EXPECT_EQ(ErrorInBallBelow(epsilon, 1), epsilon);
  }
  EXPECT_EQ(TimesRadius(1e-30, 1), "1e-30");
  EXPECT_EQ(TimesRadius(1e-30, 2), "1e-30 times the radius");
}

// Dividing doubles does not do: 0.0007 / 0.7 is rounded thrice.
TEST(UnitEpsilon, IsTheDoubleNearestToTheQuotientOfTheDecimals) {
  int unlike_division = 0;
  for (int radius = 2; radius < 100; ++radius) {
    for (const double tenth : {1.0, 10.0}) {
      const double epsilon = radius / (1000 * tenth);
      EXPECT_EQ(UnitEpsilon(epsilon, radius / tenth), 0.001) << radius;
      unlike_division += epsilon / (radius / tenth) != 0.001;
    }
  }
  EXPECT_GT(unlike_division, 0);
}

TEST(UnitEpsilonAbove, IsNotBelowTheQuotientOfAnyRealsThatRoundToThese) {
  Numbers numbers;
  for (int i = 0; i < 3000; ++i) {
    const double epsilon = numbers.Next();
    const double radius = numbers.Next();
    const double above = UnitEpsilonAbove(epsilon, radius);
    EXPECT_GE(Rational(above), Above(epsilon) / Below(radius)) << epsilon << " " << radius;
    EXPECT_LE(Rational(Down(above, 5)), Rational(epsilon) / Rational(radius)) << epsilon << " " << radius;
  }
}

TEST(ErrorInBallBelow, IsNotAboveTheProductWithAnyRealThatRoundsToTheRadius) {
  Numbers numbers;
  for (int i = 0; i < 3000; ++i) {
    const double error = numbers.Next();
    const double radius = numbers.Next();
    const double below = ErrorInBallBelow(error, radius);
    EXPECT_LE(Rational(below), Rational(error) * Below(radius)) << error << " " << radius;
    EXPECT_GE(Rational(Up(below, 4)), Rational(error) * Rational(radius)) << error << " " << radius;
  }
}

}  // namespace
}  // namespace hyperwidth
