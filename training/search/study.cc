// SPDX-License-Identifier: Apache-2.0
#include "training/search/study.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <optional>
#include <stdexcept>
#include <utility>

#include "training/search/trial_measurement.h"
#include "training/search/trial_names.h"

namespace hyperwidth {

// One run of a study, rung by rung: the list of a rung, then what has come of it.
class Study::Rounds {
 public:
  Rounds(const Study& study, TrialRunner& runner) : study_(study), runner_(runner) {
    result_.name = study.options_.name;
    for (std::int64_t number = 0; number < study.rungs_.front().trials; ++number) {
      result_.trials.push_back({.number = number, .values = study.sampler_->Sample(number)});
      whole_.push_back(WholeTrial(result_.trials.back().values));
      running_.push_back(static_cast<std::size_t>(number));
    }
  }

  bool is_done() const { return result_.complete; }
  StudyResult TakeResult() { return std::move(result_); }

  // The trials of the rung that is next.
  std::vector<Trial> List() {
    std::vector<Trial> list;
    asked_.clear();
    for (const std::size_t t : running_) {
      const StudyTrial& trial = result_.trials[t];
      const TrialRequest request{.trial = trial.number,
                                 .values = trial.values,
                                 .from_steps = trial.steps,
                                 .to_steps = study_.StepsAt(whole_[t], rung_)};
      // Of a trial of few steps, two rungs may be the same.
      if (request.to_steps == request.from_steps) continue;
      asked_.push_back(t);
      list.push_back(
          {.values = TrialFields(study_.options_.name, trial.number, request.to_steps, trial.values),
           .work = static_cast<double>(request.to_steps - request.from_steps),
           .measure = [this, request](const StopRequest& stop) { return MeasureTrial(runner_, request, stop); }});
    }
    return list;
  }

  // Their outcomes, in the order of that list; then the next rung is next, if all are there.
  void Take(std::span<const std::optional<TrialOutcome>> outcomes) {
    bool is_complete = true;
    for (std::size_t i = 0; i < asked_.size(); ++i) {
      StudyTrial& trial = result_.trials[asked_[i]];
      is_complete = is_complete && outcomes[i].has_value();
      if (outcomes[i]) AddOutcome(*outcomes[i], study_.StepsAt(whole_[asked_[i]], rung_), trial);
    }
    if (!is_complete) return;
    for (const std::size_t t : running_) {
      StudyTrial& trial = result_.trials[t];
      if (rung_ == 0) trial.first_score = trial.score;
      if (trial.state != TrialState::kFailed) ++trial.rungs;
    }
    ++rung_;
    if (rung_ < study_.rungs_.size()) {
      Prune(study_.rungs_[rung_].trials);
    } else {
      Complete();
      result_.complete = true;
    }
  }

 private:
  std::int64_t WholeTrial(const Assignment& values) const {
    if (!study_.options_.steps_of) return study_.options_.max_steps;
    const std::int64_t steps = study_.options_.steps_of(values);
    if (steps >= 1) return steps;
    throw std::invalid_argument(
        fmt::format("steps of a trial with {}: found {}, accepted: at least 1", AssignmentText(values), steps));
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
  StudyResult result_;
  std::size_t rung_ = 0;
  std::vector<std::size_t> asked_;    // of the rung that is next
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
  const StudyRun alone{.study = this, .runner = &runner};
  return std::move(RunTogether({&alone, 1}, run_trials).front());
}

std::vector<StudyResult> Study::RunTogether(std::span<const StudyRun> runs, const RunTrialList& run_trials) {
  std::deque<Rounds> rounds;
  for (const StudyRun& run : runs) rounds.emplace_back(*run.study, *run.runner);
  const auto is_running = [](const Rounds& study) { return !study.is_done(); };
  bool is_complete = true;
  while (is_complete && std::any_of(rounds.begin(), rounds.end(), is_running)) {
    std::vector<Trial> list;
    std::vector<std::size_t> ends;
    for (Rounds& study : rounds) {
      if (is_running(study)) {
        for (Trial& trial : study.List()) list.push_back(std::move(trial));
      }
      ends.push_back(list.size());
    }
    const TrialOutcomes found = run_trials(list);
    is_complete = found.complete;
    std::size_t begin = 0;
    for (std::size_t i = 0; i < rounds.size(); ++i) {
      if (is_running(rounds[i])) rounds[i].Take(std::span(found.outcomes).subspan(begin, ends[i] - begin));
      begin = ends[i];
    }
  }
  std::vector<StudyResult> results;
  for (Rounds& study : rounds) results.push_back(study.TakeResult());
  return results;
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
