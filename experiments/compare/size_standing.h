// SPDX-License-Identifier: Apache-2.0
//
// How schemes of one size stand to each other: who is best, who is as good, and who of these is cheapest.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_STANDING_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_STANDING_H_

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "experiments/result/paired_comparisons.h"

namespace hyperwidth {

// A scheme at one size, with what it costs and its errors.
struct ScoredScheme {
  std::string name;
  double total_parameters = 0;
  double primary_parameters = 0;
  double multiply_adds_reusing = 0;  // of one sample whose condition is known
  std::vector<double> errors = {};   // above 0, by repetition; NaN where it failed
};

// Schemes of one size, with as many repetitions each.
struct SchemesOfSize {
  double size = 0;  // in whatever the comparison matches
  std::vector<ScoredScheme> schemes = {};
  // The error of predicting the mean of the training data: one for all repetitions, or one for each. Empty if unknown;
  // then every scheme counts as having learnt.
  std::vector<double> mean_errors = {};
};

// What is not shown to be different is no reason for a cheaper scheme by itself: with few repetitions nothing is shown.
// So it must also be shown to have at most this factor of the best scheme's error.
inline constexpr double kAsGood = 1.25;

// Schemes are named by their index. Errors are compared as logarithms: as factors.
struct SizeStanding {
  std::vector<std::size_t> eligible = {};  // those that never failed
  // Of these, those that have learnt: their error is below that of predicting the mean, at the level divided by how
  // many are eligible; with fewer than kFewestRepetitions, below it on average.
  std::vector<std::size_t> learnt = {};
  std::optional<std::size_t> best = {};  // of those that have learnt: the lowest mean of log error
  // The best, and those that have learnt, are not different from it, and have at most kAsGood times its error by
  // Student's 95 % interval.
  std::vector<std::size_t> as_good = {};
  std::vector<std::size_t> undecided = {};         // those that have learnt and are neither as good nor different
  std::vector<std::size_t> worse = {};             // the eligible ones that are different from it, with a larger error
  std::optional<std::size_t> cheapest = {};        // of as_good: the fewest multiply-adds, then parameters, then error
  std::vector<PairedComparison> comparisons = {};  // of all eligible pairs, with Holm's correction

  // The comparison of two eligible schemes by their names, a - b of log errors. Throws: std::invalid_argument if there
  // is none.
  PairedComparison Of(const std::string& a, const std::string& b) const;
};

// Throws: std::invalid_argument if two schemes have one name, or for other numbers of mean_errors; std::domain_error
// for an error or mean error that is not above 0 and finite; as ComparePairs.
SizeStanding StandingOf(const SchemesOfSize& schemes, double level = 0.05);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_SIZE_STANDING_H_
