// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_FAIR_OPTIONS_H_
#define HYPERWIDTH_TRAINING_SEARCH_FAIR_OPTIONS_H_

#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "training/search/sampler.h"
#include "training/search/study.h"

namespace hyperwidth {

// What each contender may spend on its search: so many trials, and either so many optimiser steps for each of them, or
// so many multiply-adds for all of them together, from which each trial gets an equal part and as many whole steps as
// it pays for. Exactly one of the two is above 0. Successive halving spends less, by the same rungs for all.
struct SearchBudget {
  std::int64_t trials = 32;  // >= 1
  std::int64_t steps = 0;    // of a trial
  double multiply_adds = 0;  // of all trials
};

// Successive halving as shares of a whole trial, which may have another number of steps for each contender.
struct FairHalving {
  std::int64_t reduction_factor = 3;  // >= 2
  double min_share = 0.1;             // in (0, 1]: of the steps of a whole trial, the fewest of a rung
};

struct FairOptions {
  SearchBudget budget = {};
  std::optional<FairHalving> halving = {};
  SamplerMethod sampler = SamplerMethod::kSobol;
  std::int64_t grid_values = 3;
  std::uint64_t seed = 1;                // of the sampler and of all training in the search
  std::int64_t validation_interval = 0;  // steps between validations within a rung; 0: at its end only
  std::int64_t studies_at_once = 1;      // >= 1: so many contenders' rungs are one list of trials
  std::int64_t repetitions = 5;          // >= 0: of the winner's test, with seeds seed + 1, seed + 2, ..
  // >= 1: trainings for each of these tests, with seeds of their own. The one with the best validation score is tested,
  // so that a training that gets stuck does not stand for values that are good as a rule.
  std::int64_t restarts = 1;
};

// Of a training of the winner: restart 0, 1, .. of test 1, 2, .. of a contender.
std::uint64_t TestSeed(const FairOptions& options,
                       std::uint64_t seed_offset,
                       std::int64_t repetition,
                       std::int64_t restart);

// Throws std::invalid_argument with what was found and what is accepted for options outside their ranges.
void Validate(const FairOptions& options);

// The study that the options give the contender of that name. `multiply_adds_per_step` may be empty if the budget is in
// steps. Throws std::invalid_argument as Validate and Study; and, when it is run, where the cost of a step is no number
// above 0 or a trial's part does not pay for one step.
Study MakeFairStudy(const std::string& contender,
                    const SearchSpace& space,
                    const std::function<double(const Assignment&)>& multiply_adds_per_step,
                    const FairOptions& options);

// Steps of a whole trial with these values.
std::int64_t WholeTrialSteps(const std::string& contender,
                             const Assignment& values,
                             const std::function<double(const Assignment&)>& multiply_adds_per_step,
                             const SearchBudget& budget);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_FAIR_OPTIONS_H_
