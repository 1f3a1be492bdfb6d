// SPDX-License-Identifier: Apache-2.0
//
// A comparison that is fair by construction: every contender searches its own space with the same budget on the same
// training and validation data, and the test data cannot be reached before all have chosen.
//
//   FairStudy<Images> study(contenders, train, validation, SealedTestData<Images>(test), options);
//   FairChoice<Images> choice = std::move(study).Search(run_trials);    // sees training and validation data
//   if (choice.complete()) FairResult result = std::move(choice).Test(run_trials);  // sees the test data, once

#ifndef HYPERWIDTH_TRAINING_SEARCH_FAIR_STUDY_H_
#define HYPERWIDTH_TRAINING_SEARCH_FAIR_STUDY_H_

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <deque>
#include <exception>
#include <memory>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "training/search/contender.h"
#include "training/search/fair_options.h"
#include "training/search/fair_result.h"
#include "training/search/learner_runner.h"
#include "training/search/study.h"
#include "training/search/test_data.h"

namespace hyperwidth {

// What both halves of a comparison share.
template <typename Data>
struct FairParts {
  std::vector<Contender<Data>> contenders;
  Data train;
  Data validation;
  FairOptions options;

  std::unique_ptr<Learner<Data>> Make(const Contender<Data>& contender,
                                      const Assignment& values,
                                      std::uint64_t seed) const {
    return contender.make({.values = values,
                           .seed = seed,
                           .steps = StepsOf(contender, values),
                           .train = train,
                           .validation = validation});
  }

  std::int64_t StepsOf(const Contender<Data>& contender, const Assignment& values) const {
    return WholeTrialSteps(contender.name, values, contender.multiply_adds_per_step, options.budget);
  }
};

// Every contender has chosen, or the search was interrupted. It cannot be copied, and testing uses it up.
template <typename Data>
class FairChoice {
 public:
  FairChoice(FairChoice&&) noexcept = default;
  FairChoice& operator=(FairChoice&&) noexcept = default;

  bool complete() const { return result_.complete; }
  // What has been found, without tests.
  const FairResult& result() const { return result_; }

  // Trains each contender's choice anew for each repetition, once or as often as restarts says, with seeds that the
  // search has not seen, and tests it or the best by validation. A contender whose trials all failed is not tested; a
  // repetition of which all trainings fail is a test that has failed.
  // Interrupted, the result is not complete. Throws std::logic_error, and opens nothing, if the search is not complete;
  // and as Study::Run.
  FairResult Test(const RunTrialList& run_trials) && {
    if (!complete()) throw std::logic_error("fair study: the search is not complete, and the test data stay closed");
    const TestData<Data> test = std::move(test_).Open();
    std::vector<Trial> list;
    for (const ContenderResult& found : result_.contenders) {
      if (!found.chosen) continue;
      const Contender<Data>& contender = ContenderOf(found.name);
      for (std::int64_t repetition = 1; repetition <= parts_->options.repetitions; ++repetition) {
        list.push_back(TestTrial(found.name, *found.chosen, repetition, [&, repetition](const StopRequest& stop) {
          Trained best = TrainBest(contender, found.chosen->values, repetition, stop);
          TestScore tested = best.learner->Test(test);
          TestScores scores{
              .validation = best.validation_score, .test = tested.score, .details = std::move(tested.details)};
          if (parts_->options.restarts > 1) scores.restart = best.restart;
          return scores;
        }));
        list.back().work *= static_cast<double>(parts_->options.restarts);
      }
    }
    AddTests(parts_->options, run_trials(list), result_);
    return std::move(result_);
  }

 private:
  friend class FairStudy<Data>;
  FairChoice(std::unique_ptr<FairParts<Data>> parts, SealedTestData<Data> test, FairResult result)
      : parts_(std::move(parts)), test_(std::move(test)), result_(std::move(result)) {}

  struct Trained {
    std::unique_ptr<Learner<Data>> learner = nullptr;
    double validation_score = 0;
    std::int64_t restart = 0;
  };

