// SPDX-License-Identifier: Apache-2.0
#include "training/conditioned_model/predict.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "models/graph/interpreter.h"
#include "models/random_stream.h"
#include "training/conditioned_data/test_data.h"
#include "training/conditioned_model/test_model.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// What x, I and y of a test have, entry by entry.
NumericArray Random(std::int64_t rows, std::int64_t columns, std::uint64_t seed) {
  RandomStream random(seed);
  return TableOf(columns, TestNumbers(rows * columns, -3, 3, random));
}

NumericArray KnownOf(const ConditionedModel& model) {
  return TableOf(model.sizes.condition_size, model.known_conditions);
}

struct Inputs {
  NumericArray x, condition;
  std::vector<std::int64_t> group = {};
};

ConditionedData DataOf(Inputs inputs) {
  NamedArrays arrays;
  arrays.emplace("x", std::move(inputs.x));
  arrays.emplace("I", std::move(inputs.condition));
  if (!inputs.group.empty()) {
    arrays.emplace(
        "group",
        NumericArray::Of<std::int64_t>({std::ssize(inputs.group)}, std::span<const std::int64_t>(inputs.group)));
  }
  return ConditionedData::FromArrays(std::move(arrays), "data", Targets::kOptional);
}

// One sample by plain loops in double, from what the user has to what the user wants.
Vector<double> Reference(const ConditionedModel& model, std::vector<double> x, std::vector<double> condition) {
  const Model network = model.MakeModel();
  SampleInputs inputs;
  if (network.graph.condition_count() > 0) inputs.condition_id = KnownConditions(model).IdOf(condition);
  for (std::size_t c = 0; c < x.size(); ++c) {
    x[c] = (x[c] - model.standardisation.x.mean[c]) / model.standardisation.x.scale[c];
  }
  for (std::size_t c = 0; c < condition.size(); ++c) {
    condition[c] = (condition[c] - model.standardisation.condition.mean[c]) / model.standardisation.condition.scale[c];
  }
  inputs.x = Eigen::Map<const Vector<double>>(x.data(), std::ssize(x));
  if (network.graph.condition_size() > 0) {
    inputs.condition = Eigen::Map<const Vector<double>>(condition.data(), std::ssize(condition));
  }
  Vector<double> y = Interpreter(network).Forward(model.theta.cast<double>(), inputs);
  for (Index c = 0; model.classes.empty() && c < y.size(); ++c) {
    const auto column = static_cast<std::size_t>(c);
    y[c] = y[c] * model.standardisation.y.scale[column] + model.standardisation.y.mean[column];
  }
  return y;
}

std::vector<double> Row(const NumericArray& array, std::int64_t row) {
  std::vector<double> entries(static_cast<std::size_t>(array.row_size()));
  array.CopyTo<double>(row * array.row_size(), entries);
  return entries;
}

// Of a float network with some tens of terms in each sum, and outputs of the order of 1.
constexpr double kRounding = 1e-5;

// Row `row` of the file is x `x` under condition `condition`.
void ExpectRow(const ConditionedModel& model,
               const Matrix<double>& outputs,
               std::int64_t row,
               const std::vector<double>& x,
               const std::vector<double>& condition) {
  const Vector<double> expected = Reference(model, x, condition);
  ASSERT_EQ(outputs.rows(), expected.size());
  EXPECT_LT((outputs.col(row) - expected).cwiseAbs().maxCoeff(), kRounding) << "row " << row;
}

