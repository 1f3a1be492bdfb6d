// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_TEXT_H_
#define HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_TEXT_H_

#include <string>

#include "experiments/result/estimate.h"

namespace hyperwidth {

// "0.6 [0.5, 0.7]"; without an interval for one sample; empty if the value is not finite.
std::string EstimateText(const Estimate& estimate);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_RESULT_ESTIMATE_TEXT_H_
