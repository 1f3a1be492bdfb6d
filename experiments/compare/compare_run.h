// SPDX-License-Identifier: Apache-2.0
//
// The question on somebody's own data: which conditioning scheme, and how large?

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_RUN_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_RUN_H_

#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_floors.h"
#include "experiments/compare/compare_forecast.h"
#include "experiments/compare/compare_options.h"
#include "experiments/compare/scheme_space.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/search/fair_options.h"
#include "training/search/fair_result.h"

namespace hyperwidth {

// The budget of each contender: successive halving, in which all trials get a quarter of the steps and the best quarter
// of them the rest. (Sixteenths rank trials that have learnt too little to be told apart: repetitions then differ by
// orders of magnitude.)
FairOptions FairOptionsOf(const CompareOptions& options);

// What is known before the search.
struct ComparePlan {
  std::vector<CompareContender> contenders;
  CompareForecast forecast;
  CompareFloors floors;
};
// `known` as in FloorsOf. Throws: as Contenders and Forecast.
ComparePlan PlanComparison(const CompareOptions& options,
                           const CompareData& data,
                           const std::optional<DataDimensions>& known = {});

// Tunes all contenders with the same budget on validation data, trains each choice anew from fresh seeds and tests it,
// which is the first time that the test data are looked at, and saves the best model of each scheme. A first look at up
// to three schemes at the smallest size, on validation data, comes before. Writes config.json, trials.jsonl,
// metrics.csv, trials.csv and models/SCHEME.safetensors to `folder`, and what it finds to standard output as it goes.
// An interrupted run gives a partial result, and a folder that resumes keeps the trials that it has. Throws:
// AllTrialsFailed; std::runtime_error if the folder's earlier run had other settings.
Result RunCompare(const CompareOptions& options,
                  const CompareData& data,
                  const ComparePlan& plan,
                  const RunFolder& folder);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_RUN_H_
