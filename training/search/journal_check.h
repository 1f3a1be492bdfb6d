// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_
#define HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_

#include <vector>

#include "training/search/study.h"
#include "training/trials/trial_journal.h"

namespace hyperwidth {

// Refuses a journal with trials of these studies that they would never ask for, because it was changed by hand or by
// another version: they would stay there unused, and their trials be run anew beside them. Other trials are not looked
// at. Throws std::runtime_error naming the file and the line, what was found and what is accepted.
void CheckJournal(const TrialJournal& journal, const std::vector<Study>& studies);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_
