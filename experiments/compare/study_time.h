// SPDX-License-Identifier: Apache-2.0
//
// How long a contender's searches and tests take, from what was timed of a few of its trials.

#ifndef HYPERWIDTH_EXPERIMENTS_COMPARE_STUDY_TIME_H_
#define HYPERWIDTH_EXPERIMENTS_COMPARE_STUDY_TIME_H_

#include <vector>

#include "training/search/fair_options.h"
#include "training/search/successive_halving.h"

namespace hyperwidth {

// Seconds, with as many trials at a time as there will be.
struct TrialTimes {
  double step = 0;  // the mean of a few choices
  // The mean of the slowest quarter of them: deep networks of smooth functions, which most searches end with.
  double late_step = 0;
  double score = 0;  // one validation
};

// Seconds of the searches of all repetitions: as many trials at a time as there are threads (>= 1), each going on from
// the rung before.
double SearchSeconds(const TrialTimes& times, const std::vector<Rung>& rungs, const FairOptions& options, int threads);

// Seconds of the tests of all repetitions if one thread did all: each of `restarts` whole trainings, of which three
// scores are taken (validation data, other x of the same conditions, unseen conditions).
double TestSeconds(const TrialTimes& times, const FairOptions& options);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COMPARE_STUDY_TIME_H_
