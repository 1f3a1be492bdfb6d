// SPDX-License-Identifier: Apache-2.0
#include "experiments/constructed_rates/interpolation_error.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "models/pass/executor.h"
#include "models/pass/pass.h"

namespace hyperwidth {
namespace {

// Values of order one, sums of at most 500 units with slopes of order one: 500 * 2^-52 is 1e-13.
constexpr double kRounding = 1e-12;

TEST(SupErrorOfInterpolation, IsTheHeightOfBumpsThatVanishAtEveryNode) {
  for (const int smoothness : {1, 2}) {
    for (const int n : {1, 6, 500}) {
      const BumpTarget target(smoothness, {n}, 1);
      EXPECT_NEAR(SupErrorOfInterpolation(LinearSpline(n), target), target.height(), kRounding);
    }
  }
}

TEST(SupErrorOfInterpolation, IsZeroWhenEveryKinkOfTheTargetIsANode) {
  const BumpTarget hats(1, {5}, 1);
  EXPECT_NEAR(SupErrorOfInterpolation(LinearSpline(10), hats), 0, kRounding);
}

TEST(SupErrorOfInterpolation, IsNeverBelowAndHardlyAboveDenseSampling) {
  for (const int smoothness : {1, 2}) {
    const BumpTarget target(smoothness, {7}, 4);
    const LinearSpline spline(9);
    const Vector<double> nodal_values = target.Values(Vector<double>::LinSpaced(10, -1, 1).transpose());
    const Vector<double> parameters = spline.Parameters(nodal_values);
    constexpr Index kPoints = 200'001;
    const Vector<double> points = Vector<double>::LinSpaced(kPoints, -1, 1);
    const SerialExecutor executor;
    Pass<double> pass(spline.network(), executor);
    const Batch<double> batch{.x = points.transpose(), .group_starts = {0, kPoints}};
    const Vector<double> network = pass.Forward(parameters, batch).row(0).transpose();
    const double sampled = (target.Values(points.transpose()) - network).cwiseAbs().maxCoeff();
    const double found = SupErrorOfInterpolation(spline, target);
    EXPECT_GE(found, sampled - kRounding);
    // Target and spline have slopes of at most 1: the nearest sample is within 2 * spacing / 2 of the supremum.
    EXPECT_LE(found, sampled + 2.0 / (kPoints - 1));
  }
}

TEST(SupErrorOfInterpolation, RefusesTargetsOfSeveralVariables) {
  EXPECT_THROW(SupErrorOfInterpolation(LinearSpline(3), BumpTarget(1, {2, 2}, 1)), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
