// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_SUMMARY_H_

#include <vector>

#include "experiments/result/result.h"
#include "experiments/total_complexity/complexity_measurement.h"

namespace hyperwidth {

struct ComplexitySummaryOptions {
  StructuredClass targets = {};
  int rank_cells = 8;           // n of the sweep over ranks
  double dimension_offset = 0;  // added to the dimension in every predicted exponent: a test passes 1
};

// Adds title, text, series, captions and verdicts to `result`; settings and provenance are the caller's.
void SummariseTotalComplexity(const std::vector<ComplexityMeasurement>& measurements,
                              const ComplexitySummaryOptions& options,
                              Result& result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TOTAL_COMPLEXITY_COMPLEXITY_SUMMARY_H_
