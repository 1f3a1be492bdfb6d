// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_data/condition_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <vector>

#include "models/schemes/schemes.h"
#include "training/conditioned_data/data_split.h"
#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::DoubleEq;
using ::testing::DoubleNear;

Standardisation Scaled(double y_mean, double y_scale) {
  return {.x = {.mean = {0}, .scale = {1}},
          .condition = {.mean = {0}, .scale = {1}},
          .y = {.mean = {y_mean}, .scale = {y_scale}}};
}

// y = 10 I + x, of which the test has conditions 3 and 4, with I = 3, 4 and `points` points x = 0, 1, ..
ConditionedData Line(std::int64_t points) { return GridData(5, points, {0, 0, 1, 2, 2}); }

// h([x; I]) = w x + v I without a bias.
struct LinearModel {
  Model model = Concat({.sizes = {2, 1}, .has_bias = false}, 1);
  Vector<double> theta = Vector<double>::Zero(2);
};

TEST(ErrorsByCondition, AreSumsOverTheSamplesOfOneCondition) {
  const ConditionedData data = Line(3);
  const Standardisation scaling = Scaled(/*y_mean=*/0, /*y_scale=*/2);
  const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling);
  LinearModel linear;
  linear.theta << 0.5, 4.5;  // in units: x + 9 I, which is I too small
  const auto errors = ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 1);
  ASSERT_EQ(errors.size(), 2u);
  EXPECT_EQ(errors[0].condition_id, 3);
  EXPECT_EQ(errors[1].condition_id, 4);
  EXPECT_EQ(errors[0].samples, 3);
  EXPECT_THAT(errors[0].squared_error, DoubleEq(3 * 9.0 / 4));
  EXPECT_THAT(errors[0].squared_error_in_units, DoubleEq(27));
  EXPECT_THAT(errors[0].squared_target_in_units, DoubleEq(30 * 30 + 31 * 31 + 32 * 32));
  EXPECT_THAT(errors[0].RelativeL2(), DoubleEq(std::sqrt(27.0 / (900 + 961 + 1024))));
  EXPECT_THAT(errors[1].squared_error_in_units, DoubleEq(48));
}

// y = 10 I + x; the model says 4 x in y's units, and every interval counts, whatever the order of the samples.
TEST(ErrorsByCondition, HaveSlopesWhereXIsOneNumber) {
  for (const std::int64_t points : {2, 3, 2048, 5000}) {
    SCOPED_TRACE(points);
    const ConditionedData data = Line(points);
    const Standardisation scaling = Scaled(/*y_mean=*/7, /*y_scale=*/2);
    const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling);
    LinearModel linear;
    linear.theta << 2, 0;
    for (const ConditionError& error : ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 1)) {
      EXPECT_EQ(error.intervals, points - 1);
      EXPECT_THAT(error.squared_slope_error, DoubleNear(9.0 * static_cast<double>(points - 1), 1e-6));
      EXPECT_THAT(error.squared_slope, DoubleNear(static_cast<double>(points - 1), 1e-9));
      EXPECT_THAT(error.RelativeSlope(), DoubleNear(3, 1e-9));
    }
    const ErrorSummary summary =
        Summarise(ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 1), 1, false);
    EXPECT_THAT(summary.relative_slope_mean, DoubleNear(3, 1e-9));
  }
  const ConditionedData points = Line(1);
  const SubsetSamples<double> test(points, SplitData(points, {}), Subset::kTest, Scaled(0, 1));
  const LinearModel linear;
  const auto errors = ErrorsByCondition<double>(linear.model, test, Scaled(0, 1).y, linear.theta, 1);
  EXPECT_TRUE(std::isnan(errors[0].RelativeSlope()));
  EXPECT_TRUE(std::isnan(Summarise(errors, 1, false).relative_slope_mean));
}

