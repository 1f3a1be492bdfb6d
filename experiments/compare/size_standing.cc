// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/size_standing.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <tuple>

#include "experiments/result/estimate.h"
#include "experiments/result/verdict.h"

namespace hyperwidth {
namespace {

void RequireError(const std::string& what, double error) {
  if (error > 0 && std::isfinite(error)) return;
  throw std::domain_error(fmt::format("errors of {}: found {}, accepted: above 0 and finite", what, error));
}

void Validate(const SchemesOfSize& schemes) {
  const std::size_t repetitions = schemes.schemes.empty() ? 0 : schemes.schemes[0].errors.size();
  for (std::size_t i = 0; i < schemes.schemes.size(); ++i) {
    const ScoredScheme& scheme = schemes.schemes[i];
    for (std::size_t j = 0; j < i; ++j) {
      if (schemes.schemes[j].name == scheme.name) throw std::invalid_argument("two schemes named " + scheme.name);
    }
    for (const double error : scheme.errors) {
      if (!std::isnan(error)) RequireError(scheme.name, error);
    }
  }
  const std::size_t means = schemes.mean_errors.size();
  if (means > 1 && means != repetitions) {
    throw std::invalid_argument(
        fmt::format("errors of predicting the mean: found {}, accepted: none, one, or one for each of {} repetitions",
                    means,
                    repetitions));
  }
  for (const double error : schemes.mean_errors) RequireError("predicting the mean", error);
}

std::vector<double> Logarithms(std::vector<double> errors) {
  for (double& error : errors) error = std::log(error);
  return errors;
}

bool HasLearnt(const RepeatedScores& logs, const std::vector<double>& mean_errors, double level) {
  if (mean_errors.empty()) return true;
  std::vector<double> means = mean_errors;
  means.resize(logs.scores.size(), means[0]);
  // Too few for a test: nothing is concluded from them either, but that nothing was learnt would be a conclusion.
  if (logs.scores.size() < static_cast<std::size_t>(kFewestRepetitions)) {
    return MeanEstimate(logs.scores).value < MeanEstimate(Logarithms(means)).value;
  }
  const std::vector<RepeatedScores> both = {logs, {"the mean", Logarithms(means)}};
  const PairedComparison found = ComparePairs(both, level)[0];
  return found.is_different && found.difference.value < 0;
}

}  // namespace

PairedComparison SizeStanding::Of(const std::string& a, const std::string& b) const {
  for (const PairedComparison& comparison : comparisons) {
    if (comparison.a == a && comparison.b == b) return comparison;
    if (comparison.a == b && comparison.b == a) return Reversed(comparison);
  }
  throw std::invalid_argument("there is no comparison of " + a + " and " + b);
}

SizeStanding StandingOf(const SchemesOfSize& schemes, double level) {
  Validate(schemes);
  SizeStanding standing;
  std::vector<RepeatedScores> logs;  // of the eligible ones
  for (std::size_t i = 0; i < schemes.schemes.size(); ++i) {
    const ScoredScheme& scheme = schemes.schemes[i];
    const auto has_failed = [](double error) { return std::isnan(error); };
    if (scheme.errors.empty() || std::any_of(scheme.errors.begin(), scheme.errors.end(), has_failed)) continue;
    standing.eligible.push_back(i);
    logs.push_back({scheme.name, Logarithms(scheme.errors)});
  }
  standing.comparisons = ComparePairs(logs, level);
  double lowest = 0;
  for (std::size_t e = 0; e < logs.size(); ++e) {
    if (!HasLearnt(logs[e], schemes.mean_errors, level / static_cast<double>(logs.size()))) continue;
    const std::size_t scheme = standing.eligible[e];
    standing.learnt.push_back(scheme);
    const double mean = MeanEstimate(logs[e].scores).value;
    if (standing.best && mean >= lowest) continue;
    standing.best = scheme;
    lowest = mean;
  }
  if (!standing.best) return standing;
  const auto name = [&](std::size_t i) { return schemes.schemes[i].name; };
  for (const std::size_t i : standing.eligible) {
    if (i == *standing.best) {
      standing.as_good.push_back(i);
      continue;
    }
    const PairedComparison above_best = standing.Of(name(i), name(*standing.best));
    const bool has_learnt = std::count(standing.learnt.begin(), standing.learnt.end(), i) > 0;
    if (above_best.is_different && above_best.difference.value > 0) standing.worse.push_back(i);
    if (above_best.is_different || !has_learnt) continue;
    const bool is_as_good = std::exp(above_best.difference.ci95.high) <= kAsGood;
    (is_as_good ? standing.as_good : standing.undecided).push_back(i);
  }
  const auto cost = [&](std::size_t i) {
    const ScoredScheme& scheme = schemes.schemes[i];
    return std::tuple(
        scheme.multiply_adds_reusing, scheme.total_parameters, MeanEstimate(Logarithms(scheme.errors)).value);
  };
  standing.cheapest = *std::min_element(standing.as_good.begin(),
                                        standing.as_good.end(),
                                        [&](std::size_t i, std::size_t j) { return cost(i) < cost(j); });
  return standing;
}

}  // namespace hyperwidth
