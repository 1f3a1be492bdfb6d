// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/standardisation.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <span>
#include <vector>

#include "models/random_stream.h"
#include "training/arrays/test_files.h"
#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::DoubleNear;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

// One sample per condition; the last two are not for training.
ConditionedData Rows(const std::vector<double>& x, const std::vector<double>& condition, const std::vector<double>& y) {
  std::vector<std::int64_t> split(condition.size(), 0);
  split[split.size() - 2] = 1;
  split.back() = 2;
  return TestData({.x = TableOf(static_cast<std::int64_t>(x.size() / condition.size()), x),
                   .condition = TableOf(1, condition),
                   .y = TableOf(1, y),
                   .split = split});
}

Standardisation Fitted(const ConditionedData& data) { return FitStandardisation(data, SplitData(data, {})); }

TEST(Standardisation, IsThatOfTheTrainingSamplesAlone) {
  const Standardisation fitted = Fitted(Rows({1, 3, 100, 200}, {10, 20, 1e9, -1e9}, {-1, 1, std::nan(""), 7}));
  EXPECT_THAT(fitted.x.mean, ElementsAre(2));
  EXPECT_THAT(fitted.x.scale, ElementsAre(1));
  EXPECT_THAT(fitted.condition.mean, ElementsAre(15));
  EXPECT_THAT(fitted.condition.scale, ElementsAre(5));
  EXPECT_THAT(fitted.y.mean, ElementsAre(0));
  EXPECT_THAT(fitted.y.scale, ElementsAre(1));
}

TEST(Standardisation, CountsEveryConditionOnce) {
  // Condition 0 has three samples, condition 1 one; row 2 of I repeats row 1.
  const ConditionedData data = TestData({.x = TableOf(1, {0, 0, 0, 4, 4, 9, 9}),
                                         .condition = TableOf(1, {0, 8, 8, 50, 60}),
                                         .y = TableOf(1, {0, 0, 0, 4, 4, 9, 9}),
                                         .group = {0, 0, 0, 1, 2, 3, 4},
                                         .split = {0, 0, 0, 0, 0, 1, 2}});
  const Standardisation fitted = Fitted(data);
  EXPECT_THAT(fitted.condition.mean, ElementsAre(4));
  EXPECT_THAT(fitted.condition.scale, ElementsAre(4));
  EXPECT_THAT(fitted.x.mean, ElementsAre(DoubleNear(1.6, 1e-15)));  // of the five training samples
}

TEST(Standardisation, ConstantColumnsKeepTheirScale) {
  const Standardisation fitted = Fitted(Rows({0.1, 1, 0.1, 3, 0.1, 5, 7, 7, 8, 8}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}));
  EXPECT_EQ(fitted.x.mean[0], 0.1);
  EXPECT_EQ(fitted.x.scale[0], 1);
  EXPECT_DOUBLE_EQ(fitted.x.scale[1], std::sqrt(8.0 / 3));
  const double next = std::nextafter(0.3, 1);  // 0.1 + 0.2, which people take for 0.3
  EXPECT_THAT(Fitted(Rows({0.3, next, 0.3, 1, 1}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5})).x.scale, ElementsAre(1));
  EXPECT_THAT(Fitted(Rows({0.3, 0.3 * (1 + 1e-13), 0.3, 1, 1}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5})).x.scale[0],
              ::testing::Lt(1e-13));
  EXPECT_THAT(Fitted(Rows({0, 0, 0, 1, 1}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5})).x.scale, ElementsAre(1));
}

TEST(Standardisation, GivesMeanZeroAndDeviationOneAndBackAgain) {
  RandomStream random(11);
  std::vector<double> x, condition;
  for (int i = 0; i < 202; ++i) {
    x.push_back(1e6 + random.Uniform());
    x.push_back(1e-9 * random.Uniform());
    condition.push_back(i);
  }
  const ConditionedData data = Rows(x, condition, condition);
  const Standardisation fitted = Fitted(data);
  double sum[2] = {}, squares[2] = {};
  for (std::int64_t s = 0; s < 200; ++s) {
    std::vector<double> row(2);
    data.CopyX<double>(s, row);
    const std::vector<double> original = row;
    fitted.x.Apply<double>(row);
    for (std::size_t c = 0; c < 2; ++c) {
      sum[c] += row[c];
      squares[c] += row[c] * row[c];
    }
    fitted.x.Invert<double>(row);
    // Three roundings of numbers no larger than entry and mean.
    for (std::size_t c = 0; c < 2; ++c) {
      const double tolerance = 4 * std::numeric_limits<double>::epsilon() * (std::abs(original[c]) + fitted.x.mean[c]);
      EXPECT_NEAR(row[c], original[c], tolerance);
    }
  }
  for (std::size_t c = 0; c < 2; ++c) {
    // The mean is a double, and off by its rounding at least.
    const double tolerance = std::numeric_limits<double>::epsilon() * fitted.x.mean[c] / fitted.x.scale[c] + 1e-14;
    EXPECT_NEAR(sum[c] / 200, 0, tolerance);
    EXPECT_NEAR(squares[c] / 200, 1, 1e-12);
  }
  std::vector<float> single = {1e6f, 0};
  fitted.x.Apply<float>(single);
  EXPECT_LT(single[0], 0);
}

TEST(Standardisation, SquaresBeyondTheDoublesDoNotMatter) {
  const Standardisation fitted = Fitted(Rows({-1e300, 1e300, 0, 1, 1}, {1, 2, 3, 4, 5}, {1, 2, 3, 4, 5}));
  EXPECT_THAT(fitted.x.scale, ElementsAre(1e300));
}

TEST(Standardisation, RefusesTrainingDataThatAreNotFinite) {
  const double bad = std::nan("");
  EXPECT_THAT(MessageOf([&] {
                Fitted(Rows({1, bad, 3, 4}, {1, 2, 3, 4}, {1, 2, 3, 4}));
              }),
              HasSubstr("data: x [1, 0] is nan or infinite and for training; accepted: finite numbers"));
  EXPECT_THAT(MessageOf([&] {
                Fitted(Rows({1, 2, 3, 4}, {1, bad, 3, 4}, {1, 2, 3, 4}));
              }),
              HasSubstr("I of condition [1, 0]"));
  EXPECT_THAT(MessageOf([&] {
                Fitted(Rows({1, 2, 3, 4}, {1, 2, 3, 4}, {-INFINITY, 2, 3, 4}));
              }),
              HasSubstr("y [0, 0]"));
  const ConditionedData data = GridData(2, 1);
  EXPECT_THAT(MessageOf([&] {
                FitStandardisation(data, DataSplit(data, {Subset::kTest, Subset::kTest}, ""));
              }),
              HasSubstr("no sample is for training"));
}

}  // namespace
}  // namespace hyperwidth
