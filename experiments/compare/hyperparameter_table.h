// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_

#include <optional>
#include <vector>

#include "experiments/compare/scheme_errors.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// What the searches have learnt about hyper-parameters: for each scheme and each of its hyper-parameters the share of
// the variance of scores that it explains alone (training/search/sensitivity.h), mean over all searches of the scheme,
// and what was chosen at the scheme's largest size, in each repetition. Nothing if nothing was tested.
std::optional<ResultTable> HyperparameterTable(const std::vector<TestedContender>& tested);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_HYPERPARAMETER_TABLE_H_
