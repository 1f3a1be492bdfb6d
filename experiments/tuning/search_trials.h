// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_TRIALS_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_TRIALS_H_

#include <string>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/result/result.h"
#include "training/run/run_folder.h"
#include "training/search/study.h"
#include "training/trials/run_trials.h"
#include "training/trials/trials_in_folder.h"

namespace hyperwidth {

// The trials of an experiment that searches, list by list, in the run's folder.
class SearchTrials {
 public:
  // `settings` are those of the run, and `studies` all of its searches. The folder must outlive this. Throws: as
  // TrialsInFolder and CheckJournal.
  SearchTrials(const RunFolder& folder,
               const std::string& experiment,
               const Fields& settings,
               const ProgramOptions& options,
               const std::vector<Study>& studies);
  SearchTrials(const SearchTrials&) = delete;
  SearchTrials& operator=(const SearchTrials&) = delete;

  // What searches and tests are run with. This must outlive it.
  RunTrialList Runner();

  // Outcomes of the last list: those of a run that was interrupted, for MarkPartial.
  const TrialOutcomes& last() const { return last_; }

 private:
  TrialsInFolder trials_;
  TrialOutcomes last_ = {};
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_SEARCH_TRIALS_H_
