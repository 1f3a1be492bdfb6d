// SPDX-License-Identifier: Apache-2.0
//
// A run that tunes what it compares: searches, choices and tests in a run folder, and what is shown of them.

#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_TUNED_RUN_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_TUNED_RUN_H_

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "experiments/program/experiment_program.h"
#include "experiments/result/result.h"
#include "experiments/tuning/search_trials.h"
#include "training/run/run_folder.h"
#include "training/search/fair_study.h"
#include "training/trials/trial_outcome.h"

namespace hyperwidth {

struct TunedRun {
  FairResult found = {};
  TrialOutcomes last = {};  // of the last list: those of a run that was interrupted, for MarkPartial
};

// How a score is written for people: "5.90 %".
using ScoreText = std::function<std::string(double)>;

// Writes trials-NAME.csv for each contender of the result, whose study is the one at the same place, and prints what
// was chosen, how its tests went, and how sensitive scores are; but where nothing is kept.
void ShowChoices(const std::vector<Study>& studies,
                 const FairResult& found,
                 const ScoreText& text,
                 const ProgramOptions& program,
                 const RunFolder& folder);

// The best validation score so far after each trial of a contender, from the first that has not failed on.
Series ValidationCurve(const ContenderResult& contender);

// Searches, and tests what was chosen, in a folder with the config.json of these settings. Writes metrics.csv,
// trials.jsonl and what ShowChoices does. An interrupted run gives a partial result, and a folder that resumes keeps
// the trials that it has. Throws: as SearchTrials and FairStudy::Search.
template <typename Data>
TunedRun RunTuned(FairStudy<Data> study,
                  const std::string& experiment,
                  const Fields& settings,
                  const ScoreText& text,
                  const ProgramOptions& program,
                  const RunFolder& folder) {
  const std::vector<Study> studies = study.studies();
  SearchTrials trials(folder, experiment, settings, program, studies);
  const RunTrialList run_trials = trials.Runner();
  FairChoice<Data> choice = std::move(study).Search(run_trials);
  TunedRun run{.found = choice.complete() ? std::move(choice).Test(run_trials) : choice.result()};
  run.last = trials.last();
  ShowChoices(studies, run.found, text, program, folder);
  return run;
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_TUNED_RUN_H_
