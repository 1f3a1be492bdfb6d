// SPDX-License-Identifier: Apache-2.0
//
// Functions that searches are compared on, each with its space and its known minimum.

#ifndef HYPERWIDTH_TRAINING_SEARCH_STANDARD_FUNCTIONS_H_
#define HYPERWIDTH_TRAINING_SEARCH_STANDARD_FUNCTIONS_H_

#include <functional>
#include <string>
#include <vector>

#include "training/search/assignment.h"
#include "training/search/search_space.h"

namespace hyperwidth {

struct StandardFunction {
  std::string name;
  SearchSpace space;
  std::function<double(const Assignment&)> value;
  std::vector<double> minimiser;  // one of them
  double minimum = 0;             // to the digits that are published
};

// Branin (1972): x in [-5, 10] x [0, 15], three minima.
StandardFunction Branin();
// Hartmann's function of six variables (Dixon and Szegoe 1978): six local minima.
StandardFunction Hartmann6();
// Ackley (1987) on [-32.768, 32.768]^dimensions: many local minima around one.
StandardFunction Ackley(int dimensions);

// x as an assignment of the function's space.
Assignment AssignmentOf(const StandardFunction& function, const std::vector<double>& x);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_STANDARD_FUNCTIONS_H_
