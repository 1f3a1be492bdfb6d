// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_

#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// A small <svg> that shows a check at a glance: the predicted range as a band (a tick if it is one number), the
// measured value as a dot and its 95 % interval as a line. It has no text: the numbers stand beside it. Empty if
// nothing finite was measured or nothing predicted, or if measured and predicted are one and the same exact number.
std::string IntervalStrip(const Check& check);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_
