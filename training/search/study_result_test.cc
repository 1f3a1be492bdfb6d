// SPDX-License-Identifier: Apache-2.0
#include "training/search/study_result.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::ThrowsMessage;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();

StudyTrial Ended(TrialState state, std::int64_t rungs, double score) {
  return {.state = state, .steps = 10 * rungs, .rungs = rungs, .score = score, .first_score = score + 1};
}

StudyResult ResultOf(std::vector<StudyTrial> trials) {
  for (std::size_t i = 0; i < trials.size(); ++i) trials[i].number = static_cast<std::int64_t>(i);
  return {.trials = std::move(trials), .complete = true};
}

TEST(StudyResult, ChoosesTheLowestScoreOfTheLastRung) {
  const StudyResult result = ResultOf({Ended(TrialState::kPruned, 1, -5),
                                       Ended(TrialState::kComplete, 2, 3),
                                       Ended(TrialState::kComplete, 2, 2),
                                       Ended(TrialState::kComplete, 2, 2),
                                       Ended(TrialState::kFailed, 1, kNotANumber)});
  EXPECT_EQ(result.best().number, 2);
}

TEST(StudyResult, HasACurveOfTheBestSoFar) {
  const StudyResult result = ResultOf({Ended(TrialState::kFailed, 0, kNotANumber),
                                       Ended(TrialState::kComplete, 1, 5),
                                       Ended(TrialState::kComplete, 1, 7),
                                       Ended(TrialState::kFailed, 0, kNotANumber),
                                       Ended(TrialState::kComplete, 1, 4)});
  const std::vector<double> curve = result.BestSoFar();
  ASSERT_EQ(curve.size(), 5u);
  EXPECT_TRUE(std::isnan(curve[0]));
  EXPECT_EQ(std::vector<double>(curve.begin() + 1, curve.end()), (std::vector<double>{5, 5, 5, 4}));
  EXPECT_EQ(curve.back(), result.best().score);
}

TEST(StudyResult, ScoresWhatHasEndedByItsFirstRung) {
  StudyResult result = ResultOf({Ended(TrialState::kPruned, 1, 5),
                                 Ended(TrialState::kFailed, 1, 2),
                                 Ended(TrialState::kComplete, 2, 4),
                                 StudyTrial{}});
  const std::vector<ScoredTrial> scored = result.Scored();
  ASSERT_EQ(scored.size(), 3u);
  EXPECT_EQ(scored[0].score, 6);
  EXPECT_TRUE(std::isnan(scored[1].score)) << "failed in its second rung";
  EXPECT_EQ(scored[2].score, 5);
}

TEST(StudyResult, HasNoBestWithoutTrials) {
  EXPECT_THAT([] { ResultOf({}).best(); },
              ThrowsMessage<AllTrialsFailed>("study: all 0 trials failed (); there are none"));
}

TEST(StudyResult, IsATable) {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("momentum", 0, 1, {.when = ParameterCondition{"optimizer", {"sgd"}}});
  StudyResult result =
      ResultOf({Ended(TrialState::kPruned, 1, 0.5), Ended(TrialState::kFailed, 1, kNotANumber), StudyTrial{}});
  result.trials[0].values = {{"optimizer", "sgd"}, {"momentum", 0.25}};
  result.trials[1].values = {{"optimizer", "adam"}};
  result.trials[1].message = "threw: a, b";
  result.trials[2].values = {{"optimizer", "adam"}};
  EXPECT_EQ(StudyTable(space, result),
            "trial,optimizer,momentum,state,steps,validation_score,message\n"
            "0,sgd,0.25,pruned,10,0.5,\n"
            "1,adam,,failed,10,,\"threw: a, b\"\n"
            "2,adam,,,0,,\n");
}

TEST(TrialFailure, HasANameForEachKind) {
  for (const TrialFailure failure : {TrialFailure::kDiverged, TrialFailure::kOutOfMemory, TrialFailure::kThrew}) {
    EXPECT_EQ(ParseTrialFailure(TrialFailureName(failure)), failure);
  }
  EXPECT_THAT([] { ParseTrialFailure("lost"); },
              ThrowsMessage<std::invalid_argument>(
                  "failure of a trial: found 'lost', accepted: diverged, out of memory, threw"));
}

}  // namespace
}  // namespace hyperwidth
