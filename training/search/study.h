// SPDX-License-Identifier: Apache-2.0
//
// A search for the values with the lowest validation score:
//
//   const Study study(space, {.method = SamplerMethod::kSobol, .seed = 1},
//                     {.name = "hypernetwork", .trials = 27, .max_steps = 900, .halving = HalvingOptions{}});
//   const StudyResult found = study.Run(runner, [&](const std::vector<Trial>& list) { return trials.Run(list); });
//   found.best().values;

#ifndef HYPERWIDTH_TRAINING_SEARCH_STUDY_H_
#define HYPERWIDTH_TRAINING_SEARCH_STUDY_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "training/search/sampler.h"
#include "training/search/search_space.h"
#include "training/search/study_result.h"
#include "training/search/successive_halving.h"
#include "training/search/trial_runner.h"
#include "training/trials/run_trials.h"
#include "training/trials/trial.h"

namespace hyperwidth {

struct StudyOptions {
  std::string name = {};          // tells studies of one journal apart: their trials have it as a value `study`
  std::int64_t trials = 64;       // >= 1; fewer if the sampler has fewer
  std::int64_t max_steps = 1000;  // >= 1: optimiser steps of a whole trial
  std::optional<HalvingOptions> halving = {};  // none: every trial is trained for max_steps
  // If given, the steps of a whole trial with these values, >= 1: rungs are then shares of it. It may throw, before
  // anything is trained.
  std::function<std::int64_t(const Assignment&)> steps_of = {};
};

// Runs a list of trials that may end in any way and returns their outcomes, as TrialsInFolder does.
using RunTrialList = std::function<TrialOutcomes(const std::vector<Trial>&)>;

class Study;

// A study with what trains its trials; both outlive the run.
struct StudyRun {
  const Study* study = nullptr;
  TrialRunner* runner = nullptr;
};

// Which values are tried follows from the space, the sampler and its seed; which of them are trained longer, from their
// scores alone. So neither timing nor the number of workers changes a study, and one that is continued asks for the
// same trials again, which the journal has.
class Study {
 public:
  // Throws std::invalid_argument as MakeSampler, HalvingRungs and FullRungs; and for a parameter with the name of a
  // value by which trials are told apart: study, trial, steps, test or repetition.
  Study(SearchSpace space, const SamplerOptions& sampler, StudyOptions options);

  const SearchSpace& space() const { return space_; }
  const std::vector<Rung>& rungs() const { return rungs_; }

  // Runs rung by rung, each as one list of trials, in which a trial is named by study, number, steps and values. A
  // trial whose runner throws or whose score is no finite number has failed, and never goes on. Interrupted, the result
  // is not complete. Throws std::runtime_error if an outcome of an earlier run cannot be one of a study,
  // std::invalid_argument for steps_of below 1, and what `run_trials` and steps_of throw.
  StudyResult Run(TrialRunner& runner, const RunTrialList& run_trials) const;

  // The same of several studies at once, whose names differ: the rungs of that number of all of them are one list, so
  // that a study whose rung has few trials leaves no thread without work. The results are those of one after the other.
  static std::vector<StudyResult> RunTogether(std::span<const StudyRun> runs, const RunTrialList& run_trials);

  // Throws std::invalid_argument, with what was found and what is accepted, if these are the values of a trial of this
  // study, or of a test of its choice, and outside of its space or not what its sampler gives the trial of that number.
  void CheckTrial(const Fields& values) const;

 private:
  class Rounds;

  std::int64_t StepsAt(std::int64_t whole_trial, std::size_t rung) const;

  SearchSpace space_;
  std::shared_ptr<const Sampler> sampler_;
  StudyOptions options_;
  std::vector<Rung> rungs_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_STUDY_H_
