// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/conditioned_source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <stdexcept>
#include <vector>

#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

// Shifts and scales nothing.
Standardisation Unchanged(const ConditionedData& data) {
  const auto unit = [](std::int64_t size) {
    const auto columns = static_cast<std::size_t>(size);
    return ColumnScaling{.mean = std::vector<double>(columns, 0), .scale = std::vector<double>(columns, 1)};
  };
  return {.x = unit(data.x_size()), .condition = unit(data.condition_size()), .y = unit(data.y_size())};
}

// Conditions 0, 1, 2 to train on, 3 to validate and 4 to test, four points each; y = 10 I + x.
const std::vector<std::int64_t> kSplit = {0, 0, 0, 1, 2};

std::vector<Index> All(const BlockSource<double>& source) {
  std::vector<Index> items;
  for (Index i = 0; i < source.size(); ++i) items.push_back(i);
  return items;
}

TEST(SubsetSamples, HasTheSamplesOfItsSubset) {
  const ConditionedData data = GridData(5, 4, kSplit);
  const DataSplit split = SplitData(data, {});
  const SubsetSamples<double> test(data, split, Subset::kTest, Unchanged(data));
  EXPECT_THAT(test.condition_ids(), ElementsAre(4));
  EXPECT_EQ(test.samples(), 4);
  TrainingBatch<double> batch;
  test.Resize(1, 2, batch);
  test.CopySamples(0, std::vector<Index>{3, 1}, 0, 0, batch);
  EXPECT_THAT(batch.x.reshaped(), ElementsAre(3, 1));
  EXPECT_THAT(batch.targets.reshaped(), ElementsAre(43, 41));
  EXPECT_THAT(batch.condition.reshaped(), ElementsAre(4));
  EXPECT_THAT(batch.condition_ids, ElementsAre(4));
  EXPECT_THAT(batch.group_starts, ElementsAre(0, 2));
}

TEST(SubsetSamples, AreStandardised) {
  const ConditionedData data = GridData(5, 4, kSplit);
  const DataSplit split = SplitData(data, {});
  Standardisation standardisation = Unchanged(data);
  standardisation.x = {.mean = {1}, .scale = {2}};
  standardisation.condition = {.mean = {2}, .scale = {4}};
  standardisation.y = {.mean = {3}, .scale = {8}};
  const SubsetSamples<float> test(data, split, Subset::kTest, standardisation);
  TrainingBatch<float> batch;
  test.Resize(1, 1, batch);
  test.CopySamples(0, std::vector<Index>{3}, 0, 0, batch);
  EXPECT_EQ(batch.x(0, 0), 1);            // (3 - 1) / 2
  EXPECT_EQ(batch.condition(0, 0), 0.5);  // (4 - 2) / 4
  EXPECT_EQ(batch.targets(0, 0), 5);      // (43 - 3) / 8
}

TEST(SubsetSamples, HasLabelsWhereYNamesClasses) {
  const ConditionedData data = TestData({.x = TableOf(1, {0, 1, 2, 3}),
                                         .condition = TableOf(1, {0, 1, 2, 3}),
                                         .y = TableOf(1, {7, -1, 7, 2}),
                                         .split = {0, 0, 1, 2}});
  const DataSplit split = SplitData(data, {});
  const SubsetSamples<double> train(data, split, Subset::kTrain, Unchanged(data), {-1, 2, 7});
  EXPECT_THAT(std::vector<int>(train.labels().begin(), train.labels().end()), ElementsAre(2, 0));
  EXPECT_EQ(train.targets().size(), 0);
  EXPECT_THAT(
      [&] {
        SubsetSamples<double>(data, split, Subset::kTest, Unchanged(data), {-1, 7});
      },
      ThrowsMessage<std::runtime_error>(HasSubstr("data: y: row 3 is 2.000000, which is none of the 2")));
}

TEST(SubsetSamples, RefusesClassesInSeveralColumns) {
  const ConditionedData data = TestData({.x = TableOf(1, {0, 1, 2, 3}),
                                         .condition = TableOf(1, {0, 1, 2, 3}),
                                         .y = TableOf(2, {7, 7, 7, 7, 7, 7, 7, 7}),
                                         .split = {0, 0, 1, 2}});
  EXPECT_THROW(SubsetSamples<double>(data, SplitData(data, {}), Subset::kTrain, Unchanged(data), {7}),
               std::runtime_error);
}

TEST(BlockSource, VisitsEverySampleOfItsConditionOnce) {
  const ConditionedData data = GridData(5, 4, kSplit);
  const SubsetSamples<double> samples(data, SplitData(data, {}), Subset::kTrain, Unchanged(data));
  for (const Index block : {1, 3, 4, 100}) {
    SCOPED_TRACE(block);
    const BlockSource<double> source(samples, block, /*seed=*/1);
    EXPECT_EQ(source.size(), 3 * ((4 + block - 1) / block));
    for (Index epoch = 0; epoch < 5; ++epoch) {
      TrainingBatch<double> batch;
      source.Fill(epoch, All(source), batch);
      std::map<double, int> seen;
      for (Index g = 0; g < batch.conditions(); ++g) {
        const auto place = static_cast<std::size_t>(g);
        for (Index i = batch.group_starts[place]; i < batch.group_starts[place + 1]; ++i) {
          EXPECT_EQ(batch.targets(0, i), 10 * batch.condition(0, g) + batch.x(0, i));
          ++seen[batch.targets(0, i)];
        }
      }
      EXPECT_EQ(seen.size(), 12u);
      EXPECT_EQ(batch.samples(), 12);
    }
  }
}

TEST(BlockSource, DrawsOtherBlocksInEachEpochAndForEachSeed) {
  const ConditionedData data = GridData(5, 101, kSplit);
  const SubsetSamples<double> samples(data, SplitData(data, {}), Subset::kTrain, Unchanged(data));
  const BlockSource<double> source(samples, 10, /*seed=*/1);
  TrainingBatch<double> first, again, later, other;
  const std::vector<Index> items = {0};
  source.Fill(1, items, first);
  source.Fill(1, items, again);
  source.Fill(2, items, later);
  BlockSource<double>(samples, 10, /*seed=*/2).Fill(1, items, other);
  EXPECT_EQ(first.x, again.x);
  EXPECT_NE(first.x, later.x);
  EXPECT_NE(first.x, other.x);
  EXPECT_THROW(BlockSource<double>(samples, 0, 1), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
