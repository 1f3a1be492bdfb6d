// SPDX-License-Identifier: Apache-2.0
#include "training/search/successive_halving.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>
#include <stdexcept>
#include <vector>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::ThrowsMessage;

constexpr double kNotANumber = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

std::vector<std::size_t> Ranked(const std::vector<double>& scores) { return RankedByScore(scores); }
std::vector<std::size_t> Best(const std::vector<double>& scores, std::int64_t count) {
  return Survivors(scores, count);
}

TEST(HalvingRungs, TrainAThirdOfTheTrialsThreeTimesAsLong) {
  EXPECT_EQ(HalvingRungs(27, 270, {.reduction_factor = 3, .min_steps = 10}),
            (std::vector<Rung>{{27, 10}, {9, 30}, {3, 90}, {1, 270}}));
}

TEST(HalvingRungs, RoundTrialsDownAndStepsUp) {
  EXPECT_EQ(HalvingRungs(11, 101, {.reduction_factor = 2, .min_steps = 1}),
            (std::vector<Rung>{{11, 13}, {5, 26}, {2, 51}, {1, 101}}));
}

TEST(HalvingRungs, StartNoShorterThanTheFewestSteps) {
  EXPECT_EQ(HalvingRungs(27, 270, {.reduction_factor = 3, .min_steps = 11}),
            (std::vector<Rung>{{27, 30}, {9, 90}, {3, 270}}));
  EXPECT_EQ(HalvingRungs(27, 270, {.reduction_factor = 3, .min_steps = 91}), (std::vector<Rung>{{27, 270}}));
  EXPECT_EQ(HalvingRungs(27, 270, {.reduction_factor = 3, .min_steps = 90}), (std::vector<Rung>{{27, 90}, {9, 270}}));
  EXPECT_EQ(HalvingRungs(27, 270, {.reduction_factor = 3, .min_steps = 270}), (std::vector<Rung>{{27, 270}}));
}

TEST(HalvingRungs, GetLongerEachTime) {
  EXPECT_EQ(HalvingRungs(1000, 3, {.reduction_factor = 2, .min_steps = 1}),
            (std::vector<Rung>{{1000, 1}, {500, 2}, {250, 3}}));
}

TEST(HalvingRungs, AreOneForOneTrialOrFewerThanTheReductionFactor) {
  EXPECT_EQ(HalvingRungs(1, 100, {}), FullRungs(1, 100));
  EXPECT_EQ(HalvingRungs(2, 100, {.reduction_factor = 3, .min_steps = 1}), FullRungs(2, 100));
  EXPECT_EQ(HalvingRungs(3, 100, {.reduction_factor = 3, .min_steps = 1}), (std::vector<Rung>{{3, 34}, {1, 100}}));
}

TEST(HalvingRungs, DoNotOverflow) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  const std::vector<Rung> rungs = HalvingRungs(kMost, kMost, {.reduction_factor = 2, .min_steps = 1});
  EXPECT_EQ(rungs.front(), (Rung{kMost, 2}));
  EXPECT_EQ(rungs.back(), (Rung{1, kMost}));
}

TEST(HalvingRungs, CountTheStepsThatEachTrialGoesOn) {
  EXPECT_EQ(StepsOf(FullRungs(27, 270)), 27 * 270);
  EXPECT_EQ(StepsOf({{27, 10}, {9, 30}, {3, 90}, {1, 270}}), 27 * 10 + 9 * 20 + 3 * 60 + 180);
  EXPECT_EQ(StepsOf({}), 0);
}

TEST(HalvingRungs, RefuseOptionsOutOfRange) {
  const auto expect_refused =
      [](std::int64_t trials, std::int64_t steps, const HalvingOptions& options, const char* message) {
        EXPECT_THAT([&] { HalvingRungs(trials, steps, options); }, ThrowsMessage<std::invalid_argument>(message));
      };
  expect_refused(0, 10, {}, "trials of a search: found 0, accepted: at least 1");
  expect_refused(10, 0, {}, "steps of a trial: found 0, accepted: at least 1");
  expect_refused(
      10, 10, {.reduction_factor = 1}, "reduction factor of successive halving: found 1, accepted: at least 2");
  expect_refused(10,
                 10,
                 {.min_steps = 0},
                 "fewest steps of successive halving: found 0, accepted: 1 to the 10 steps of a whole trial");
  expect_refused(10,
                 10,
                 {.min_steps = 11},
                 "fewest steps of successive halving: found 11, accepted: 1 to the 10 steps of a whole trial");
}

TEST(RankedByScore, PutsTheLowestFirstAndEqualOnesInTheirOrder) {
  EXPECT_THAT(Ranked({3, 1, 2, 1}), ElementsAre(1, 3, 2, 0));
}

TEST(RankedByScore, PutsWhatIsNotAFiniteNumberLast) {
  EXPECT_THAT(Ranked({kNotANumber, 1e300, -kInfinity, kInfinity, -1}), ElementsAre(4, 1, 0, 2, 3));
}

TEST(Survivors, AreTheBestInTheOrderOfTheirPlaces) {
  EXPECT_THAT(Best({3, 1, 2, 0}, 2), ElementsAre(1, 3));
  EXPECT_THAT(Best({1, 1, 1}, 2), ElementsAre(0, 1));
  EXPECT_THAT(Best({1}, 0), IsEmpty());
}

TEST(Survivors, AreNeverScoresThatAreNoFiniteNumbers) {
  EXPECT_THAT(Best({kNotANumber, 5, -kInfinity, 7, kInfinity}, 4), ElementsAre(1, 3));
  EXPECT_THAT(Best({kNotANumber, kNotANumber}, 1), IsEmpty());
}

}  // namespace
}  // namespace hyperwidth
