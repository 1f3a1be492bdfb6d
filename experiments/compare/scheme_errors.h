// SPDX-License-Identifier: Apache-2.0
//
// The tests of a comparison, sorted by scheme and size, and what they say.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_

#include <cstdint>
#include <vector>

#include "experiments/compare/scheme_space.h"
#include "experiments/compare/size_standing.h"
#include "experiments/result/estimate.h"
#include "experiments/result/result.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// A contender that has been tested.
struct TestedContender {
  CompareContender contender;
  std::vector<const ContenderResult*> repetitions = {};
  std::vector<double> errors = {};  // of the test, by repetition; not a number where it failed
  double validation_error = 0;      // mean over repetitions that have not failed
  double total_parameters = 0, primary_parameters = 0, kappa = 0, multiply_adds_reusing = 0;
  double seen_error = 0;  // mean; not a number if there is none

  // Mean over the repetitions that have not failed.
  Estimate Error() const;
};

// A number that the test of a repetition has left; not a number if it has none.
double DetailOf(const ContenderResult& repetition, const char* name);

// Those with at least one test that has not failed, in the order of `contenders`, of each of which `found` has so many
// repetitions in a row.
std::vector<TestedContender> TestedContenders(const std::vector<CompareContender>& contenders,
                                              Index repetitions,
                                              const FairResult& found);

// The same size by size, all sizes of `contenders`. constant_error: of a model that always says the same. Errors are
// compared as factors, which 0 has none of: to error rates of a test of so many samples half a sample is added, and
// other errors count as kLeastError at least. samples = 0: these are no rates.
std::vector<SchemesOfSize> BySize(const std::vector<CompareContender>& contenders,
                                  const std::vector<TestedContender>& tested,
                                  double constant_error,
                                  std::int64_t samples);
inline constexpr double kLeastError = 1e-30;

// For each size, whether the best scheme, the one with the lowest error of those that have learnt, is below each other
// one: CheckId(a, b, size), corrected for all pairs of that size. Where none has learnt, it is the lowest of all.
// Schemes that failed in a repetition are left out.
std::vector<Check> JudgeSchemes(const std::vector<SchemesOfSize>& sizes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_SCHEME_ERRORS_H_
