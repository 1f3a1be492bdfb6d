// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_

#include <optional>
#include <vector>

#include "experiments/compare/scheme_errors.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// What the searches have learnt about hyper-parameters (experiments/tuning/tuning_table.h): over all searches of a
// scheme, with the choices at its largest size, in each repetition. Sizes ascend. Nothing if nothing was tested.
std::optional<ResultTable> HyperparameterTable(const std::vector<TestedContender>& tested);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_
