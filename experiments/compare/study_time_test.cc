// SPDX-License-Identifier: Apache-2.0
#include "experiments/compare/study_time.h"

#include <gtest/gtest.h>

namespace hyperwidth {
namespace {

constexpr TrialTimes kTimes = {.step = 0.5, .late_step = 2, .score = 10};

TEST(SearchSeconds, OfOneRungAreWavesOfTrials) {
  EXPECT_EQ(SearchSeconds(kTimes, {{.trials = 6, .steps = 8}}, {}, 1), 6 * (8 * 0.5 + 10));
  EXPECT_EQ(SearchSeconds(kTimes, {{.trials = 6, .steps = 8}}, {}, 4), 2 * (8 * 0.5 + 10)) << "two are left over";
}

TEST(SearchSeconds, OfALaterRungGoOnFromTheOneBeforeWithSlowerChoices) {
  EXPECT_EQ(SearchSeconds(kTimes, {{.trials = 6, .steps = 8}, {.trials = 3, .steps = 20}}, {}, 3),
            2 * (8 * 0.5 + 10) + 1 * (12 * 2 + 10));
}

TEST(SearchSeconds, OfStudiesAtOnceShareWaves) {
  FairOptions options;
  options.studies_at_once = 5;
  EXPECT_EQ(SearchSeconds(kTimes, {{.trials = 1, .steps = 8}}, options, 2), 3 * (8 * 0.5 + 10));
}

TEST(TestSeconds, AreTrainingsOfTheSlowChoicesAndTheirScores) {
  FairOptions options;
  options.budget.steps = 100;
  options.repetitions = 3;
  EXPECT_EQ(TestSeconds(kTimes, options), 3 * (100 * 2 + 10 + 20));
  options.restarts = 2;
  EXPECT_EQ(TestSeconds(kTimes, options), 3 * (2 * (100 * 2 + 10) + 20)) << "only the best of them is tested";
  options.studies_at_once = 4;
  EXPECT_EQ(TestSeconds(kTimes, options), 4 * 3 * (2 * (100 * 2 + 10) + 20));
  options.repetitions = 0;
  EXPECT_EQ(TestSeconds(kTimes, options), 0);
}

}  // namespace
}  // namespace hyperwidth
