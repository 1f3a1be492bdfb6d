// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_DATA_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_DATA_H_

#include <string>

#include "experiments/operators/linear_barrier.h"
#include "experiments/operators/operators_options.h"
#include "models/types.h"
#include "training/conditioned_data/conditioned_source.h"
#include "training/conditioned_data/standardisation.h"

namespace hyperwidth {

// The functions of one operator, the same for all trials of a run.
struct OperatorData {
  std::string task;
  Index x_size = 1, condition_size = 1, outputs = 1;
  Standardisation standardisation;
  SubsetSamples<float> train, test;
  LinearBarrier test_floor;  // of these test functions, in y's own units: the proved one
};

// options.train_functions to train on, all of them, and options.test_functions others, from options.program.seed.
// Throws: as MakeTask.
OperatorData LoadOperator(const std::string& task, const OperatorsOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_DATA_H_
