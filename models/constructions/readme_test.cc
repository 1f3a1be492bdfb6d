// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, line by line, and what README.md says of it.

#include <gtest/gtest.h>

#include <cmath>

#include "models/constructions/linear_spline.h"
#include "models/pass/executor.h"
#include "models/pass/pass.h"

using namespace hyperwidth;

// |t| at five points t, by the network with 16 hidden units, and so 49 parameters, that interpolates it.
Matrix<double> ModulusByANetwork() {
  const LinearSpline spline(16);
  Vector<double> nodal_values(17);
  for (Index i = 0; i <= 16; ++i) nodal_values[i] = std::abs(spline.Node(i));
  const Vector<double> theta = spline.Parameters(nodal_values);
  const SerialExecutor executor;
  Pass<double> pass(spline.network(), executor);
  return pass.Forward(theta, {.x = Matrix<double>{{-1, -0.4, 0, 0.3, 1}}, .group_starts = {0, 5}});
}

namespace {

// The kink is a node, so the interpolant is |t| itself.
TEST(Readme, ExampleInterpolates) {
  EXPECT_EQ(LinearSpline(16).parameter_count(), 49);
  EXPECT_LT((ModulusByANetwork() - Matrix<double>{{1, 0.4, 0, 0.3, 1}}).norm(), 1e-14);
}

}  // namespace
