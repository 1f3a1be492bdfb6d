// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_STUDY_RESULT_H_
#define HYPERWIDTH_TRAINING_SEARCH_STUDY_RESULT_H_

#include <cstdint>
#include <limits>
#include <optional>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/search/assignment.h"
#include "training/search/search_space.h"
#include "training/search/sensitivity.h"
#include "training/search/trial_runner.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// Why a trial has failed.
enum class TrialFailure {
  kDiverged,     // a loss or a score stopped being a finite number
  kOutOfMemory,  // std::bad_alloc
  kThrew,        // any other exception
};

// "diverged", "out of memory" or "threw".
std::string TrialFailureName(TrialFailure failure);
// The inverse. Throws std::invalid_argument naming `name` and the accepted names.
TrialFailure ParseTrialFailure(const std::string& name);

struct StudyTrial {
  std::int64_t number = 0;
  Assignment values = {};
  std::optional<TrialState> state = {};  // none: the study was interrupted before it ended
  std::int64_t steps = 0;                // that it was trained for; if it has failed, that it was to be trained for
  std::int64_t rungs = 0;                // that it has finished
  double score = std::numeric_limits<double>::quiet_NaN();  // at its last step; lower is better; failed: no number
  std::vector<ValidationPoint> curve = {};
  double first_score = std::numeric_limits<double>::quiet_NaN();  // after the first rung, where all trials are compared
  std::optional<TrialFailure> failure = {};
  std::string message = {};  // why it has failed, with its values
};

// No trial of a study can be chosen. The message counts failures by their kind and has the first one's message.
class AllTrialsFailed : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

struct StudyResult {
  std::string name = {};
  std::vector<StudyTrial> trials = {};  // by number
  bool complete = false;                // else it was interrupted

  // The trial to choose: among those that have not failed, of those that have finished most rungs the one with the
  // lowest score, the first of equals. Only if all trials of the last rung have failed is it a pruned one. Throws
  // AllTrialsFailed if there is none; std::logic_error if there is none yet.
  const StudyTrial& best() const;

  // For each trial, the score of the one that would be chosen of those up to it; not a number while there is none.
  std::vector<double> BestSoFar() const;

  // Optimiser steps that all trials have been asked for.
  std::int64_t steps() const;

  // All trials that have ended, with their scores after the first rung.
  std::vector<ScoredTrial> Scored() const;
};

// All trials as lines of comma-separated values after a line of headings: trial, a column for each parameter of the
// space, state, steps, validation_score, message. What a trial does not have stays empty.
std::string StudyTable(const SearchSpace& space, const StudyResult& result);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_STUDY_RESULT_H_
