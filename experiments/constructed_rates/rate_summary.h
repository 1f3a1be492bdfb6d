// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_SUMMARY_H_

#include <vector>

#include "experiments/constructed_rates/rate_measurement.h"
#include "experiments/result/result.h"

namespace hyperwidth {

// Adds title, text, series, captions and verdicts to `result`; settings and provenance are the caller's. Three checks
// count over all sizes: no error above its proved bound, no primary network smaller than the certified minimum, no
// network that differs from its formula. Then one for the exponent of each family, over all its sizes.
// `dimension_offset` is added to the dimension in every predicted exponent: a test passes 1, to see it refused.
void SummariseConstructedRates(const std::vector<RateMeasurement>& measurements,
                               Result& result,
                               double dimension_offset = 0);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_CONSTRUCTED_RATES_RATE_SUMMARY_H_
