// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_RECOMMENDATION_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_RECOMMENDATION_H_

#include <string>
#include <vector>

#include "experiments/compare/size_standing.h"
#include "experiments/result/result.h"

namespace hyperwidth {

struct Target {
  double error = 0;                 // that is enough; 0: none is
  bool is_given = true;             // by the user; else what is taken for enough by default
  std::string unit = "parameters";  // what sizes count
};

// What is taken for enough where a mean squared error of standardised y is compared: a thousandth of y's variance.
inline constexpr double kEnoughVariance = 1e-3;

// If some schemes reach the target in all repetitions: of those at the smallest size that do, the one with the fewest
// multiply-adds for a further x, and what would be advised if the target were not enough. Else what Advise says, after
// a word on the target that was given and not reached.
Advice Recommend(const std::vector<SchemesOfSize>& sizes, const Target& target);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_RECOMMENDATION_H_
