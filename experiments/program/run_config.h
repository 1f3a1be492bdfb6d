// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_PROGRAM_RUN_CONFIG_H_
#define HYPERWIDTH_EXPERIMENTS_PROGRAM_RUN_CONFIG_H_

#include <string>

#include "experiments/result/result.h"
#include "training/run/run_folder.h"

namespace hyperwidth {

// Writes config.json, or, in a folder that continues an earlier run, checks that the run had the same settings: all but
// `threads`, on which no result depends. Throws std::runtime_error "<file>: <setting> is <there> there and <here> here;
// accepted: the flags of the earlier run, or another --out" for the first that differs, and naming the file if it is
// not what this function writes.
void WriteOrCheckConfig(const RunFolder& folder, const Fields& settings);

// What the experiment's TrialJournal says of the run: its name, and all settings but `threads`.
Fields StudyOf(const std::string& experiment, const Fields& settings);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_PROGRAM_RUN_CONFIG_H_
