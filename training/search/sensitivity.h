// SPDX-License-Identifier: Apache-2.0
//
// What a search has learnt about its hyper-parameters: which values were good, and which parameters matter.

#ifndef HYPERWIDTH_TRAINING_SEARCH_SENSITIVITY_H_
#define HYPERWIDTH_TRAINING_SEARCH_SENSITIVITY_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "training/search/assignment.h"
#include "training/search/search_space.h"

namespace hyperwidth {

// A trial: lower scores are better; one that is not a finite number stands for a trial that has failed.
struct ScoredTrial {
  Assignment values;
  double score = 0;
};

// Trials with neighbouring values of a parameter.
struct SensitivityBin {
  ParameterValue low;       // the least value among them; for categories, the one category
  ParameterValue high;      // the greatest
  std::int64_t trials = 0;  // failed ones among them
  std::int64_t failed = 0;
  double best = std::numeric_limits<double>::quiet_NaN();    // of those that have not failed, if any
  double median = std::numeric_limits<double>::quiet_NaN();  // of the same; of an even number, between the middle two
};

struct ParameterSensitivity {
  std::string name;
  std::vector<SensitivityBin> bins;  // in the order of the values; without those that no trial is in
  // Of the variance of all scores, what this parameter alone explains; nothing where that cannot be told: they are in
  // one bin, or have not more trials than bins, or all scores are equal.
  std::optional<double> share = {};
};

// On which scale variances are taken. `best` and `median` are scores in either case.
enum class SensitivityScale {
  kScore,  // the scores; failed trials do not count
  kRank,   // the ranks of the scores, equal ones sharing the mean of theirs, failed trials sharing the last ones:
           // neither a few enormous scores nor those that are no numbers decide alone
};

struct SensitivityOptions {
  SensitivityScale scale = SensitivityScale::kRank;
  // >= 2: numbers are cut into bins of equal length on their scale, as many as there are four trials for, but not more
  // than this and not fewer than two. Integers of which there are not more have a bin each, and so does each category.
  std::int64_t most_bins = 8;
};

struct Sensitivity {
  std::vector<ParameterSensitivity> parameters;  // in the order of the space
  std::int64_t trials = 0;
  std::int64_t failed = 0;
};

// The model is a function of one parameter at a time, constant on its bins: a one-way analysis of variance for each,
// the first order of Sobol's and fANOVA's decomposition where trials are spread evenly. With y the scores or ranks of
// all trials that count, and of the n among them in which the parameter is active b bins with n_b trials and mean m_b,
//   between = sum_b n_b (m_b - m)^2,  within = sum_b sum_{t in b} (y_t - m_b)^2,  m the mean of the n,
//   share = max(0, between - (b - 1) within / (n - b)) / sum_t (y_t - mean(y))^2,
// from which what is expected of bins drawn by chance has been taken off (Kelley 1935, epsilon squared). Trials in
// which the parameter is not active count in the denominator only: that it is not active is its parent's effect. What
// shares do not add up to is interactions, noise, and what varies within bins.
//
// Throws std::invalid_argument with what was found and what is accepted for most_bins < 2, and for values that are not
// of the space.
Sensitivity SensitivityOf(const SearchSpace& space,
                          std::span<const ScoredTrial> trials,
                          const SensitivityOptions& options = {});

// A table of all bins for people to read, with a heading for each parameter.
std::string SensitivityTable(const Sensitivity& sensitivity);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_SENSITIVITY_H_
