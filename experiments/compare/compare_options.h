// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_OPTIONS_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_OPTIONS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/program/settings.h"
#include "training/conditioned_data/data_split.h"
#include "training/sized_scheme/sized_scheme.h"

namespace hyperwidth {

// What is trained for, and what contenders are compared by. Lower is better in each.
enum class CompareMetric {
  kAuto,        // kErrorRate if y is one column of integers of an integer type, else kMse
  kMse,         // of standardised y: the share of its variance that is not explained, 1 for predicting the mean
  kRelativeL2,  // ||error|| / ||y|| of a condition, mean over conditions
  kErrorRate,   // of labels; trained with cross-entropy
};

// "auto", "mse", "relative-l2" or "error-rate".
std::string CompareMetricName(CompareMetric metric);

// The schemes that are compared unless the user says otherwise: one of each kind. `concat` is what costs nothing,
// `embedding` and `film` see I through few numbers, `low-rank` and `deeponet` are linear in what they see, and
// `hypernetwork` generates everything.
std::vector<std::string> DefaultSchemes();

struct CompareOptions {
  std::string data;  // a file or folder of LoadConditionedData; or
  std::string task;  // the name of a built-in task
  std::vector<std::string> schemes = DefaultSchemes();
  // Numbers, or one of the words small, medium and large: one, three or five sizes from the smallest that all schemes
  // have on, each four times the one before.
  std::vector<std::string> sizes = {"medium"};
  SizeMeasure match = SizeMeasure::kTotal;
  SplitBy split = SplitBy::kCondition;
  CompareMetric metric = CompareMetric::kAuto;
  std::int64_t total = 20'000;         // trained parameters, where kappa is what is matched
  double target = 0;                   // the error that is wanted; 0: none
  std::int64_t n_trials = 16;          // of a search: for each scheme and size, in each repetition
  std::int64_t repetitions = 5;        // of everything: search, choice, training and test
  std::int64_t restarts = 2;           // trainings of a choice, of which validation data choose the one that is tested
  std::int64_t steps = 3000;           // optimiser steps of a whole trial
  std::int64_t batch_size = 256;       // samples of a step
  std::int64_t batch_conditions = 16;  // conditions of a step, among which its samples are divided
  ProgramOptions program = {};
};

// How many sizes one of the words stands for; nothing for another text.
std::optional<std::int64_t> CountOfWord(const std::string& size);

// Throws: std::invalid_argument, with the flags, what was found and what is accepted, unless there is data or a task,
// and not both; for sizes that are neither numbers nor one word; and for a scheme that cannot be asked about unseen
// conditions.
void Validate(const CompareOptions& options);

// The settings: what determines the result.
SettingTable SettingTableOf(CompareOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_COMPARE_OPTIONS_H_
