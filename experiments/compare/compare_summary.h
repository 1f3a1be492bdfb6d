// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_SUMMARY_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_SUMMARY_H_

#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_options.h"
#include "experiments/compare/compare_run.h"
#include "experiments/result/result.h"
#include "training/search/fair_result.h"
#include "training/search/study.h"

namespace hyperwidth {

// "mean squared error of standardised y", "relative L2 error", "error rate".
std::string MetricDescription(CompareMetric metric);

// All trials of all studies, a row each: contender, then as StudyTable, with a column for each parameter of any space.
std::string TrialsTable(const std::vector<Study>& studies, const FairResult& found);

// The result: for each scheme the test error with its interval against total parameters, with the other costs as
// columns and against each of them; best validation error against trials; errors on seen conditions; and for each size
// the verdicts on whether the scheme with the lowest validation error is below each other one, with Holm's correction
// for all pairs of that size. took_minutes: of search and tests.
Result SummariseCompare(const CompareOptions& options,
                        const CompareData& data,
                        const ComparePlan& plan,
                        const FairResult& found,
                        double took_minutes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_SUMMARY_H_
