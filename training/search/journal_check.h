// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_
#define HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_

#include <vector>

#include "training/run/run_folder.h"
#include "training/search/study.h"

namespace hyperwidth {

// Refuses a journal with trials of these studies that they would never ask for, because it was changed by hand or by
// another version: they would stay there unused, and their trials be run anew beside them. Other trials are not looked
// at, a last line without its end neither. Throws std::runtime_error naming the file and the line, what was found and
// what is accepted.
void CheckJournal(const RunFolder& folder, const std::vector<Study>& studies);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_JOURNAL_CHECK_H_
