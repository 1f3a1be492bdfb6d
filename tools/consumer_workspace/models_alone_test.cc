// SPDX-License-Identifier: Apache-2.0
//
// A program of somebody who wants the networks and nothing else.

#include <cstdio>

#include "models/hypernetwork_model.h"
#include "models/mlp.h"

int main() {
  const hyperwidth::Mlp primary({2, 8, 1}, hyperwidth::Activation::kTanh);
  const hyperwidth::Mlp hypernetwork({3, 16, primary.parameter_count()}, hyperwidth::Activation::kRelu);
  const hyperwidth::HypernetworkModel<double> model(hypernetwork, primary);
  hyperwidth::Vector<double> parameters(model.parameter_count());
  model.Initialize(/*seed=*/1, parameters);
  const auto workspace = model.MakeWorkspace();
  const hyperwidth::Matrix<double> x = hyperwidth::Matrix<double>::Ones(2, 5);
  const hyperwidth::Matrix<double> condition = hyperwidth::Matrix<double>::Ones(3, 5);
  const hyperwidth::Matrix<double>& y = model.Forward(parameters, x, condition, *workspace);
  std::printf("%td parameters, y = %g\n", model.parameter_count(), y(0, 0));
  return y.cols() == 5 && y.allFinite() ? 0 : 1;
}
