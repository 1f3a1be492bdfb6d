// SPDX-License-Identifier: Apache-2.0
//
// For tests of contenders.

#ifndef HYPERWIDTH_EXPERIMENTS_TUNING_GIVEN_CHOICE_H_
#define HYPERWIDTH_EXPERIMENTS_TUNING_GIVEN_CHOICE_H_

#include <cstdint>
#include <utility>
#include <vector>

#include "training/run/stop_request.h"
#include "training/search/fair_study.h"

namespace hyperwidth {

// What a comparison finds in the test of a contender whose search could choose nothing but these values. The test
// trains from `seed`, which is 2 or more.
template <typename Data>
TestRun TestOfGivenChoice(const Contender<Data>& contender,
                          const Assignment& values,
                          const Data& train,
                          const Data& validation,
                          const Data& test,
                          std::int64_t steps,
                          std::uint64_t seed) {
  Contender<Data> given = contender;
  given.make = [&](const LearnerRequest<Data>& request) {
    return contender.make({.values = values,
                           .seed = request.seed,
                           .steps = request.steps,
                           .train = request.train,
                           .validation = request.validation});
  };
  const auto in_memory = [](const std::vector<Trial>& list) {
    TrialOutcomes found;
    for (const Trial& trial : list) found.outcomes.emplace_back(trial.measure(StopRequest()));
    found.complete = true;
    return found;
  };
  FairStudy<Data> study({given},
                        train,
                        validation,
                        SealedTestData<Data>(test),
                        {.budget = {.trials = 1, .steps = steps}, .seed = seed - 1, .repetitions = 1});
  return std::move(study).Search(in_memory).Test(in_memory).contenders.at(0).tests.at(0);
}

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_TUNING_GIVEN_CHOICE_H_
