// SPDX-License-Identifier: Apache-2.0

#include "theory/bump.h"

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "gtest/gtest.h"
#include "theory/problem.h"

namespace hyperwidth {
namespace {

constexpr double kPi = std::numbers::pi;
// Derivatives of order j are sums of about degree terms of magnitude s_j, each with some rounding errors.
constexpr double kRelativeTolerance = 1e-11;

TEST(PerfectSpline, DegreeOneIsTheHatFunction) {
  const PerfectSpline hat(1);
  for (const double t : {-1.0, -0.75, -0.5, 0.0, 0.25, 1.0}) EXPECT_DOUBLE_EQ(hat.Derivative(0, t), 1 - std::abs(t));
  EXPECT_DOUBLE_EQ(hat.Seminorm(0), 1);
  EXPECT_DOUBLE_EQ(hat.Seminorm(1), 1);
}

// On [-1,-1/2] the spline is 2 (t+1)^2 and on [-1/2,0] it is 1 - 2 t^2.
TEST(PerfectSpline, DegreeTwoHasSeminormsOneTwoFourAndItsClosedForm) {
  const PerfectSpline spline(2);
  EXPECT_NEAR(spline.Derivative(0, -0.75), 2 * 0.25 * 0.25, kRelativeTolerance);
  EXPECT_NEAR(spline.Derivative(0, -0.25), 1 - 2 * 0.0625, kRelativeTolerance);
  EXPECT_NEAR(spline.Derivative(1, 0.25), -1, kRelativeTolerance);
  EXPECT_NEAR(spline.Seminorm(0), 1, kRelativeTolerance);
  EXPECT_NEAR(spline.Seminorm(1), 2, kRelativeTolerance);
  EXPECT_NEAR(spline.Seminorm(2), 4, 4 * kRelativeTolerance);
}

// Digits published with the problem: 1, 1.757359, 8.485281, 20.485281; in closed form 3 (sqrt 2 - 1) sqrt 2, 6 sqrt 2
// and 12 + 6 sqrt 2.
TEST(PerfectSpline, DegreeThreeHasTheKnownSeminorms) {
  const PerfectSpline spline(3);
  EXPECT_NEAR(spline.Seminorm(1), 1.757359, 5e-7);
  EXPECT_NEAR(spline.Seminorm(2), 6 * std::sqrt(2.0), 10 * kRelativeTolerance);
  EXPECT_NEAR(spline.Seminorm(3), 12 + 6 * std::sqrt(2.0), 21 * kRelativeTolerance);
}

TEST(PerfectSpline, VanishesAtBothEndsWithAllDerivativesBelowTheDegree) {
  for (int degree = 1; degree <= kMaxSmoothness; ++degree) {
    const PerfectSpline spline(degree);
    for (int order = 0; order < degree; ++order) {
      // The left end is exact; the right one mirrors it, so look at the limit from the integration's side instead: all
      // derivatives are continuous at the middle knot only if the sign pattern was integrated correctly.
      EXPECT_EQ(spline.Derivative(order, -1), 0);
      EXPECT_EQ(spline.Derivative(order, 1), 0);
      if (order % 2 == 1) {
        EXPECT_NEAR(spline.Derivative(order, 0) / spline.Seminorm(order), 0, 1e-9) << degree << " " << order;
      }
    }
  }
}

TEST(PerfectSpline, EveryDerivativeIsTheSlopeOfTheOneBefore) {
  for (const int degree : {2, 3, 5, 8, 12}) {
    const PerfectSpline spline(degree);
    constexpr double kStep = 1e-5;
    for (int order = 0; order + 1 < degree; ++order) {
      for (double t = -0.97; t < 1; t += 0.06) {
        const double slope = (spline.Derivative(order, t + kStep) - spline.Derivative(order, t - kStep)) / (2 * kStep);
        // Central difference: step * sup |f''| at a kink of f', rounding / step.
        const double tolerance = kStep * spline.Seminorm(order + 2) + 1e-9 * spline.Seminorm(order);
        EXPECT_NEAR(spline.Derivative(order + 1, t), slope, tolerance) << degree << " " << order << " " << t;
      }
    }
  }
}

TEST(PerfectSpline, HighestDerivativeIsConstantInMagnitudeAndChangesSignAtChebyshevZeros) {
  for (const int degree : {1, 4, 7}) {
    const PerfectSpline spline(degree);
    for (int j = 0; j <= degree; ++j) {
      const double middle = -0.5 * (std::cos(j * kPi / (degree + 1)) + std::cos((j + 1) * kPi / (degree + 1)));
      if (middle == 0) continue;
      EXPECT_NEAR(spline.Derivative(degree, middle) / spline.Seminorm(degree), j % 2 == 0 ? 1 : -1, 1e-12) << j;
    }
  }
}

TEST(CosinePower, SquareHasSeminormsOneHalfPiAndHalfPiSquared) {
  const CosinePower bump(2);
  EXPECT_NEAR(bump.Seminorm(0), 1, kRelativeTolerance);
  EXPECT_NEAR(bump.Seminorm(1), kPi / 2, kRelativeTolerance);
  EXPECT_NEAR(bump.Seminorm(2), kPi * kPi / 2, 5 * kRelativeTolerance);
  EXPECT_NEAR(bump.Derivative(0, 0.5), 0.5, kRelativeTolerance);
}

TEST(CosinePower, VanishesAtBothEndsWithAllDerivativesBelowThePower) {
  for (int power = 1; power <= 12; ++power) {
    const CosinePower bump(power);
    for (int order = 0; order < power; ++order) {
      EXPECT_NEAR(bump.Derivative(order, 1) / bump.Seminorm(order), 0, 1e-12) << power << " " << order;
      EXPECT_NEAR(bump.Derivative(order, -1) / bump.Seminorm(order), 0, 1e-12) << power << " " << order;
    }
  }
}

// Seminorms as the bounds use them must never be below the truth, and not much above: between two samples a function
// exceeds the larger one by at most half a step times its slope.
TEST(AdmissibleBumps, SeminormsAreUpperBoundsOfDenseSamples) {
  for (const int smoothness : {1, 2, 3, 4, 6, 9, 12}) {
    for (const Bump& bump : AdmissibleBumps(smoothness)) {
      const PerfectSpline spline(bump.order);
      const CosinePower cosine(bump.order);
      for (int order = 0; order <= smoothness; ++order) {
        double largest = 0;
        for (int i = 0; i <= 40000; ++i) {
          const double t = -1 + i / 40000.0;
          largest = std::max(largest,
                             std::abs(bump.family == Bump::Family::kPerfectSpline ? spline.Derivative(order, t)
                                                                                  : cosine.Derivative(order, t)));
        }
        EXPECT_GE(bump.seminorms[order] * (1 + 1e-12), largest) << bump.Name() << " " << order;
        const double slope = order < smoothness ? bump.seminorms[order + 1] : 0;
        EXPECT_LE(bump.seminorms[order], largest * (1 + 4e-6) + slope / 80000) << bump.Name() << " " << order;
      }
    }
  }
}

TEST(AdmissibleBumps, SmoothnessOneNeedsOnlyTheHat) {
  ASSERT_EQ(AdmissibleBumps(1).size(), 1u);
  EXPECT_EQ(AdmissibleBumps(1)[0].seminorms, (std::vector<double>{1, 1}));
}

TEST(AdmissibleBumps, SmoothnessTwoOffersBothTheSplineAndTheCosine) {
  ASSERT_EQ(AdmissibleBumps(2).size(), 2u);
  EXPECT_EQ(AdmissibleBumps(2)[0].seminorms, (std::vector<double>{1, 2, 4}));
  EXPECT_EQ(AdmissibleBumps(2)[1].Name(), "cosine to the power 2");
}

TEST(AdmissibleBumps, RefusesSmoothnessOutsideItsRange) {
  EXPECT_THROW(AdmissibleBumps(0), std::domain_error);
  EXPECT_THROW(AdmissibleBumps(kMaxSmoothness + 1), std::domain_error);
  EXPECT_THROW(PerfectSpline(0), std::domain_error);
  EXPECT_THROW(PerfectSpline(3).Derivative(4, 0.0), std::domain_error);
}

}  // namespace
}  // namespace hyperwidth
