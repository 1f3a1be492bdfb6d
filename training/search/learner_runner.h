// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_LEARNER_RUNNER_H_
#define HYPERWIDTH_TRAINING_SEARCH_LEARNER_RUNNER_H_

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "training/search/contender.h"
#include "training/search/trial_runner.h"

namespace hyperwidth {

// Trains a contender's learners for a study. Between rungs it keeps them, so that a trial goes on where it was; one
// that it does not have, because an earlier process trained it, is trained again from its start, to the same result.
template <typename Data>
class LearnerRunner final : public TrialRunner {
 public:
  // Makes the learner of a trial.
  using Make = std::function<std::unique_ptr<Learner<Data>>(const Assignment& values)>;

  // With an interval above 0, scores are also taken at its multiples.
  LearnerRunner(Make make, std::int64_t validation_interval)
      : make_(std::move(make)), validation_interval_(validation_interval) {}

  std::vector<ValidationPoint> Run(const TrialRequest& request, const StopRequest& stop) override {
    std::unique_ptr<Learner<Data>> learner = Take(request);
    std::vector<ValidationPoint> points;
    for (std::int64_t at = request.from_steps; at < request.to_steps;) {
      at = NextValidation(at, request.to_steps);
      learner->TrainTo(at, stop);
      points.push_back({.steps = at, .score = learner->Validate()});
    }
    const std::lock_guard<std::mutex> lock(mutex_);
    kept_[request.trial] = {.steps = request.to_steps, .learner = std::move(learner)};
    return points;
  }

  void Release(std::int64_t trial) override {
    const std::lock_guard<std::mutex> lock(mutex_);
    kept_.erase(trial);
  }

  // Learners that are kept.
  std::size_t kept() const {
    const std::lock_guard<std::mutex> lock(mutex_);
    return kept_.size();
  }

 private:
  struct Kept {
    std::int64_t steps = 0;
    std::unique_ptr<Learner<Data>> learner;
  };

  std::unique_ptr<Learner<Data>> Take(const TrialRequest& request) {
    {
      const std::lock_guard<std::mutex> lock(mutex_);
      const auto found = kept_.find(request.trial);
      if (found != kept_.end()) {
        Kept kept = std::move(found->second);
        kept_.erase(found);
        if (kept.steps == request.from_steps) return std::move(kept.learner);
      }
    }
    return make_(request.values);
  }

  std::int64_t NextValidation(std::int64_t at, std::int64_t end) const {
    if (validation_interval_ == 0) return end;
    return std::min(end, (at / validation_interval_ + 1) * validation_interval_);
  }

  Make make_;
  std::int64_t validation_interval_;
  mutable std::mutex mutex_;
  std::map<std::int64_t, Kept> kept_;  // by trial
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_LEARNER_RUNNER_H_
