// SPDX-License-Identifier: Apache-2.0
//
// A sentence of advice from a comparison: which scheme, by how much, and when it would be another one.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_ADVICE_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_ADVICE_H_

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "experiments/compare/size_standing.h"

namespace hyperwidth {

struct SchemeAdvice {
  std::optional<std::string> scheme = {};  // none if inconclusive
  std::string sentence = {};
  std::vector<std::string> because = {};     // ids of the checks that it rests on, CheckId
  std::vector<SizeStanding> standings = {};  // of each size
};

struct AdviceOptions {
  double level = 0.05;
  std::string unit = "parameters";  // what sizes count
};

// A cheaper scheme is worth a word if it needs at most this share of the multiply-adds, at no more than this factor of
// the error.
inline constexpr double kCheaper = 0.5;
inline constexpr double kNotMuchWorse = 1.5;

// "compare.A_below_B.sizeI", sizes being counted from 1.
std::string CheckId(const std::string& a, const std::string& b, std::size_t size_number);

// What follows at the largest size at which anything was learnt, sizes being in ascending order:
//   no scheme there (or nothing learnt at any size): no scheme, and that nothing was learnt;
//   fewer than kFewestRepetitions repetitions, one scheme only, or nobody different from the best: no scheme;
//   the cheapest of the best and those that are as good (SizeStanding), by multiply-adds with a known condition.
// The sentence has the factors between errors with 95 % intervals and repetitions. It ends with what would be advised
// otherwise: a scheme that is cheaper (kCheaper) and not much worse (kNotMuchWorse), if evaluations with known
// conditions are what is paid for; who is neither as good nor worse for all that is known; and the sizes at which the
// advised scheme is different from the best. Schemes that failed in a repetition are named and not advised. Throws:
// std::invalid_argument unless sizes ascend and multiply-adds are above 0, and as StandingOf.
SchemeAdvice Advise(std::span<const SchemesOfSize> sizes, const AdviceOptions& options = {});

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_ADVICE_H_
