// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/paired_comparisons.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "experiments/result/format.h"
#include "experiments/result/student_quantile.h"

namespace hyperwidth {
namespace {

void Validate(std::span<const RepeatedScores> contenders, double level) {
  if (!(level > 0 && level < 1)) {
    throw std::invalid_argument(fmt::format("level: found {}, accepted: above 0 and below 1", level));
  }
  for (const RepeatedScores& contender : contenders) {
    if (contender.scores.size() != contenders[0].scores.size()) {
      throw std::invalid_argument(fmt::format("repetitions of {}: found {}, accepted: {}, as many as of {}",
                                              contender.name,
                                              contender.scores.size(),
                                              contenders[0].scores.size(),
                                              contenders[0].name));
    }
    for (const double score : contender.scores) {
      if (std::isinf(score)) {
        throw std::domain_error(fmt::format(
            "scores of {}: found an infinite one, accepted: finite numbers, and NaN where it failed", contender.name));
      }
    }
  }
}

// Whether the differences are the same up to what rounding the scores leaves of them.
bool AreTheSame(const std::vector<double>& a, const std::vector<double>& b) {
  double low = a[0] - b[0], high = low, largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    low = std::min(low, a[i] - b[i]);
    high = std::max(high, a[i] - b[i]);
    largest = std::max({largest, std::abs(a[i]), std::abs(b[i])});
  }
  return high - low <= 4 * std::numeric_limits<double>::epsilon() * largest;
}

PairedComparison Compare(const RepeatedScores& a, const RepeatedScores& b, std::int64_t comparisons, double level) {
  std::vector<double> of_a, of_b;
  for (std::size_t i = 0; i < a.scores.size(); ++i) {
    if (std::isnan(a.scores[i]) || std::isnan(b.scores[i])) continue;
    of_a.push_back(a.scores[i]);
    of_b.push_back(b.scores[i]);
  }
  PairedComparison found{.a = a.name, .b = b.name, .comparisons = comparisons, .level = level};
  found.difference = PairedDifferenceEstimate(of_a, of_b);
  if (found.difference.samples < 2) return found;
  // The standard error, from the interval that rests on it.
  const double degrees = static_cast<double>(found.difference.samples - 1);
  const double half_width = (found.difference.ci95.high - found.difference.ci95.low) / 2;
  const double error = half_width / StudentQuantile(degrees);
  const double wider = error * StudentQuantile(degrees, level / 2 / static_cast<double>(comparisons));
  found.simultaneous = {.low = found.difference.value - wider, .high = found.difference.value + wider};
  found.is_repeated = AreTheSame(of_a, of_b);
  if (found.is_repeated || found.difference.samples < kFewestRepetitions) return found;
  found.p_value = 2 * StudentTail(degrees, std::abs(found.difference.value) / error);
  return found;
}

}  // namespace

void AdjustByHolm(std::vector<PairedComparison>& comparisons, double level) {
  std::vector<std::size_t> order(comparisons.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t i, std::size_t j) {
    return comparisons[i].p_value < comparisons[j].p_value;
  });
  double largest = 0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    PairedComparison& comparison = comparisons[order[rank]];
    largest = std::max(largest, static_cast<double>(order.size() - rank) * comparison.p_value);
    comparison.adjusted_p = std::min(1.0, largest);
    comparison.is_different = comparison.adjusted_p < level;
  }
}

std::vector<PairedComparison> ComparePairs(std::span<const RepeatedScores> contenders, double level) {
  Validate(contenders, level);
  const auto count = static_cast<std::int64_t>(contenders.size());
  std::vector<PairedComparison> comparisons;
  for (std::size_t i = 0; i < contenders.size(); ++i) {
    for (std::size_t j = i + 1; j < contenders.size(); ++j) {
      comparisons.push_back(Compare(contenders[i], contenders[j], count * (count - 1) / 2, level));
    }
  }
  AdjustByHolm(comparisons, level);
  return comparisons;
}

PairedComparison Reversed(PairedComparison comparison) {
  const auto mirrored = [](const Interval& interval) { return Interval{.low = -interval.high, .high = -interval.low}; };
  std::swap(comparison.a, comparison.b);
  comparison.difference.value = -comparison.difference.value;
  comparison.difference.ci95 = mirrored(comparison.difference.ci95);
  comparison.simultaneous = mirrored(comparison.simultaneous);
  return comparison;
}

Check JudgePair(const Claim& claim, const PairedComparison& comparison) {
  const Estimate& difference = comparison.difference;
  Check check = MakeCheck(claim, {.high = 0}, difference.value, difference.ci95);
  if (difference.samples < kFewestRepetitions) {
    SetTooFew(check, difference.samples, "pair", kFewestRepetitions);
    return check;
  }
  check.why = fmt::format("{} minus {} is {} on average over {} pairs",
                          comparison.a,
                          comparison.b,
                          FormatNumber(difference.value),
                          difference.samples);
  if (comparison.is_repeated) {
    check.why += ", and the same for every pair: repetitions that are not independent show nothing.";
    return check;
  }
  if (comparison.is_different) {
    check.verdict = difference.value < 0 ? Verdict::kConsistent : Verdict::kInconsistent;
  }
  check.why +=
      fmt::format(", 95 % interval {}; p = {}", FormatInterval(difference.ci95), FormatNumber(comparison.p_value));
  if (comparison.comparisons > 1) {
    check.why += fmt::format(", and {} with Holm's correction for {} comparisons",
                             FormatNumber(comparison.adjusted_p),
                             comparison.comparisons);
  }
  check.why += fmt::format(", {} {}.", comparison.is_different ? "below" : "not below", FormatNumber(comparison.level));
  return check;
}

}  // namespace hyperwidth