TEST(Predict, SaysWhatEverySchemeDoesForEveryLayout) {
  for (const std::string& scheme : AllSchemeNames()) {
    SCOPED_TRACE(scheme);
    const ConditionedModel model = TestModel(scheme);
    const NumericArray conditions = scheme == "table" ? KnownOf(model) : Random(4, 5, 2);
    const NumericArray points = Random(6, 3, 3);

    const std::vector<std::int64_t> group = {3, 0, 3, 1, 0, 3};  // none of condition 2
    const Matrix<double> of_groups =
        Predict(model, DataOf({.x = points.Clone(), .condition = conditions.Clone(), .group = group}));
    ASSERT_EQ(of_groups.cols(), 6);
    for (std::int64_t row = 0; row < 6; ++row) {
      ExpectRow(model, of_groups, row, Row(points, row), Row(conditions, group[static_cast<std::size_t>(row)]));
    }

    const Matrix<double> of_grid = Predict(model, DataOf({.x = points.Clone(), .condition = conditions.Clone()}));
    ASSERT_EQ(of_grid.cols(), 24);
    for (std::int64_t row = 0; row < 24; ++row) {
      ExpectRow(model, of_grid, row, Row(points, row % 6), Row(conditions, row / 6));
    }

    std::vector<double> repeated;
    for (const std::int64_t g : group) {
      for (const double number : Row(conditions, g)) repeated.push_back(number);
    }
    const Matrix<double> of_rows = Predict(model, DataOf({.x = points.Clone(), .condition = TableOf(5, repeated)}));
    ASSERT_EQ(of_rows.cols(), 6);
    for (std::int64_t row = 0; row < 6; ++row) {
      ExpectRow(model, of_rows, row, Row(points, row), Row(conditions, group[static_cast<std::size_t>(row)]));
    }
  }
}

TEST(Predict, HasTheSameBitsForAnyNumberOfThreads) {
  SchemeSizes sizes = TestSizes();
  sizes.primary_hidden = {64, 64};  // large enough to be shared
  for (const std::string scheme : {"hypernetwork", "embedding", "film"}) {
    const ConditionedModel model = TestModel(scheme, sizes);
    const ConditionedData data = DataOf({.x = Random(70, 3, 2), .condition = Random(300, 5, 3)});
    const Matrix<double> alone = Predict(model, data, 1);
    for (const int threads : {2, 5}) EXPECT_EQ(Predict(model, data, threads), alone) << scheme << ", " << threads;
  }
}

TEST(Predict, GoesThroughTheSamplesInBlocksOfBoundedSize) {
  const auto blocks_of = [](const ConditionedModel& model, const ConditionedData& data) {
    std::vector<Index> sizes;
    std::int64_t next = 0;
    const Matrix<double> all = Predict(model, data);
    PredictInBlocks(model, data, [&](std::int64_t first, const Matrix<double>& outputs) {
      EXPECT_EQ(first, next);
      next += outputs.cols();
      EXPECT_EQ(outputs, all.middleCols(first, outputs.cols()));
      sizes.push_back(outputs.cols());
    });
    EXPECT_EQ(next, data.samples());
    return sizes;
  };
  const ConditionedModel model = TestModel("hypernetwork");
  // One condition is cut; many are not all taken at once.
  EXPECT_THAT(blocks_of(model, DataOf({.x = Random(5000, 3, 1), .condition = Random(2, 5, 2)})),
              ElementsAre(4096, 4096, 1808));
  EXPECT_THAT(blocks_of(model, DataOf({.x = Random(2, 3, 1), .condition = Random(300, 5, 2)})), ElementsAre(512, 88));
  // 2^24 numbers are the 1,659,302 generated weights of ten conditions, with two points each.
  SchemeSizes wide = TestSizes();
  wide.condition_hidden = {};
  wide.condition_size = 1;
  wide.primary_hidden = {1500, 1100};
  EXPECT_THAT(blocks_of(TestModel("hypernetwork", wide), DataOf({.x = Random(2, 3, 1), .condition = Random(13, 1, 2)})),
              ElementsAre(20, 6));
}

