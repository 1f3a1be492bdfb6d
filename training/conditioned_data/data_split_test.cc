// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/data_split.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "training/arrays/test_files.h"
#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;
using ::testing::ThrowsMessage;

std::vector<Subset> Subsets(const DataSplit& split, std::int64_t samples) {
  std::vector<Subset> subsets;
  for (std::int64_t s = 0; s < samples; ++s) subsets.push_back(split.of(s));
  return subsets;
}

std::vector<std::int64_t> Union(std::vector<std::int64_t> a, const std::vector<std::int64_t>& b) {
  a.insert(a.end(), b.begin(), b.end());
  std::sort(a.begin(), a.end());
  return a;
}

TEST(DataSplit, ByConditionKeepsConditionsWholeAndHoldsOutSeenSamples) {
  const ConditionedData data = GridData(100, 20);
  const DataSplit split = SplitData(data, {});
  EXPECT_THAT(split.conditions(Subset::kTest), SizeIs(15));
  EXPECT_THAT(split.conditions(Subset::kValidation), SizeIs(15));
  EXPECT_THAT(split.conditions(Subset::kTrain), SizeIs(70));
  EXPECT_EQ(split.conditions(Subset::kSeenTest), split.conditions(Subset::kTrain));
  EXPECT_EQ(split.samples(Subset::kTest), 15 * 20);
  EXPECT_EQ(split.samples(Subset::kValidation), 15 * 20);
  EXPECT_EQ(split.samples(Subset::kTrain) + split.samples(Subset::kSeenTest), 70 * 20);
  EXPECT_EQ(split.samples(Subset::kSeenTest), 70 * 2);
  std::vector<std::int64_t> all(100);
  for (std::int64_t g = 0; g < 100; ++g) all[static_cast<std::size_t>(g)] = g;
  EXPECT_EQ(Union(Union(split.conditions(Subset::kTrain), split.conditions(Subset::kValidation)),
                  split.conditions(Subset::kTest)),
            all);
  EXPECT_EQ(split.how(),
            "by condition: samples for training 1260 of 70 conditions, validation 300 of 15 conditions, test 300 of 15 "
            "conditions unseen and 140 of 70 conditions seen");
}

TEST(DataSplit, DependsOnTheSeedAndNothingElse) {
  const ConditionedData data = GridData(30, 5);
  const auto subsets = [&](std::uint64_t seed, SplitBy by) {
    return Subsets(SplitData(data, {.by = by, .seed = seed}), data.samples());
  };
  for (const SplitBy by : {SplitBy::kCondition, SplitBy::kSample}) {
    EXPECT_EQ(subsets(1, by), subsets(1, by));
    EXPECT_NE(subsets(1, by), subsets(2, by));
  }
}

// Of conditions with three samples each, a tenth of all is held out on average, and never the last sample.
TEST(DataSplit, SmallConditionsGiveTheirShareOnAverage) {
  const ConditionedData data = GridData(1000, 3);
  const DataSplit split = SplitData(data, {});
  // 700 conditions each hold out one sample with probability 0.3: within five deviations of 210.
  EXPECT_NEAR(static_cast<double>(split.samples(Subset::kSeenTest)), 210, 5 * std::sqrt(700 * 0.3 * 0.7));
  EXPECT_THAT(split.conditions(Subset::kTrain), SizeIs(700));
  EXPECT_EQ(SplitData(data, {.seen_share = 0}).samples(Subset::kSeenTest), 0);
  const DataSplit greedy = SplitData(data, {.seen_share = 0.99});
  EXPECT_EQ(greedy.samples(Subset::kTrain), 700);
  EXPECT_EQ(greedy.samples(Subset::kSeenTest), 1400);
}

TEST(DataSplit, SharesAreThoseAskedForAndLeaveTwoToTrainOn) {
  const auto counts = [](std::int64_t conditions, double validation, double test) {
    const DataSplit split = SplitData(GridData(conditions, 1), {.validation_share = validation, .test_share = test});
    return std::vector<std::int64_t>{
        split.samples(Subset::kTrain), split.samples(Subset::kValidation), split.samples(Subset::kTest)};
  };
  EXPECT_THAT(counts(4, 0.15, 0.15), ElementsAre(2, 1, 1));
  EXPECT_THAT(counts(4, 0.01, 0.98), ElementsAre(2, 1, 1));
  EXPECT_THAT(counts(10, 0.2, 0.3), ElementsAre(5, 2, 3));
  EXPECT_THAT(counts(10, 0.05, 0.94), ElementsAre(2, 1, 7));
  EXPECT_THAT(counts(10, 0.94, 0.05), ElementsAre(2, 7, 1));
}

