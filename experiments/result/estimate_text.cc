// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/estimate_text.h"

#include <cmath>

#include "experiments/result/format.h"

namespace hyperwidth {

std::string EstimateText(const Estimate& estimate) {
  if (!std::isfinite(estimate.value)) return "";
  return FormatNumber(estimate.value) + (estimate.samples < 2 ? "" : " " + FormatInterval(estimate.ci95));
}

}  // namespace hyperwidth
