// SPDX-License-Identifier: Apache-2.0
#ifndef HYPERWIDTH_TRAINING_SEARCH_CONTENDER_H_
#define HYPERWIDTH_TRAINING_SEARCH_CONTENDER_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "training/run/stop_request.h"
#include "training/search/assignment.h"
#include "training/search/search_space.h"
#include "training/search/test_data.h"
#include "training/trials/fields.h"

namespace hyperwidth {

// What a test has found: the score by which contenders are compared, lower is better, and whatever else is worth
// knowing of it, finite numbers by names that differ from the score's.
struct TestScore {
  TestScore(double test_score, Fields more = {}) : score(test_score), details(std::move(more)) {}

  double score;
  Fields details;
};

// A model in training, with values and a seed of its own. What it computes must depend on these and on the number of
// steps alone, not on how many calls they took.
//
// Calls may come from different threads and in different oneTBB arenas, one at a time. None may leave a task behind
// there when it returns: nobody would take it up. A Trainer leaves none.
template <typename Data>
class Learner {
 public:
  virtual ~Learner() = default;

  // Trains until so many optimiser steps are done in all, never fewer than before. What it throws is the trial's
  // failure, but for Stopped, which it throws when `stop` says so; it is then not used any more.
  virtual void TrainTo(std::int64_t steps, const StopRequest& stop) = 0;

  // The score on the validation data; lower is better.
  virtual double Validate() = 0;

  // The score on the test data, which there are only after the choice.
  virtual TestScore Test(const TestData<Data>& test) = 0;
};

// What is to be trained, and on what; the data outlive the learner.
template <typename Data>
struct LearnerRequest {
  Assignment values;
  std::uint64_t seed;  // of initial values and of the data's order
  std::int64_t steps;  // of a whole trial, for schedules of the learning rate
  const Data& train;
  const Data& validation;
};

// One of those that are compared.
template <typename Data>
struct Contender {
  std::string name;
  SearchSpace space;
  // Called from several threads at once. May throw, which is the trial's failure.
  std::function<std::unique_ptr<Learner<Data>>(const LearnerRequest<Data>&)> make;
  // Added to the seed of the options, so that contenders which are the same but for this one repeat a whole search.
  std::uint64_t seed_offset = 0;
  // Of one optimiser step with these values, > 0: needed where the budget is in multiply-adds, else for information.
  std::function<double(const Assignment&)> multiply_adds_per_step = {};
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_SEARCH_CONTENDER_H_
