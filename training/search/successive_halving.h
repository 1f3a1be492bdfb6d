// SPDX-License-Identifier: Apache-2.0
//
// Pruning by rounds (Karnin, Koren and Somekh 2013; Jamieson and Talwalkar 2016): all trials are trained a little, the
// best of them longer, and so on. What is pruned depends on scores alone, because a round ends before the next begins;
// asynchronous forms, in which it also depends on who is first, are left out for that.

#ifndef HYPERWIDTH_TRAINING_SEARCH_SUCCESSIVE_HALVING_H_
#define HYPERWIDTH_TRAINING_SEARCH_SUCCESSIVE_HALVING_H_

#include <cstdint>
#include <span>
#include <vector>

namespace hyperwidth {

struct HalvingOptions {
  // eta, >= 2: of the trials of a rung the best 1 / eta, rounded down, go on to the next, eta times as long.
  std::int64_t reduction_factor = 3;
  std::int64_t min_steps = 1;  // >= 1: no rung is shorter
};

// One round: so many trials, each trained until it has done so many optimiser steps.
struct Rung {
  std::int64_t trials = 0;
  std::int64_t steps = 0;

  bool operator==(const Rung&) const = default;
};

// All rungs of `trials` trials, the first with all of them, the last of max_steps: with K halvings, rung k = 0 .. K has
// floor(trials / eta^k) trials and ceil(max_steps / eta^(K - k)) steps, K as large as min_steps and at least one trial
// in each rung allow. Throws std::invalid_argument with what was found and what is accepted for trials or max_steps
// below 1, eta < 2, and min_steps outside of 1 .. max_steps.
std::vector<Rung> HalvingRungs(std::int64_t trials, std::int64_t max_steps, const HalvingOptions& options);

// The rungs without pruning: one.
std::vector<Rung> FullRungs(std::int64_t trials, std::int64_t max_steps);

// Optimiser steps in all, if each trial goes on from where its earlier rung has left it and none fails.
std::int64_t StepsOf(const std::vector<Rung>& rungs);

// The places of `scores`, lower being better, from the best to the worst: equal ones in their order, what is not a
// finite number last.
std::vector<std::size_t> RankedByScore(std::span<const double> scores);

// The places of the best `count` scores, in the order of the places; fewer if fewer are finite numbers: what is none,
// such as the score of a trial that has diverged, never survives.
std::vector<std::size_t> Survivors(std::span<const double> scores, std::int64_t count);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_SUCCESSIVE_HALVING_H_
