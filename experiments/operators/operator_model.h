// SPDX-License-Identifier: Apache-2.0
//
// A scheme with a bottleneck, and its training.

#ifndef HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_MODEL_H_
#define HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_MODEL_H_

#include <cstdint>
#include <string>

#include "experiments/operators/operator_data.h"
#include "experiments/operators/operators_options.h"
#include "training/run/stop_request.h"
#include "training/sized_scheme/sized_scheme.h"
#include "training/trials/fields.h"

namespace hyperwidth {

// The scheme with options.total parameters and with `kappa` scalars, or the nearest number below that it can have,
// which is cost.kappa. Throws: std::invalid_argument as SolveWidths, also if no kappa from 1 to `kappa` will do.
SizedScheme SizedOperator(const std::string& scheme,
                          Index kappa,
                          const OperatorData& data,
                          const OperatorsOptions& options);

// Trains for squared error on standardised y, and tests. `seed` is that of the weights and of the batches. The fields:
//   relative_l2       ||error|| / ||y|| of a function, mean over test functions
//   relative_rms      root mean square error over all test samples, in units of y's root mean square there: what floors
//                     are proved for
//   total_parameters, primary_parameters (those of what sees x, generated ones included)
// Throws: DivergenceError, Stopped.
Fields TrainAndTest(const std::string& scheme,
                    const SizedScheme& sized,
                    const OperatorData& data,
                    const OperatorsOptions& options,
                    std::uint64_t seed,
                    const StopRequest& stop);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_OPERATORS_OPERATOR_MODEL_H_