// Of x = 0, 3, 3, 1 the intervals are [0, 1] and [1, 3].
TEST(ErrorsByCondition, SlopesAreBetweenNeighboursAndWeighedByTheirDistance) {
  const ConditionedData data = TestData({.x = TableOf(1, {0, 0, 0, 3, 3, 1}),
                                         .condition = TableOf(1, {0, 1, 2}),
                                         .y = TableOf(1, {0, 0, 0, 9, 9, 2}),
                                         .group = {0, 1, 2, 2, 2, 2},
                                         .split = {0, 1, 2, 2, 2, 2}});
  const SubsetSamples<double> all(data, SplitData(data, {}), Subset::kTest, Scaled(0, 1));
  LinearModel linear;
  linear.theta << 1, 0;
  const ConditionError error = ErrorsByCondition<double>(linear.model, all, Scaled(0, 1).y, linear.theta, 1)[0];
  EXPECT_EQ(error.intervals, 2);
  EXPECT_THAT(error.squared_slope, DoubleEq(4.0 + 49.0 / 2));
  EXPECT_THAT(error.squared_slope_error, DoubleEq(1.0 + 25.0 / 2));
}

// Two outputs, y = (x, 4 - 2 x) with the samples in another order than their x, where the model says 0: its error's
// slopes are those of y, in units of which the second column has three.
TEST(ErrorsByCondition, SlopesAreSummedOverOutputsInTheirUnits) {
  const ConditionedData data = TestData({.x = TableOf(1, {0, 0, 3, 0, 1}),
                                         .condition = TableOf(1, {0, 1, 2}),
                                         .y = TableOf(2, {0, 4, 0, 4, 3, -2, 0, 4, 1, 2}),
                                         .group = {0, 1, 2, 2, 2},
                                         .split = {0, 1, 2, 2, 2}});
  Standardisation scaling = Scaled(0, 1);
  scaling.y = {.mean = {0, 1}, .scale = {1, 3}};
  const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling);
  const Model model = Concat({.sizes = {2, 2}, .has_bias = false}, 1);
  const Vector<double> theta = Vector<double>::Zero(4);
  const ConditionError error = ErrorsByCondition<double>(model, test, scaling.y, theta, 1)[0];
  EXPECT_EQ(error.intervals, 2);
  EXPECT_THAT(error.squared_slope, DoubleNear(1 + 4 + (4 + 16) / 2.0, 1e-12));
  EXPECT_THAT(error.squared_slope_error, DoubleNear(error.squared_slope, 1e-12));
  ConditionError twice = error;
  twice += error;
  EXPECT_EQ(twice.intervals, 4);
  EXPECT_EQ(twice.squared_slope, 2 * error.squared_slope);
  EXPECT_EQ(twice.squared_slope_error, 2 * error.squared_slope_error);
}

TEST(ErrorsByCondition, TakeTheMeanOfYIntoAccount) {
  const ConditionedData data = Line(3);
  const Standardisation scaling = Scaled(/*y_mean=*/7, /*y_scale=*/2);
  const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling);
  const LinearModel linear;  // says 7
  const auto errors = ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 1);
  EXPECT_THAT(errors[0].squared_error_in_units, DoubleEq(23 * 23 + 24 * 24 + 25 * 25));
  EXPECT_THAT(errors[0].squared_target_in_units, DoubleEq(900 + 961 + 1024));
}

// More samples than are looked at together, on both sides of the end of a condition.
TEST(ErrorsByCondition, AreTheSameHoweverSamplesAreBatched) {
  for (const std::int64_t points : {1000, 2047, 2048, 2049, 5000}) {
    SCOPED_TRACE(points);
    const ConditionedData data = Line(points);
    const Standardisation scaling = Scaled(0, 1);
    const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling);
    LinearModel linear;
    linear.theta << 1, 9;
    const auto one = ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 1);
    EXPECT_EQ(one[0].samples, points);
    EXPECT_EQ(one[1].samples, points);
    EXPECT_THAT(one[0].squared_error_in_units, DoubleNear(9.0 * static_cast<double>(points), 1e-6));
    EXPECT_THAT(one[1].squared_error_in_units, DoubleNear(16.0 * static_cast<double>(points), 1e-6));
    EXPECT_EQ(one, ErrorsByCondition<double>(linear.model, test, scaling.y, linear.theta, 2));
  }
}

