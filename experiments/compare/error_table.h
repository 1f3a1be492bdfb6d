// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_ERROR_TABLE_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_ERROR_TABLE_H_

#include <optional>
#include <vector>

#include "experiments/compare/scheme_errors.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// The errors that are not compared: of each scheme at each size those of the test that are known, means and 95 %
// intervals over the repetitions that have not failed. Nothing if none is known.
std::optional<ResultTable> ErrorTable(const std::vector<TestedContender>& tested);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_ERROR_TABLE_H_
