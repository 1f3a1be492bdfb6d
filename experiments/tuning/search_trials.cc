// SPDX-License-Identifier: Apache-2.0
#include "experiments/tuning/search_trials.h"

#include "experiments/program/run_config.h"
#include "training/search/journal_check.h"

namespace hyperwidth {

SearchTrials::SearchTrials(const RunFolder& folder,
                           const std::string& experiment,
                           const Fields& settings,
                           const ProgramOptions& options,
                           const std::vector<Study>& studies)
    : trials_(folder, StudyOf(experiment, settings), TrialOptionsOf(options, experiment, TrialEnds::kAny)) {
  CheckJournal(trials_.journal(), studies);
}

RunTrialList SearchTrials::Runner() {
  return [this](const std::vector<Trial>& list) {
    last_ = trials_.Run(list);
    return last_;
  };
}

}  // namespace hyperwidth
