// SPDX-License-Identifier: Apache-2.0
#include "training/search/fair_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

// Where the budget is in multiply-adds, trials have numbers of steps of their own, and rungs are shares of this one.
constexpr std::int64_t kNominalSteps = 1'000'000;
constexpr double kMostSteps = 0x1p53;

void Require(bool holds, const std::string& what, const auto& found, const std::string& accepted) {
  if (holds) return;
  throw std::invalid_argument(fmt::format("{}: found {}, accepted: {}", what, found, accepted));
}

}  // namespace

void Validate(const FairOptions& options) {
  const SearchBudget& budget = options.budget;
  Require(budget.trials >= 1, "budget's trials", budget.trials, "at least 1");
  Require(budget.steps >= 0, "budget's steps", budget.steps, "at least 0");
  Require(std::isfinite(budget.multiply_adds) && budget.multiply_adds >= 0,
          "budget's multiply-adds",
          budget.multiply_adds,
          "a number of at least 0");
  Require((budget.steps > 0) != (budget.multiply_adds > 0),
          "budget",
          fmt::format("{} steps and {} multiply-adds", budget.steps, budget.multiply_adds),
          "one of them above 0");
  if (options.halving) {
    const double share = options.halving->min_share;
    Require(share > 0 && share <= 1, "least share of successive halving", share, "above 0 and at most 1");
  }
  Require(options.validation_interval >= 0, "steps between validations", options.validation_interval, "at least 0");
  Require(options.studies_at_once >= 1, "studies at once", options.studies_at_once, "at least 1");
  Require(options.repetitions >= 0, "repetitions of the test", options.repetitions, "at least 0");
  Require(options.restarts >= 1, "restarts of a test's training", options.restarts, "at least 1");
}

std::uint64_t TestSeed(const FairOptions& options,
                       std::uint64_t seed_offset,
                       std::int64_t repetition,
                       std::int64_t restart) {
  // Far from the seeds of other repetitions and contenders, which follow each other.
  constexpr std::uint64_t kRestart = std::uint64_t{1} << 40;
  return options.seed + seed_offset + static_cast<std::uint64_t>(repetition) +
         kRestart * static_cast<std::uint64_t>(restart);
}

std::int64_t WholeTrialSteps(const std::string& contender,
                             const Assignment& values,
                             const std::function<double(const Assignment&)>& multiply_adds_per_step,
                             const SearchBudget& budget) {
  if (budget.steps > 0) return budget.steps;
  const double cost = multiply_adds_per_step ? multiply_adds_per_step(values) : 0;
  Require(std::isfinite(cost) && cost > 0,
          fmt::format("{}: multiply-adds of a step with {}", contender, AssignmentText(values)),
          cost,
          "a number above 0");
  const double part = budget.multiply_adds / static_cast<double>(budget.trials);
  Require(part >= cost,
          fmt::format("{}: multiply-adds of a trial", contender),
          part,
          fmt::format("at least {}, for one step with {}", cost, AssignmentText(values)));
  return static_cast<std::int64_t>(std::min(std::floor(part / cost), kMostSteps));
}

Study MakeFairStudy(const std::string& contender,
                    const SearchSpace& space,
                    const std::function<double(const Assignment&)>& multiply_adds_per_step,
                    const FairOptions& options) {
  Validate(options);
  const bool in_steps = options.budget.steps > 0;
  StudyOptions study{
      .name = contender, .trials = options.budget.trials, .max_steps = in_steps ? options.budget.steps : kNominalSteps};
  if (options.halving) {
    const double fewest = std::ceil(options.halving->min_share * static_cast<double>(study.max_steps));
    study.halving =
        HalvingOptions{.reduction_factor = options.halving->reduction_factor,
                       .min_steps = std::clamp<std::int64_t>(static_cast<std::int64_t>(fewest), 1, study.max_steps)};
  }
  if (!in_steps) {
    study.steps_of = [contender, multiply_adds_per_step, budget = options.budget](const Assignment& values) {
      return WholeTrialSteps(contender, values, multiply_adds_per_step, budget);
    };
  }
  return Study(
      space, {.method = options.sampler, .seed = options.seed, .grid_values = options.grid_values}, std::move(study));
}

}  // namespace hyperwidth
