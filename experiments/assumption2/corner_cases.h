// SPDX-License-Identifier: Apache-2.0
//
// Cases in which one neuron more does not lower the error, each computed exactly: networks of one input in double,
// trained by plain gradient descent where training is what it is about.

#ifndef HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_CORNER_CASES_H_
#define HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_CORNER_CASES_H_

#include <vector>

#include "experiments/result/result.h"
#include "models/graph/function.h"

namespace hyperwidth {

struct Unit {
  double v = 0;
  double w = 0;
  double b = 0;
  bool operator==(const Unit&) const = default;
};

// c + sum of v sigma(w x + b), summed in the order of the units: the same bits wherever it is called, for which it is
// compiled once.
struct UnitNetwork {
  Function function = Function::kTanh;
  std::vector<Unit> units = {};
  double c = 0;

  [[gnu::noinline]] double operator()(double x) const;
};

// What is to be met at points.
struct PointTarget {
  std::vector<double> x;
  std::vector<double> y;
};

double LargestError(const UnitNetwork& network, const PointTarget& target);

// So many steps of gradient descent for the mean square over the points.
UnitNetwork Descend(UnitNetwork network, const PointTarget& target, double learning_rate, int steps);

// points - 1 ReLU units that meet the target at all of its points, which rise: linear between them, constant before.
UnitNetwork Interpolant(const PointTarget& target);

// "assumption2.corner.dead_unit", "duplicate", "target_of_the_class" and "few_points".
std::vector<Check> CornerCases();

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_ASSUMPTION2_CORNER_CASES_H_
