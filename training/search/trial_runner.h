// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_TRIAL_RUNNER_H_
#define HYPERWIDTH_TRAINING_SEARCH_TRIAL_RUNNER_H_

#include <cstdint>
#include <vector>

#include "training/run/stop_request.h"
#include "training/search/assignment.h"

namespace hyperwidth {

// What a study asks for: a trial's training, up to so many optimiser steps.
struct TrialRequest {
  std::int64_t trial = 0;  // its number, 0, 1, ..
  Assignment values = {};
  std::int64_t from_steps = 0;  // where it was when the study asked before; 0: it has not
  std::int64_t to_steps = 0;    // > from_steps
};

// A score on validation data, lower being better, after so many optimiser steps.
struct ValidationPoint {
  std::int64_t steps = 0;
  double score = 0;

  bool operator==(const ValidationPoint&) const = default;
};

// Trains for a study. Called from several threads at once, for different trials.
class TrialRunner {
 public:
  virtual ~TrialRunner() = default;

  // Validation scores at steps above from_steps, the last at to_steps. They must depend on the values and steps alone:
  // whoever has kept nothing of the trial, because an earlier process trained it, trains it from its start. An
  // exception, std::bad_alloc among them, is the trial's failure, but for Stopped, which is thrown when `stop` says so.
  virtual std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest& stop) = 0;

  // The trial will not be asked for again: what is kept of it may go.
  virtual void Release(std::int64_t trial) { static_cast<void>(trial); }
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_TRIAL_RUNNER_H_
