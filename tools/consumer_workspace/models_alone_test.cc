// SPDX-License-Identifier: Apache-2.0
//
// A program of somebody who wants the networks and nothing else.

#include <cstdio>

#include "models/graph/planner.h"
#include "models/pass/pass.h"
#include "models/schemes/schemes.h"

int main() {
  const auto g = hyperwidth::MlpPrimary({.sizes = {2, 8, 1}, .function = hyperwidth::Function::kTanh});
  const hyperwidth::Model written = hyperwidth::Hypernetwork({.sizes = {3, 16, g->NumWeights()}}, *g);
  const hyperwidth::Model model = hyperwidth::Plan(written, /*samples=*/5, /*conditions=*/2);
  hyperwidth::Vector<double> theta(model.parameters.size());
  model.parameters.Initialize<double>(/*seed=*/1, theta);
  // Three samples with the first condition, two with the second.
  const hyperwidth::Batch<double> batch{.x = hyperwidth::Matrix<double>::Ones(2, 5),
                                        .condition = hyperwidth::Matrix<double>::Random(3, 2),
                                        .group_starts = {0, 3, 5}};
  const hyperwidth::SerialExecutor executor;
  hyperwidth::Pass<double> pass(model, executor);
  const hyperwidth::Matrix<double>& y = pass.Forward(theta, batch);
  std::printf("%td parameters, y = %g and %g\n", theta.size(), y(0, 0), y(0, 3));
  return y.cols() == 5 && y.allFinite() && y(0, 0) == y(0, 2) && y(0, 0) != y(0, 3) ? 0 : 1;
}
