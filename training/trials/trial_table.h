// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_TRIALS_TRIAL_TABLE_H_
#define HYPERWIDTH_TRAINING_TRIALS_TRIAL_TABLE_H_

#include <string>
#include <vector>

#include "training/trials/fields.h"
#include "training/trials/trial.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

// A trial as a row.
struct TrialRow {
  const Fields* values = nullptr;
  const TrialOutcome* outcome = nullptr;  // none: not finished, and no row
};

// The finished trials as lines of comma-separated values, in that order, after a line of headings: a column for each
// value that any trial has, finished or not; `state` and `message`, but for TrialEnds::kComplete; and one for each
// value in outcomes. Lists are written "2,4" in quotes; what a trial does not have stays empty. An outcome's value with
// the name of another column has a column of its own.
std::string TrialTableText(const std::vector<TrialRow>& rows, TrialEnds ends = TrialEnds::kComplete);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_TRIALS_TRIAL_TABLE_H_
