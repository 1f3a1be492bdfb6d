// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/factor_verdict.h"

#include <array>
#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

RepeatedScores Logarithms(const RepeatedScores& errors) {
  RepeatedScores logarithms{.name = "log " + errors.name, .scores = {}};
  for (const double error : errors.scores) {
    logarithms.scores.push_back(error > 0 && std::isfinite(error) ? std::log(error)
                                                                  : std::numeric_limits<double>::quiet_NaN());
  }
  return logarithms;
}

}  // namespace

Check JudgeFactor(const Claim& claim, const RepeatedScores& a, const RepeatedScores& b) {
  const std::array<RepeatedScores, 2> logarithms = {Logarithms(a), Logarithms(b)};
  Check check = JudgePair(claim, ComparePairs(logarithms).front());
  check.predicted = {.high = 1};
  check.measured = std::exp(check.measured);
  if (check.ci95) check.ci95 = Interval{.low = std::exp(check.ci95->low), .high = std::exp(check.ci95->high)};
  return check;
}

}  // namespace hyperwidth