TEST(ErrorsByCondition, CountLabels) {
  const ConditionedData data = TestData({.x = TableOf(1, {0, 1, 2, 3, -2}),
                                         .condition = TableOf(1, {0, 0, 1, 3, 3}),
                                         .y = TableOf(1, {4, 5, 4, 5, 5}),
                                         .split = {0, 0, 1, 2, 2}});
  const Standardisation scaling = Scaled(0, 1);
  const SubsetSamples<double> test(data, SplitData(data, {}), Subset::kTest, scaling, {4, 5});
  const Model model = Concat({.sizes = {2, 2}, .has_bias = false}, 1);
  Vector<double> theta(4);
  theta << 0, 1, 0, 0;  // outputs 0 and x: class 5 where x > 0
  const auto errors = ErrorsByCondition<double>(model, test, scaling.y, theta, 1);
  ASSERT_EQ(errors.size(), 1u);
  EXPECT_EQ(errors[0].wrong, 1);
  EXPECT_THAT(errors[0].cross_entropy, DoubleNear(std::log(1 + std::exp(-3)) + std::log(1 + std::exp(2)), 1e-12));
  theta.setZero();  // equal outputs: the first class
  EXPECT_EQ(ErrorsByCondition<double>(model, test, scaling.y, theta, 1)[0].wrong, 2);
  theta.setConstant(std::numeric_limits<double>::quiet_NaN());
  EXPECT_EQ(ErrorsByCondition<double>(model, test, scaling.y, theta, 1)[0].wrong, 2);
}

TEST(ErrorSummary, HasMeansAndTheQuantile) {
  std::vector<ConditionError> errors;
  for (Index g = 1; g <= 40; ++g) {
    const auto relative = static_cast<double>(g);
    errors.push_back({.condition_id = g,
                      .samples = 2,
                      .squared_error = 8,
                      .squared_error_in_units = relative * relative,
                      .squared_target_in_units = 1});
  }
  const ErrorSummary summary = Summarise(errors, /*outputs=*/2, /*has_labels=*/false);
  EXPECT_THAT(summary.mean_squared, DoubleEq(2));
  EXPECT_THAT(summary.root_mean_squared, DoubleEq(std::sqrt(40.0 * 41 * 81 / 6 / 160)));
  EXPECT_THAT(summary.relative_l2_mean, DoubleEq(20.5));
  EXPECT_EQ(summary.relative_l2_quantile, 38);  // 38 of 40 are 95 %
  EXPECT_TRUE(std::isnan(summary.error_rate));
}

TEST(ErrorSummary, OfLabelsHasRates) {
  const ErrorSummary summary = Summarise({{.condition_id = 0, .samples = 3, .cross_entropy = 1, .wrong = 1},
                                          {.condition_id = 1, .samples = 1, .cross_entropy = 3, .wrong = 1}},
                                         /*outputs=*/5,
                                         /*has_labels=*/true);
  EXPECT_EQ(summary.error_rate, 0.5);
  EXPECT_EQ(summary.cross_entropy, 1);
  EXPECT_TRUE(std::isnan(summary.mean_squared));
}

TEST(ErrorSummary, IsThereFromOneSampleOn) {
  EXPECT_TRUE(std::isnan(Summarise({}, 1, true).error_rate));
  EXPECT_TRUE(std::isnan(Summarise({}, 1, false).mean_squared));
  EXPECT_TRUE(std::isnan(Summarise({}, 1, false).relative_l2_quantile));
  EXPECT_EQ(Summarise({{.samples = 1, .wrong = 1}}, 1, true).error_rate, 1);
}

TEST(ConditionError, OfZeroIsZeroOrInfinite) {
  EXPECT_EQ(ConditionError{}.RelativeL2(), 0);
  EXPECT_EQ(ConditionError{.squared_error_in_units = 1}.RelativeL2(), std::numeric_limits<double>::infinity());
}

}  // namespace
}  // namespace hyperwidth
