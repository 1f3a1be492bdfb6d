// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_
#define HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_

#include <span>
#include <string>

#include "experiments/result/result.h"

namespace hyperwidth {

// From numbers to places on a strip.
struct StripScale {
  double low = 0, high = 1;  // at its ends
  bool is_logarithmic = false;
};

// A scale on which every finite end of what the checks predict and have measured is visible, with room for what is
// unbounded; logarithmic if all of these are positive and span a factor of ten. Of none: the default.
StripScale StripScaleOf(std::span<const Check* const> checks);

// A small <svg> that shows a check at a glance: the predicted range as a band (a tick if it is one number), the
// measured value as a dot and its 95 % interval as a line. It has no text: the numbers stand beside it. Strips with one
// scale can be compared, one below the other. Empty if nothing finite was measured or nothing predicted, or if measured
// and predicted are one and the same exact number.
std::string IntervalStrip(const Check& check, const StripScale& scale);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_REPORT_INTERVAL_STRIP_H_