  // Of all restarts the one with the lowest finite validation score, or the first. Throws what the last one threw if
  // all have failed, and Stopped.
  Trained TrainBest(const Contender<Data>& contender,
                    const Assignment& values,
                    std::int64_t repetition,
                    const StopRequest& stop) const {
    Trained best;
    std::exception_ptr failure;
    for (std::int64_t restart = 0; restart < parts_->options.restarts; ++restart) {
      try {
        const std::uint64_t seed = TestSeed(parts_->options, contender.seed_offset, repetition, restart);
        Trained now{.learner = parts_->Make(contender, values, seed), .restart = restart};
        now.learner->TrainTo(parts_->StepsOf(contender, values), stop);
        now.validation_score = now.learner->Validate();
        const bool is_better = std::isfinite(now.validation_score) && !(best.validation_score <= now.validation_score);
        if (best.learner == nullptr || is_better) best = std::move(now);
      } catch (const Stopped&) {
        throw;
      } catch (...) {
        failure = std::current_exception();
      }
    }
    if (best.learner == nullptr) std::rethrow_exception(failure);
    return best;
  }

  const Contender<Data>& ContenderOf(const std::string& name) const {
    for (const Contender<Data>& contender : parts_->contenders) {
      if (contender.name == name) return contender;
    }
    throw std::logic_error("fair study: no contender " + name);
  }

  std::unique_ptr<FairParts<Data>> parts_;
  SealedTestData<Data> test_;
  FairResult result_;
};

// Before the search. It cannot be copied, and searching uses it up.
template <typename Data>
class FairStudy {
 public:
  // Throws std::invalid_argument with what was found and what is accepted: for no contenders, a name that is empty or
  // repeated, and as MakeFairStudy.
  FairStudy(std::vector<Contender<Data>> contenders,
            Data train,
            Data validation,
            SealedTestData<Data> test,
            const FairOptions& options)
      : parts_(new FairParts<Data>{.contenders = std::move(contenders),
                                   .train = std::move(train),
                                   .validation = std::move(validation),
                                   .options = options}),
        test_(std::move(test)) {
    std::vector<std::string> names;
    for (const Contender<Data>& contender : parts_->contenders) {
      names.push_back(contender.name);
      FairOptions of_contender = parts_->options;
      of_contender.seed += contender.seed_offset;
      studies_.push_back(
          MakeFairStudy(contender.name, contender.space, contender.multiply_adds_per_step, of_contender));
    }
    RequireContenders(names);
  }
  FairStudy(FairStudy&&) noexcept = default;
  FairStudy& operator=(FairStudy&&) noexcept = default;

  // One for each contender.
  const std::vector<Study>& studies() const { return studies_; }

  // Searches for one contender after the other, or for as many at once as the options say. Interrupted, the choice is
  // not complete. One whose trials all fail has chosen nothing, which its result says; throws AllTrialsFailed if that
  // holds for all, and as Study::Run.
  FairChoice<Data> Search(const RunTrialList& run_trials) && {
    FairResult result;
    bool is_complete = true;
    for (std::size_t begin = 0; is_complete && begin < studies_.size();) {
      const std::size_t end =
          std::min(studies_.size(), begin + static_cast<std::size_t>(parts_->options.studies_at_once));
      std::deque<LearnerRunner<Data>> runners;
      std::vector<StudyRun> runs;
      for (std::size_t i = begin; i < end; ++i) {
        const Contender<Data>& contender = parts_->contenders[i];
        runners.emplace_back(
            [this, &contender](const Assignment& values) {
              return parts_->Make(contender, values, parts_->options.seed + contender.seed_offset);
            },
            parts_->options.validation_interval);
        runs.push_back({.study = &studies_[i], .runner = &runners.back()});
      }
      std::vector<StudyResult> found = Study::RunTogether(runs, run_trials);
      for (std::size_t i = begin; i < end; ++i) {
        is_complete = is_complete && found[i - begin].complete;
        AddSearch(studies_[i], std::move(found[i - begin]), result);
        result.contenders.back().seed_offset = parts_->contenders[i].seed_offset;
      }
      begin = end;
    }
    Conclude(studies_.size(), result);
    return FairChoice<Data>(std::move(parts_), std::move(test_), std::move(result));
  }

 private:
  std::unique_ptr<FairParts<Data>> parts_;  // on the heap: what is moved keeps its place
  std::vector<Study> studies_;
  SealedTestData<Data> test_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_FAIR_STUDY_H_
