// SPDX-License-Identifier: Apache-2.0
#include "tools/prediction_output.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>

#include "training/arrays/npy.h"
#include "training/arrays/npz.h"
#include "training/arrays/test_files.h"
#include "training/conditioned_data/test_data.h"

namespace hyperwidth {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::filesystem::path InFolder(const std::string& name) { return std::filesystem::path(::testing::TempDir()) / name; }

ConditionedData Rows() {
  return TestData({.x = TableOf(1, {1, 2, 3}), .condition = TableOf(1, {4, 5, 4}), .y = TableOf(1, {6, 7, 8})});
}

Matrix<double> Outputs(Index rows, Index columns) {
  Matrix<double> outputs(rows, columns);
  for (Index i = 0; i < outputs.size(); ++i) outputs.data()[i] = static_cast<double>(i) + 0.5;
  return outputs;
}

TEST(WritePredictions, HasTheShapeOfYInTheData) {
  using Shape = std::vector<std::int64_t>;
  const auto shape_of = [](const ConditionedData& data, Index outputs) {
    WritePredictions(InFolder("y.npy"), {}, data, Outputs(outputs, data.samples()));
    const NumericArray y = ReadNpy(InFolder("y.npy"));
    for (std::int64_t i = 0; i < y.size(); ++i)
      EXPECT_EQ(Numbers(y)[static_cast<std::size_t>(i)], static_cast<double>(i) + 0.5);
    return y.shape();
  };
  EXPECT_EQ(shape_of(Rows(), 1), (Shape{3, 1}));
  EXPECT_EQ(shape_of(Rows(), 2), (Shape{3, 2}));
  EXPECT_EQ(shape_of(GridData(2, 4), 1), (Shape{2, 4}));
  EXPECT_EQ(shape_of(GridData(2, 4), 3), (Shape{2, 4, 3}));
}

TEST(WritePredictions, OfNumbersIsYInEveryForm) {
  WritePredictions(InFolder("y.npz"), {}, Rows(), Outputs(2, 3));
  const NpzFile archive(InFolder("y.npz"));
  EXPECT_THAT(archive.names(), ElementsAre("y"));
  EXPECT_THAT(Numbers(archive.Read("y")), ElementsAre(0.5, 1.5, 2.5, 3.5, 4.5, 5.5));
  WritePredictions(InFolder("y.csv"), {}, Rows(), Outputs(2, 3));
  EXPECT_EQ(TestFileBytes(InFolder("y.csv")), "y_0,y_1\n0.5,1.5\n2.5,3.5\n4.5,5.5\n");
}

TEST(WritePredictions, OfClassesAreLabelsBesideTheLogits) {
  ConditionedModel model;
  model.classes = {7, 9};
  Matrix<double> logits(2, 3);
  logits << 1, -2, 3, 0.5, 2, 4;
  WritePredictions(InFolder("y.npz"), model, Rows(), logits);
  const NpzFile archive(InFolder("y.npz"));
  EXPECT_THAT(archive.names(), ElementsAre("logits", "y"));
  EXPECT_THAT(Numbers(archive.Read("y")), ElementsAre(7, 9, 9));
  EXPECT_THAT(Numbers(archive.Read("logits")), ElementsAre(1, 0.5, -2, 2, 3, 4));
  EXPECT_EQ(archive.Read("logits").shape(), (std::vector<std::int64_t>{3, 2}));
  WritePredictions(InFolder("y.csv"), model, Rows(), logits);
  EXPECT_EQ(TestFileBytes(InFolder("y.csv")), "y_0,logit_0,logit_1\n7,1,0.5\n9,-2,2\n9,3,4\n");
  WritePredictions(InFolder("y.npz"), model, GridData(1, 3), logits);
  EXPECT_EQ(NpzFile(InFolder("y.npz")).Read("y").shape(), (std::vector<std::int64_t>{1, 3}));
  EXPECT_EQ(NpzFile(InFolder("y.npz")).Read("logits").shape(), (std::vector<std::int64_t>{1, 3, 2}));
}

TEST(WritePredictions, RefusesOtherForms) {
  EXPECT_EQ(MessageOf([] { RequirePredictionFormat("y.txt"); }),
            "--out: found 'y.txt', accepted: FILE.npz, FILE.npy, FILE.csv");
  EXPECT_THAT(MessageOf([] { WritePredictions("/nowhere/y.csv", {}, Rows(), Outputs(1, 3)); }),
              HasSubstr("/nowhere/y.csv"));
}

TEST(ErrorsText, SaysWhatThereIs) {
  EXPECT_EQ(ErrorsText({.error_rate = 0.125}), "error rate: 12.5 %\n");
  EXPECT_EQ(ErrorsText({.mean_squared_error = 0.5, .relative_l2 = {0, 1}, .zero_conditions = 0}),
            "mean squared error: 0.5; relative L2 error of a condition: mean 0.5, 95 % quantile 0.95\n");
  EXPECT_EQ(ErrorsText({.mean_squared_error = 2, .zero_conditions = 3}),
            "mean squared error: 2; 3 conditions, whose y is 0, have no relative error\n");
}

}  // namespace
}  // namespace hyperwidth
