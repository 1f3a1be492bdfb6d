// SPDX-License-Identifier: Apache-2.0
//
// What a comparison will cost, before anything is trained.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FORECAST_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FORECAST_H_

#include <string>
#include <vector>

#include "experiments/compare/compare_data.h"
#include "experiments/compare/compare_options.h"
#include "experiments/compare/scheme_space.h"
#include "experiments/compare/study_time.h"
#include "training/search/fair_options.h"
#include "training/trials/fields.h"

namespace hyperwidth {

struct ContenderForecast {
  CompareContender contender;
  SizedScheme sized;          // in the middle of its space
  TrialTimes times = {};      // measured on a few steps of a few choices
  double peak_mebibytes = 0;  // of one trial: values, gradients, moments
};

struct CompareForecast {
  std::vector<ContenderForecast> contenders = {};
  double minutes = 0;         // of search and tests
  double peak_mebibytes = 0;  // of the data and of as many trials as run at a time
  std::vector<std::string> warnings = {};
};

// Takes a few optimiser steps for each contender. threads: of the run. Throws: std::invalid_argument if a contender has
// no model of its size.
CompareForecast Forecast(const std::vector<CompareContender>& contenders,
                         const CompareOptions& options,
                         const FairOptions& budget,
                         const CompareData& data,
                         int threads);

// A table of at most 116 columns, the minutes and the memory, and warnings; ends in a newline.
std::string ForecastText(const CompareForecast& forecast);

// As result.json has it; `took_minutes` is what it was, or not a number.
Fields FieldsOf(const CompareForecast& forecast, double took_minutes);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_FORECAST_H_
