// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_OPTIMIZER_SPACE_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_OPTIMIZER_SPACE_H_

#include "training/optimizer_options.h"
#include "training/search/assignment.h"
#include "training/search/search_space.h"

namespace hyperwidth {

// What models of given sizes are searched over: the optimiser (sgd, adam), its learning rate and weight decay, and
// sgd's momentum.
SearchSpace OptimizerSpace();

// The options with a choice from OptimizerSpace. Throws: std::invalid_argument for a value that is missing.
OptimizerOptions ChosenOptimizer(const Assignment& values, OptimizerOptions options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_OPTIMIZER_SPACE_H_
