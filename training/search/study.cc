// SPDX-License-Identifier: Apache-2.0
#include "training/search/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "training/search/trial_measurement.h"
#include "training/search/trial_names.h"

namespace hyperwidth {

// One call of Run.
class Study::Rounds {
 public:
  Rounds(const Study& study, TrialRunner& runner, const RunTrialList& run_trials)
      : study_(study), runner_(runner), run_trials_(run_trials) {
    result_.name = study.options_.name;
    for (std::int64_t number = 0; number < study.rungs_.front().trials; ++number) {
      result_.trials.push_back({.number = number, .values = study.sampler_->Sample(number)});
      whole_.push_back(WholeTrial(result_.trials.back().values));
      running_.push_back(static_cast<std::size_t>(number));
    }
  }

  StudyResult Run() {
    for (std::size_t rung = 0; rung < study_.rungs_.size(); ++rung) {
      if (!RunRung(rung)) return std::move(result_);
      rung + 1 < study_.rungs_.size() ? Prune(study_.rungs_[rung + 1].trials) : Complete();
    }
    result_.complete = true;
    return std::move(result_);
  }

 private:
  std::int64_t WholeTrial(const Assignment& values) const {
    if (!study_.options_.steps_of) return study_.options_.max_steps;
    const std::int64_t steps = study_.options_.steps_of(values);
    if (steps >= 1) return steps;
    throw std::invalid_argument(
        fmt::format("steps of a trial with {}: found {}, accepted: at least 1", AssignmentText(values), steps));
  }

  // Returns whether all have finished.
  bool RunRung(std::size_t rung) {
    std::vector<Trial> list;
    std::vector<std::size_t> asked;
    for (const std::size_t t : running_) {
      const StudyTrial& trial = result_.trials[t];
      const TrialRequest request{.trial = trial.number,
                                 .values = trial.values,
                                 .from_steps = trial.steps,
                                 .to_steps = study_.StepsAt(whole_[t], rung)};
      // Of a trial of few steps, two rungs may be the same.
      if (request.to_steps == request.from_steps) continue;
      asked.push_back(t);
      list.push_back(
          {.values = TrialFields(study_.options_.name, trial.number, request.to_steps, trial.values),
           .work = static_cast<double>(request.to_steps - request.from_steps),
           .measure = [this, request](const StopRequest& stop) { return MeasureTrial(runner_, request, stop); }});
    }
    const TrialOutcomes found = run_trials_(list);
    for (std::size_t i = 0; i < asked.size(); ++i) {
      StudyTrial& trial = result_.trials[asked[i]];
      if (found.outcomes[i]) AddOutcome(*found.outcomes[i], study_.StepsAt(whole_[asked[i]], rung), trial);
    }
    if (!found.complete) return false;
    for (const std::size_t t : running_) {
      StudyTrial& trial = result_.trials[t];
      if (rung == 0) trial.first_score = trial.score;
      if (trial.state != TrialState::kFailed) ++trial.rungs;
    }
    return true;
  }

  void Prune(std::int64_t count) {
    std::vector<double> scores;
    for (const std::size_t t : running_) scores.push_back(result_.trials[t].score);
    std::vector<std::size_t> survivors;
    for (const std::size_t place : Survivors(scores, count)) survivors.push_back(running_[place]);
    for (const std::size_t t : running_) {
      if (!std::binary_search(survivors.begin(), survivors.end(), t)) End(t, TrialState::kPruned);
    }
    running_ = std::move(survivors);
  }

  void Complete() {
    for (const std::size_t t : running_) End(t, TrialState::kComplete);
  }

  void End(std::size_t t, TrialState state) {
    if (!result_.trials[t].state) result_.trials[t].state = state;
    runner_.Release(result_.trials[t].number);
  }

  const Study& study_;
  TrialRunner& runner_;
  const RunTrialList& run_trials_;
  StudyResult result_;
  std::vector<std::int64_t> whole_;   // steps of each trial if it is not pruned
  std::vector<std::size_t> running_;  // ascending
};

Study::Study(SearchSpace space, const SamplerOptions& sampler, StudyOptions options)
    : space_(std::move(space)), sampler_(MakeSampler(space_, sampler)), options_(std::move(options)) {
  for (const Parameter& parameter : space_.parameters()) {
    if (!IsReservedName(parameter.name)) continue;
    throw std::invalid_argument(
        fmt::format("parameter {}: found a name by which studies tell their trials apart, "
                    "accepted: none of study, trial, steps, test, repetition",
                    parameter.name));
  }
  const std::int64_t trials = std::min(options_.trials, sampler_->size().value_or(options_.trials));
  rungs_ = options_.halving ? HalvingRungs(trials, options_.max_steps, *options_.halving)
                            : FullRungs(trials, options_.max_steps);
}

StudyResult Study::Run(TrialRunner& runner, const RunTrialList& run_trials) const {
  return Rounds(*this, runner, run_trials).Run();
}

void Study::CheckTrial(const Fields& values) const {
  if (StudyIn(values) != options_.name) return;
  const Assignment found = ParametersIn(values);
  space_.Check(found);
  const std::int64_t number = TrialNumberIn(values);
  const Assignment expected = sampler_->Sample(number);
  if (found == expected) return;
  throw std::invalid_argument(fmt::format("trial {} of a study: found {}, accepted: {}, as its sampler gives",
                                          number,
                                          AssignmentText(found),
                                          AssignmentText(expected)));
}

// A trial's own number of steps, divided as HalvingRungs divides max_steps.
std::int64_t Study::StepsAt(std::int64_t whole_trial, std::size_t rung) const {
  std::int64_t power = 1;  // of the reduction factor: at most the number of trials
  for (std::size_t later = rung + 1; later < rungs_.size(); ++later) power *= options_.halving->reduction_factor;
  return whole_trial / power + (whole_trial % power != 0 ? 1 : 0);
}

}  // namespace hyperwidth