TEST(DataSplit, EqualConditionsStayTogether) {
  std::vector<double> condition, y;
  for (int g = 0; g < 40; ++g) condition.push_back(g % 20);
  for (int i = 0; i < 80; ++i) y.push_back(i);
  const ConditionedData data =
      TestData({.x = TableOf(1, {1, 2}), .condition = TableOf(1, condition), .y = TableOf(2, y)});
  const DataSplit split = SplitData(data, {.seen_share = 0});
  for (std::int64_t g = 0; g < 20; ++g) EXPECT_EQ(split.of(2 * g), split.of(2 * (g + 20))) << g;
  EXPECT_EQ(split.samples(Subset::kTest), 3 * 4);
}

TEST(DataSplit, BySampleTellsSeenFromUnseenConditions) {
  const DataSplit split = SplitData(GridData(10, 100), {.by = SplitBy::kSample});
  EXPECT_EQ(split.samples(Subset::kSeenTest), 150);
  EXPECT_EQ(split.samples(Subset::kTest), 0);
  EXPECT_EQ(split.samples(Subset::kValidation), 150);
  const DataSplit unseen = SplitData(GridData(100, 1), {.by = SplitBy::kSample});
  EXPECT_EQ(unseen.samples(Subset::kTest), 15);
  EXPECT_EQ(unseen.samples(Subset::kSeenTest), 0);
  EXPECT_THAT(split.how(), HasSubstr("by sample: "));
}

TEST(DataSplit, FollowsTheUsersSplit) {
  // Positions are by condition: those of condition 0, of 1, of 2.
  const ConditionedData data = GridData(3, 2, {0, 2, 1, 1, 2, 2});
  const DataSplit split = SplitData(data, {.by = SplitBy::kSample});
  EXPECT_THAT(
      Subsets(split, 6),
      ElementsAre(
          Subset::kTrain, Subset::kSeenTest, Subset::kValidation, Subset::kValidation, Subset::kTest, Subset::kTest));
  EXPECT_THAT(split.how(), HasSubstr("as the data say: samples for training 1 of 1 conditions"));
  const DataSplit by_condition = SplitData(GridData(3, 2, {2, 0, 1}), {});
  EXPECT_THAT(by_condition.conditions(Subset::kTest), ElementsAre(0));
  EXPECT_THAT(by_condition.conditions(Subset::kTrain), ElementsAre(1));
  EXPECT_THAT(by_condition.conditions(Subset::kValidation), ElementsAre(2));
}

TEST(DataSplit, DrawsValidationThatTheUsersSplitLacks) {
  std::vector<std::int64_t> given(20, 0);
  given[3] = given[4] = 2;
  const DataSplit split = SplitData(GridData(20, 2, given), {});
  EXPECT_THAT(split.conditions(Subset::kTest), ElementsAre(3, 4));
  EXPECT_THAT(split.conditions(Subset::kValidation), SizeIs(3));  // of 18
  EXPECT_THAT(split.conditions(Subset::kTrain), SizeIs(15));
  EXPECT_EQ(split.samples(Subset::kValidation), 6);
  // Of two training conditions, samples.
  const DataSplit few = SplitData(GridData(3, 10, {0, 0, 2}), {});
  EXPECT_EQ(few.samples(Subset::kValidation), 3);
  EXPECT_EQ(few.samples(Subset::kTrain), 17);
}

TEST(DataSplit, RefusesWhatCannotBeSplit) {
  EXPECT_THAT(
      MessageOf([] { SplitData(GridData(3, 5), {}); }),
      HasSubstr(
          "data: found 3 distinct conditions; accepted for a split by condition: at least 4, or a split by sample"));
  EXPECT_THAT(MessageOf([] { SplitData(GridData(3, 1), {.by = SplitBy::kSample}); }), HasSubstr("found 3 samples"));
  EXPECT_THAT(MessageOf([] { SplitData(GridData(3, 1, {0, 0, 1}), {}); }), HasSubstr("found no test (2) samples"));
  EXPECT_THAT(MessageOf([] { SplitData(GridData(3, 1, {2, 2, 1}), {}); }), HasSubstr("found no training (0) samples"));
  EXPECT_THAT(MessageOf([] {
                SplitData(GridData(3, 1, {0, 0, 2}), {});
              }),
              HasSubstr("found no validation (1) and 2 training samples to draw it from; accepted: at least 3"));
}

TEST(DataSplit, RefusesSharesOutOfRange) {
  const ConditionedData data = GridData(10, 1);
  EXPECT_THROW(SplitData(data, {.validation_share = 0}), std::invalid_argument);
  EXPECT_THROW(SplitData(data, {.test_share = 0}), std::invalid_argument);
  EXPECT_THROW(SplitData(data, {.validation_share = 0.5, .test_share = 0.5}), std::invalid_argument);
  EXPECT_THROW(SplitData(data, {.seen_share = -0.1}), std::invalid_argument);
  EXPECT_THAT([&] { SplitData(data, {.seen_share = -1e-9}); },
              ThrowsMessage<std::invalid_argument>("seen_share: found -1e-09, accepted: 0 to less than 1"));
  EXPECT_THROW(SplitData(data, {.seen_share = 1}), std::invalid_argument);
  EXPECT_THROW(DataSplit(data, {Subset::kTrain}, ""), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
