// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/recommendation.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>

#include "experiments/compare/advice.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

// Of all repetitions; infinite if one has failed.
double Worst(const ScoredScheme& scheme) {
  double worst = 0;
  for (const double error : scheme.errors) {
    if (std::isnan(error)) return std::numeric_limits<double>::infinity();
    worst = std::max(worst, error);
  }
  return worst;
}

// Those that reach the target in all repetitions, the cheapest first.
std::vector<const ScoredScheme*> Reaching(const SchemesOfSize& size, double target) {
  std::vector<const ScoredScheme*> found;
  for (const ScoredScheme& scheme : size.schemes) {
    if (!scheme.errors.empty() && Worst(scheme) <= target) found.push_back(&scheme);
  }
  std::stable_sort(found.begin(), found.end(), [](const ScoredScheme* a, const ScoredScheme* b) {
    if (a->multiply_adds_reusing != b->multiply_adds_reusing)
      return a->multiply_adds_reusing < b->multiply_adds_reusing;
    return a->total_parameters < b->total_parameters;
  });
  return found;
}

std::string Others(const std::vector<const ScoredScheme*>& reaching) {
  if (reaching.size() == 1) return "; no other scheme does at this size";
  std::string names;
  for (std::size_t i = 1; i < reaching.size(); ++i) {
    names += (i == 1 ? "" : i + 1 == reaching.size() ? " and " : ", ") + reaching[i]->name;
  }
  return fmt::format(
      "; so {} {}, with more multiply-adds for a further x", reaching.size() == 2 ? "does" : "do", names);
}

std::string NotReached(const std::vector<SchemesOfSize>& sizes, double target) {
  const ScoredScheme* nearest = nullptr;
  for (const SchemesOfSize& size : sizes) {
    for (const ScoredScheme& scheme : size.schemes) {
      if (std::isfinite(Worst(scheme)) && (nearest == nullptr || Worst(scheme) < Worst(*nearest))) nearest = &scheme;
    }
  }
  if (nearest == nullptr) return "";
  return fmt::format(
      "No scheme reaches the target of {} in all repetitions; {} comes nearest, with {} parameters and an error of "
      "at most {}. ",
      FormatNumber(target),
      nearest->name,
      FormatNumber(nearest->total_parameters),
      FormatNumber(Worst(*nearest)));
}

}  // namespace

Advice Recommend(const std::vector<SchemesOfSize>& sizes, const Target& target) {
  const SchemeAdvice advised = Advise(sizes, {.unit = target.unit});
  Advice advice{.scheme = advised.scheme, .sentence = advised.sentence, .because = advised.because};
  for (const SchemesOfSize& size : sizes) {
    const std::vector<const ScoredScheme*> reaching = Reaching(size, target.error);
    if (reaching.empty()) continue;
    const ScoredScheme& cheapest = *reaching.front();
    advice.scheme = cheapest.name;
    advice.sentence = fmt::format(
        "{} with {} {}: in all {} repetitions its error is at most {}, and {} is {}{}. If that were "
        "not enough: {}",
        cheapest.name,
        FormatNumber(size.size),
        target.unit,
        cheapest.errors.size(),
        FormatNumber(Worst(cheapest)),
        FormatNumber(target.error),
        target.is_given ? "the target" : "taken for enough unless --target says otherwise",
        Others(reaching),
        advised.sentence);
    return advice;
  }
  if (target.error > 0 && target.is_given) advice.sentence = NotReached(sizes, target.error) + advice.sentence;
  return advice;
}

}  // namespace hyperwidth
