// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_DATA_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_DATA_H_

#include <memory>
#include <string>
#include <vector>

#include "experiments/compare/compare_options.h"
#include "models/types.h"
#include "training/conditioned_data/condition_errors.h"
#include "training/conditioned_data/conditioned_data.h"
#include "training/conditioned_data/conditioned_source.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/standardisation.h"

namespace hyperwidth {

// A part of the data as contenders see it. Cheap to copy.
struct ComparePart {
  std::shared_ptr<const SubsetSamples<float>> samples;
  std::shared_ptr<const SubsetSamples<float>> seen = {};  // the test's other half: conditions seen in training
};

// The data of a comparison: read, divided and standardised.
struct CompareData {
  ConditionedData data;
  DataSplit split;
  Standardisation standardisation;
  CompareMetric metric;         // not kAuto
  std::vector<double> classes;  // values of y in the training data, rising; empty unless the metric is kErrorRate
  ComparePart train, validation, test;

  Index outputs() const { return classes.empty() ? static_cast<Index>(data.y_size()) : std::ssize(classes); }
  bool has_labels() const { return !classes.empty(); }
};

// Throws: std::runtime_error as LoadConditionedData, SplitData, FitStandardisation and SubsetSamples, and for labels of
// more than kMostClasses; std::invalid_argument as MakeTask.
CompareData LoadCompareData(const CompareOptions& options);
inline constexpr Index kMostClasses = 10'000;

// The same of data that are at hand.
CompareData PrepareCompareData(ConditionedData data, const CompareOptions& options);

// The number that is compared.
double ScoreOf(const ErrorSummary& summary, CompareMetric metric);

// What a model scores on these samples that says the same for every sample: the mean of the training data, or their
// most frequent class. A contender that is no better has learnt nothing.
double ConstantScore(const CompareData& data, const SubsetSamples<float>& samples);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_DATA_H_
