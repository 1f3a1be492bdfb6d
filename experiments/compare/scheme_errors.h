// SPDX-License-Identifier: Apache-2.0
//
// The tests of a comparison, sorted by scheme and size.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_

#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/scheme_space.h"
#include "experiments/result/estimate.h"
#include "experiments/result/paired_comparisons.h"
#include "experiments/result/result.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// A contender that has been tested.
struct TestedContender {
  CompareContender contender;
  const ContenderResult* result = nullptr;
  RepeatedScores errors;        // of the test, by repetition; not a number where it failed
  double validation_error = 0;  // mean over repetitions that have not failed
  double total_parameters = 0, primary_parameters = 0, kappa = 0, multiply_adds_reusing = 0;
  double seen_error = 0;       // mean; not a number if there is none
  double relative_l2_q95 = 0;  // mean; likewise

  // Mean over the repetitions that have not failed.
  Estimate Error() const;
};

// Those with at least one test that has not failed, in the order of `contenders`, which must be that of `found`.
std::vector<TestedContender> TestedContenders(const std::vector<CompareContender>& contenders, const FairResult& found);

// Whether errors are compared as ratios, by their logarithms, rather than as differences: where no error is 0 and they
// are no rates.
bool ComparesRatios(const std::vector<TestedContender>& tested, CompareMetric metric);

// For each size, whether the scheme with the lowest validation error has a lower test error than each other one:
// compare.<a>_below_<b>.size<i>, corrected for all pairs of that size.
std::vector<Check> JudgeSchemes(const std::vector<TestedContender>& tested, CompareMetric metric);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_
