// SPDX-License-Identifier: Apache-2.0
//
// The example of README.md, and what it does.

#include <gtest/gtest.h>

#include "models/hypernetwork_model.h"
#include "models/mlp.h"

namespace {

using namespace hyperwidth;

// README example begins.
// The gradient of sum(y) with respect to the parameters, for y(x, I) = g(x; f(I)) and five random samples.
Vector<double> GradientOfSum() {
  const Mlp primary({2, 8, 1}, Activation::kTanh);                                // g: x in R^2 to y in R
  const Mlp hypernetwork({3, 16, primary.parameter_count()}, Activation::kRelu);  // f: I in R^3 to g's parameters
  const HypernetworkModel<double> model(hypernetwork, primary);

  Vector<double> parameters(model.parameter_count());
  model.Initialize(/*seed=*/1, parameters);
  const Matrix<double> x = Matrix<double>::Random(2, 5);
  const Matrix<double> condition = Matrix<double>::Random(3, 5);
  const auto workspace = model.MakeWorkspace();
  const Matrix<double>& y = model.Forward(parameters, x, condition, *workspace);
  Vector<double> gradient(model.parameter_count());
  model.Backward(parameters, x, condition, Matrix<double>::Ones(y.rows(), y.cols()), *workspace, gradient);
  return gradient;
}
// README example ends.

TEST(Readme, ExampleComputesAGradient) {
  const Vector<double> gradient = GradientOfSum();
  EXPECT_EQ(gradient.size(), 3 * 16 + 16 + 16 * 33 + 33);
  EXPECT_TRUE(gradient.allFinite());
  EXPECT_GT(gradient.norm(), 0);
}

}  // namespace
