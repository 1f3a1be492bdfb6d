// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/prediction_errors.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <utility>

#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::DoubleEq;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

TEST(PredictionErrors, OfRealNumbersAreOverAllSamplesAndByCondition) {
  // Rows of the file in another order than by condition: I = 8, 9, 8, 7.
  const ConditionedData data = TestData({.x = TableOf(1, {1, 2, 3, 4}),
                                         .condition = TableOf(1, {8, 9, 8, 7}),
                                         .y = TableOf(2, {3, 4, 0, 0, 0, 12, 1, 0})});
  Matrix<double> outputs(2, 4);
  outputs.transpose() << 3, 4, 2, 0, 5, 12, 1, 1;
  const PredictionErrors errors = ErrorsOf({}, data, outputs);
  ASSERT_TRUE(errors.mean_squared_error);
  EXPECT_DOUBLE_EQ(*errors.mean_squared_error, (4 + 25 + 1) / 8.0);
  EXPECT_THAT(errors.relative_l2, ElementsAre(DoubleEq(5 / 13.0), DoubleEq(1)));  // of 8 and 7
  EXPECT_EQ(errors.zero_conditions, 1);                                           // 9
  EXPECT_FALSE(errors.error_rate);
}

TEST(PredictionErrors, OfClassesAreTheShareOfOtherLabels) {
  const ConditionedData data =
      TestData({.x = TableOf(1, {1, 2, 3, 4}), .condition = TableOf(1, {8, 9, 8, 7}), .y = TableOf(1, {5, 6, 6, 11})});
  ConditionedModel model;
  model.classes = {5, 6};
  Matrix<double> logits(2, 4);
  logits.transpose() << 2, 1, 0, 1, 1, 0, 0, 1;  // 5, 6, 5, 6
  const PredictionErrors errors = ErrorsOf(model, data, logits);
  ASSERT_TRUE(errors.error_rate);
  EXPECT_DOUBLE_EQ(*errors.error_rate, 0.5);
  EXPECT_FALSE(errors.mean_squared_error);
  EXPECT_TRUE(errors.relative_l2.empty());
}

TEST(PredictionErrors, NeedYOfTheModelsColumns) {
  const ConditionedData data = GridData(2, 3);
  const auto refusal = [&](const ConditionedModel& model, Index outputs) {
    try {
      ErrorsOf(model, data, Matrix<double>::Zero(outputs, 6));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_EQ(refusal({}, 2), "data: y: found 1 columns; accepted: 2, as the model was trained with");
  EXPECT_THROW(ErrorsOf({}, data, Matrix<double>::Zero(1, 5)), std::invalid_argument);
  NamedArrays arrays;
  arrays.emplace("x", TableOf(1, {1, 2}));
  arrays.emplace("I", TableOf(1, {1, 2}));
  const ConditionedData inputs = ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional);
  EXPECT_THROW(ErrorsOf({}, inputs, Matrix<double>::Zero(1, 2)), std::runtime_error);
}

}  // namespace
}  // namespace hyperwidth
