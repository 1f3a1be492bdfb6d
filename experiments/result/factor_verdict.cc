// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/factor_verdict.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace hyperwidth {
namespace {

// The check as one of factors.
Check OfFactors(Check check, Interval predicted) {
  check.predicted = predicted;
  check.measured = std::exp(check.measured);
  if (check.ci95) check.ci95 = Interval{.low = std::exp(check.ci95->low), .high = std::exp(check.ci95->high)};
  return check;
}

}  // namespace

std::vector<double> Logarithms(const std::vector<double>& values) {
  std::vector<double> logarithms;
  for (const double value : values) {
    logarithms.push_back(value > 0 && std::isfinite(value) ? std::log(value)
                                                           : std::numeric_limits<double>::quiet_NaN());
  }
  return logarithms;
}

Check JudgeFactor(const Claim& claim, const RepeatedScores& a, const RepeatedScores& b) {
  const std::array<RepeatedScores, 2> scores = {RepeatedScores{"log " + a.name, Logarithms(a.scores)},
                                                RepeatedScores{"log " + b.name, Logarithms(b.scores)}};
  return OfFactors(JudgePair(claim, ComparePairs(scores).front()), {.high = 1});
}

Check JudgeMeanFactor(const Claim& claim, Interval predicted, const std::vector<double>& factors) {
  std::vector<double> logarithms = Logarithms(factors);
  std::erase_if(logarithms, [](double value) { return std::isnan(value); });
  // The end of a range that is open below is 0 as a factor.
  const Interval of_logarithms = {
      .low = predicted.low > 0 ? std::log(predicted.low) : -std::numeric_limits<double>::infinity(),
      .high = std::log(predicted.high)};
  Check check = OfFactors(JudgeMean(claim, of_logarithms, logarithms), predicted);
  check.why = "Of logarithms: " + check.why;
  return check;
}

}  // namespace hyperwidth
