// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_OUTCOME_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_OUTCOME_H_

#include <algorithm>
#include <cstddef>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "training/trials/fields.h"

namespace hyperwidth {

// How a trial has ended. In Optuna's words: pruned is given up early because others were better.
enum class TrialState { kComplete, kPruned, kFailed };

// "complete", "pruned" or "failed".
constexpr std::string_view ToString(TrialState state) {
  switch (state) {
    case TrialState::kPruned:
      return "pruned";
    case TrialState::kFailed:
      return "failed";
    case TrialState::kComplete:
      break;
  }
  return "complete";
}

// What has come of a trial.
struct TrialOutcome {
  TrialOutcome() = default;
  // Of one that is complete.
  TrialOutcome(Fields measured) : values(std::move(measured)) {}
  // `measured` so far.
  static TrialOutcome Pruned(Fields measured) {
    TrialOutcome outcome(std::move(measured));
    outcome.state = TrialState::kPruned;
    return outcome;
  }
  static TrialOutcome Failed(std::string why) {
    TrialOutcome outcome;
    outcome.state = TrialState::kFailed;
    outcome.message = std::move(why);
    return outcome;
  }

  bool operator==(const TrialOutcome&) const = default;

  TrialState state = TrialState::kComplete;
  Fields values = {};        // what was measured
  std::string message = {};  // why it failed; else empty
};

// Whether a trial is there, and neither failed nor pruned.
inline bool IsComplete(const std::optional<TrialOutcome>& outcome) {
  return outcome && outcome->state == TrialState::kComplete;
}

// What has come of a list of trials.
struct TrialOutcomes {
  // In the order of the trials, whatever the threads; empty: not finished.
  std::vector<std::optional<TrialOutcome>> outcomes;
  bool complete = false;  // all are there

  std::size_t finished() const {
    return static_cast<std::size_t>(
        std::count_if(outcomes.begin(), outcomes.end(), [](const auto& outcome) { return outcome.has_value(); }));
  }
};

// The value of that name in an outcome. Throws std::runtime_error naming it if it is missing or of another type.
template <typename Value>
const Value& OutcomeValue(const Fields& outcome, std::string_view name) {
  const FieldValue* const value = Find(outcome, name);
  if (value == nullptr) throw std::runtime_error("trial outcome: " + std::string(name) + " is missing");
  const Value* const typed = std::get_if<Value>(value);
  if (typed == nullptr) throw std::runtime_error("trial outcome: " + std::string(name) + " is of another type");
  return *typed;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_OUTCOME_H_