TEST(Predict, SaysOfLaterBlocksWhatItSaysOfTheFirst) {
  const ConditionedModel model = TestModel("film");
  const NumericArray points = Random(5000, 3, 1), conditions = Random(2, 5, 2);
  const Matrix<double> one_long = Predict(model, DataOf({.x = points.Clone(), .condition = conditions.Clone()}));
  for (const std::int64_t row : {4095, 4096, 4999, 5000, 8192, 9999}) {
    ExpectRow(model, one_long, row, Row(points, row % 5000), Row(conditions, row / 5000));
  }
  const NumericArray many = Random(600, 5, 3), few = Random(2, 3, 4);
  const Matrix<double> many_short = Predict(model, DataOf({.x = few.Clone(), .condition = many.Clone()}));
  for (const std::int64_t row : {511, 512, 1023, 1199}) {
    ExpectRow(model, many_short, row, Row(few, row % 2), Row(many, row / 2));
  }
}

TEST(Predict, StandardisesBeforeItRounds) {
  // x is one of 10^9 + 0, 1, 2, ..: no float, but standardised it is.
  SchemeSizes sizes = TestSizes();
  sizes.x_size = 1;
  ConditionedModel model = TestModel("film", sizes);
  model.standardisation.x = {.mean = {1e9}, .scale = {1}};
  const ConditionedData data = DataOf({.x = TableOf(1, {1e9, 1e9 + 1, 1e9 + 2}), .condition = Random(1, 5, 2)});
  const Matrix<double> outputs = Predict(model, data);
  for (std::int64_t row = 0; row < 3; ++row) {
    ExpectRow(model, outputs, row, {1e9 + static_cast<double>(row)}, Row(Random(1, 5, 2), 0));
  }
}

TEST(Predict, LeavesLogitsOfClassesAsTheyAre) {
  ConditionedModel model = TestModel("film");
  model.classes = {3, -1};
  const NumericArray x = Random(4, 3, 1), condition = Random(1, 5, 2);
  const Matrix<double> logits = Predict(model, DataOf({.x = x.Clone(), .condition = condition.Clone()}));
  for (std::int64_t row = 0; row < 4; ++row) ExpectRow(model, logits, row, Row(x, row), Row(condition, 0));
}

TEST(LargestClass, IsTheFirstLabelWithTheLargestLogit) {
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  ConditionedModel model;
  model.classes = {7, 5, 6};
  Matrix<double> logits(3, 5);
  logits.transpose() << 1, 2, 3, -1, -1, -2, 4, kNan, 5, kNan, -3, kNan, kNan, kNan, kNan;
  const Vector<double> labels = LargestClass(model, logits);
  EXPECT_EQ(labels[0], 6);
  EXPECT_EQ(labels[1], 7);
  EXPECT_EQ(labels[2], 6);
  EXPECT_EQ(labels[3], 5);
  EXPECT_TRUE(std::isnan(labels[4]));
  EXPECT_THROW(LargestClass(model, logits.topRows(2)), std::invalid_argument);
  EXPECT_THROW(LargestClass(ConditionedModel{}, logits), std::invalid_argument);
}

TEST(Predict, RefusesDataOfOtherColumnsAndConditionsThatATableDoesNotKnow) {
  const auto refusal = [](const std::string& scheme, NumericArray x, NumericArray condition) {
    try {
      Predict(TestModel(scheme), DataOf({.x = std::move(x), .condition = std::move(condition)}));
    } catch (const std::runtime_error& error) {
      return std::string(error.what());
    }
    return std::string("nothing was thrown");
  };
  EXPECT_EQ(refusal("film", Random(6, 4, 1), Random(2, 5, 1)),
            "data: x: found 4 columns; accepted: 3, as the model was trained with");
  EXPECT_EQ(refusal("film", Random(6, 3, 1), Random(2, 3, 1)),
            "data: I: found 3 columns; accepted: 5, as the model was trained with");
  EXPECT_THAT(refusal("table", Random(6, 3, 1), Random(2, 5, 1)),
              HasSubstr("data: I, condition 0: found a condition that the table has no column for"));
}

}  // namespace
}  // namespace hyperwidth
