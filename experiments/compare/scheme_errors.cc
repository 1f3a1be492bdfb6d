// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/scheme_errors.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
constexpr double kLevel = 0.05;

// The mean of a number of the tests over those that have it; not a number if none has.
double MeanOf(const ContenderResult& result, const char* name) {
  double sum = 0;
  int count = 0;
  for (const TestRun& test : result.tests) {
    const FieldValue* const value = Find(test.details, name);
    if (value == nullptr) continue;
    if (const auto* real = std::get_if<double>(value)) sum += *real;
    if (const auto* whole = std::get_if<std::int64_t>(value)) sum += static_cast<double>(*whole);
    ++count;
  }
  return count == 0 ? kNone : sum / count;
}

const TestedContender* LowestValidation(const std::vector<const TestedContender*>& of_size) {
  const TestedContender* best = nullptr;
  for (const TestedContender* contender : of_size) {
    if (best == nullptr || contender->validation_error < best->validation_error) best = contender;
  }
  return best;
}

Check JudgePairOf(const PairedComparison& pair, Index size_number, double size, std::size_t comparisons, bool ratios) {
  const auto measured = [&](double difference) { return ratios ? std::exp(difference) : difference; };
  Check check{.id = fmt::format("compare.{}_below_{}.size{}", pair.a, pair.b, size_number),
              .claim = fmt::format(
                  "At size {} ({:.0f}), {} has a lower test error than {}.", size_number, size, pair.a, pair.b),
              .predicted = {.high = ratios ? 1.0 : 0.0},
              .measured = measured(pair.difference.value)};
  check.ci95 = Interval{.low = measured(pair.difference.ci95.low), .high = measured(pair.difference.ci95.high)};
  if (pair.is_different) check.verdict = pair.difference.value < 0 ? Verdict::kConsistent : Verdict::kInconsistent;
  check.why =
      fmt::format("{} {} in {} pairs of one seed, {} of {}; p = {:.2g}, {:.2g} after Holm's correction for {} {}.",
                  ratios ? "The ratio of the errors is" : "The difference of the errors is",
                  FormatNumber(check.measured),
                  pair.difference.samples,
                  "95 % interval",
                  FormatInterval(*check.ci95),
                  pair.p_value,
                  pair.adjusted_p,
                  comparisons,
                  comparisons == 1 ? "comparison" : "comparisons");
  return check;
}

}  // namespace

Estimate TestedContender::Error() const {
  std::vector<double> finite;
  for (const double error : errors.scores) {
    if (std::isfinite(error)) finite.push_back(error);
  }
  return MeanEstimate(finite);
}

std::vector<TestedContender> TestedContenders(const std::vector<CompareContender>& contenders,
                                              const FairResult& found) {
  std::vector<TestedContender> tested;
  for (std::size_t i = 0; i < found.contenders.size(); ++i) {
    const ContenderResult& result = found.contenders[i];
    TestedContender contender{.contender = contenders[i],
                              .result = &result,
                              .errors = {.name = contenders[i].scheme, .scores = {}},
                              .total_parameters = MeanOf(result, "total_parameters"),
                              .primary_parameters = MeanOf(result, "primary_parameters"),
                              .kappa = MeanOf(result, "kappa"),
                              .multiply_adds_reusing = MeanOf(result, "multiply_adds_reusing"),
                              .seen_error = MeanOf(result, "seen_error"),
                              .relative_l2_q95 = MeanOf(result, "relative_l2_q95")};
    int finite = 0;
    for (const TestRun& test : result.tests) {
      contender.errors.scores.push_back(test.message.empty() ? test.test_score : kNone);
      if (!test.message.empty()) continue;
      contender.validation_error += test.validation_score;
      ++finite;
    }
    if (finite == 0) continue;
    contender.validation_error /= finite;
    tested.push_back(std::move(contender));
  }
  return tested;
}

bool ComparesRatios(const std::vector<TestedContender>& tested, CompareMetric metric) {
  if (metric == CompareMetric::kErrorRate) return false;
  return std::none_of(tested.begin(), tested.end(), [](const TestedContender& contender) {
    return std::count(contender.errors.scores.begin(), contender.errors.scores.end(), 0.0) > 0;
  });
}

std::vector<Check> JudgeSchemes(const std::vector<TestedContender>& tested, CompareMetric metric) {
  const bool ratios = ComparesRatios(tested, metric);
  std::vector<Check> checks;
  Index largest = 0;
  for (const TestedContender& contender : tested) largest = std::max(largest, contender.contender.size_number);
  for (Index number = 1; number <= largest; ++number) {
    std::vector<const TestedContender*> of_size;
    for (const TestedContender& contender : tested) {
      if (contender.contender.size_number == number) of_size.push_back(&contender);
    }
    if (of_size.size() < 2) continue;
    const TestedContender* const best = LowestValidation(of_size);
    std::vector<RepeatedScores> scores;
    for (const TestedContender* contender : of_size) {
      scores.push_back(contender->errors);
      if (!ratios) continue;
      for (double& score : scores.back().scores) score = std::log(score);
    }
    const std::vector<PairedComparison> pairs = ComparePairs(scores, kLevel);
    for (const PairedComparison& pair : pairs) {
      const std::string& scheme = best->contender.scheme;
      if (pair.a != scheme && pair.b != scheme) continue;
      checks.push_back(
          JudgePairOf(pair.a == scheme ? pair : Reversed(pair), number, best->contender.size, pairs.size(), ratios));
    }
  }
  return checks;
}

}  // namespace hyperwidth
