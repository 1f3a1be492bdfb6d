// SPDX-License-Identifier: Apache-2.0
#include "training/search/grid.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::ThrowsMessage;

std::string Texts(const ParameterRange& range, std::int64_t count) {
  std::string text;
  for (const ParameterValue& value : GridValues(range, count)) text += (text.empty() ? "" : " ") + ParameterText(value);
  return text;
}

TEST(GridValues, DivideARangeWithBothEnds) {
  EXPECT_EQ(Texts(FloatRange{.low = -1, .high = 1}, 5), "-1 -0.5 0 0.5 1");
  EXPECT_EQ(Texts(FloatRange{.low = 0.3, .high = 0.7}, 2), "0.3 0.7");
  EXPECT_EQ(Texts(FloatRange{.low = 1, .high = 2}, 1), "1.5");
  EXPECT_EQ(Texts(IntRange{.low = -10, .high = 10}, 5), "-10 -5 0 5 10");
  EXPECT_EQ(Texts(IntRange{.low = 1, .high = 100, .log = true}, 3), "1 10 100");
  EXPECT_EQ(Texts(IntRange{.low = 1, .high = 9}, 1), "5");
}

TEST(GridValues, OnALogScaleAreMultipliedByEqualFactors) {
  const std::vector<ParameterValue> values = GridValues(FloatRange{.low = 1e-3, .high = 1e3, .log = true}, 4);
  ASSERT_EQ(values.size(), 4u);
  for (int i = 0; i < 4; ++i)
    EXPECT_NEAR(std::get<double>(values[static_cast<std::size_t>(i)]) / std::pow(10, 2 * i - 3), 1, 1e-14);
  EXPECT_EQ(std::get<double>(values.back()), 1e3) << "to the bit";
}

TEST(GridValues, TakeEachIntegerOnce) {
  EXPECT_EQ(Texts(IntRange{.low = 1, .high = 3}, 100), "1 2 3");
  EXPECT_EQ(Texts(IntRange{.low = 1, .high = 4, .log = true}, 4), "1 2 3 4");
  EXPECT_EQ(Texts(IntRange{.low = 1, .high = 6, .log = true}, 6), "1 2 3 4 6");
  EXPECT_EQ(Texts(IntRange{.low = 7, .high = 7}, 3), "7");
  EXPECT_EQ(Texts(IntRange{.low = std::int64_t{1} << 62, .high = (std::int64_t{1} << 62) + 2}, 3),
            "4611686018427387904 4611686018427387905 4611686018427387906");
}

TEST(GridValues, TakeAllCategories) {
  EXPECT_EQ(Texts(Categories{.choices = {"sgd", "adam", "adamw"}}, 2), "sgd adam adamw");
}

TEST(Grid, HasEachCombinationOfActiveParametersOnce) {
  SearchSpace space;
  space.AddCategorical("optimizer", {"sgd", "adam"});
  space.AddFloat("momentum", 0, 1, {.when = ParameterCondition{"optimizer", {"sgd"}}});
  space.AddInt("width", 1, 2);
  std::vector<std::string> texts;
  for (const Assignment& values : GridOf(space, 2, 6)) texts.push_back(AssignmentText(values));
  EXPECT_THAT(texts,
              ElementsAre("optimizer=sgd momentum=0 width=1",
                          "optimizer=sgd momentum=0 width=2",
                          "optimizer=sgd momentum=1 width=1",
                          "optimizer=sgd momentum=1 width=2",
                          "optimizer=adam width=1",
                          "optimizer=adam width=2"));
  EXPECT_THAT([&] { GridOf(space, 2, 5); },
              ThrowsMessage<std::invalid_argument>("grid: found more than 5 combinations, accepted: at most so many"));
  EXPECT_THAT([&] { GridOf(space, 0, 5); },
              ThrowsMessage<std::invalid_argument>("grid: found 0 values of each parameter, accepted: 1 to 5"));
}

}  // namespace
}  // namespace hyperwidth
