// SPDX-License-Identifier: Apache-2.0
#include "training/search/successive_halving.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <stdexcept>

namespace hyperwidth {
namespace {

void Require(bool holds, const char* what, std::int64_t found, const std::string& accepted) {
  if (holds) return;
  throw std::invalid_argument(fmt::format("{}: found {}, accepted: {}", what, found, accepted));
}

std::int64_t QuotientUp(std::int64_t a, std::int64_t b) { return a / b + (a % b != 0 ? 1 : 0); }

}  // namespace

std::vector<Rung> FullRungs(std::int64_t trials, std::int64_t max_steps) {
  Require(trials >= 1, "trials of a search", trials, "at least 1");
  Require(max_steps >= 1, "steps of a trial", max_steps, "at least 1");
  return {{.trials = trials, .steps = max_steps}};
}

std::vector<Rung> HalvingRungs(std::int64_t trials, std::int64_t max_steps, const HalvingOptions& options) {
  std::vector<Rung> rungs = FullRungs(trials, max_steps);
  const std::int64_t eta = options.reduction_factor;
  Require(eta >= 2, "reduction factor of successive halving", eta, "at least 2");
  Require(options.min_steps >= 1 && options.min_steps <= max_steps,
          "fewest steps of successive halving",
          options.min_steps,
          fmt::format("1 to the {} steps of a whole trial", max_steps));
  // From the last rung to the first, whose numbers of trials are not known before their number is.
  for (std::int64_t power = 1; power <= trials / eta;) {
    power *= eta;
    const std::int64_t steps = QuotientUp(max_steps, power);
    // Rungs of equal length would prune by scores that have been seen before.
    if (steps < options.min_steps || steps == rungs.back().steps) break;
    rungs.push_back({.trials = 0, .steps = steps});
  }
  std::reverse(rungs.begin(), rungs.end());
  for (Rung& rung : rungs) {
    rung.trials = trials;
    trials /= eta;
  }
  return rungs;
}

std::int64_t StepsOf(const std::vector<Rung>& rungs) {
  std::int64_t sum = 0, before = 0;
  for (const Rung& rung : rungs) {
    sum += rung.trials * (rung.steps - before);
    before = rung.steps;
  }
  return sum;
}

std::vector<std::size_t> RankedByScore(std::span<const double> scores) {
  std::vector<std::size_t> places(scores.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
    const bool a_counts = std::isfinite(scores[a]), b_counts = std::isfinite(scores[b]);
    return a_counts && b_counts ? scores[a] < scores[b] : a_counts && !b_counts;
  });
  return places;
}

std::vector<std::size_t> Survivors(std::span<const double> scores, std::int64_t count) {
  std::vector<std::size_t> survivors;
  for (const std::size_t place : RankedByScore(scores)) {
    if (static_cast<std::int64_t>(survivors.size()) >= count || !std::isfinite(scores[place])) break;
    survivors.push_back(place);
  }
  std::sort(survivors.begin(), survivors.end());
  return survivors;
}

}  // namespace hyperwidth
