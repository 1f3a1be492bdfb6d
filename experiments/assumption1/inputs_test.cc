// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/inputs.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/graph/graph.h"
#include "training/data/glyphs.h"

namespace hyperwidth {
namespace {

TrainTestImages Glyphs() {
  return {.train = DrawGlyphs(40, /*seed=*/3, Split::kTrain), .test = DrawGlyphs(30, /*seed=*/3, Split::kTest)};
}

TEST(ImageInputs, HaveMeanZeroAndDeviationOneOverTheTrainingImages) {
  const ImageInputs inputs(Glyphs());
  std::vector<Index> items(40);
  for (Index i = 0; i < 40; ++i) items[static_cast<std::size_t>(i)] = i;
  Matrix<float> x;
  inputs.Fill(Split::kTrain, items, x);
  ASSERT_EQ(x.rows(), 784);
  ASSERT_EQ(x.cols(), 40);
  const Matrix<double> exact = x.cast<double>();
  EXPECT_NEAR(exact.mean(), 0, 1e-6);
  EXPECT_NEAR(exact.squaredNorm() / static_cast<double>(exact.size()), 1, 1e-5);
}

TEST(ImageInputs, AreThePixelsOfTheItemsInTheirOrder) {
  const TrainTestImages glyphs = Glyphs();
  const ImageInputs inputs(glyphs);
  const PixelScale scale = MeasurePixelScale(glyphs.train);
  Matrix<float> x;
  inputs.Fill(Split::kTest, std::array<Index, 2>{29, 5}, x);
  for (const Index column : {0, 1}) {
    const auto image = glyphs.test.image(column == 0 ? 29 : 5);
    for (Index pixel = 0; pixel < 784; ++pixel) {
      const double grey = image[static_cast<std::size_t>(pixel)] / 255.0;
      ASSERT_NEAR(x(pixel, column), (grey - scale.mean) / scale.deviation, 1e-6);
    }
  }
}

TEST(NoiseInputs, AreUniformAndDependOnSeedSplitAndItemAlone) {
  const NoiseInputs inputs(100, 50, /*seed=*/4);
  EXPECT_EQ(inputs.count(Split::kTrain), 100);
  EXPECT_EQ(inputs.count(Split::kTest), 50);
  Matrix<float> pair, single, other;
  inputs.Fill(Split::kTrain, std::array<Index, 2>{7, 8}, pair);
  inputs.Fill(Split::kTrain, std::array<Index, 1>{8}, single);
  EXPECT_EQ(pair.col(1), single.col(0));
  EXPECT_NE(pair.col(0), pair.col(1));
  inputs.Fill(Split::kTest, std::array<Index, 1>{8}, other);
  EXPECT_NE(other, single);
  NoiseInputs(100, 50, /*seed=*/5).Fill(Split::kTrain, std::array<Index, 1>{8}, other);
  EXPECT_NE(other, single);

  std::vector<Index> items(100);
  for (Index i = 0; i < 100; ++i) items[static_cast<std::size_t>(i)] = i;
  inputs.Fill(Split::kTrain, items, pair);
  const Matrix<double> exact = pair.cast<double>();
  EXPECT_GE(exact.minCoeff(), -1);
  EXPECT_LT(exact.maxCoeff(), 1);
  // Six standard errors of the mean and of the mean square (whose variance is 1/5 - 1/9) of 78,400 numbers.
  EXPECT_NEAR(exact.mean(), 0, 6 * std::sqrt(1.0 / 3 / 78400));
  EXPECT_NEAR(exact.squaredNorm() / 78400, 1.0 / 3, 6 * std::sqrt(4.0 / 45 / 78400));
}

TEST(AnsweredInputs, GiveEachItemItsAnswer) {
  const NoiseInputs inputs(5, 5, 1);
  const Matrix<float> answers = Matrix<float>::Random(3, 5);
  const AnsweredInputs data(inputs, answers);
  EXPECT_EQ(data.size(), 5);
  TrainingBatch<float> batch;
  data.Fill(1, std::array<Index, 3>{4, 0, 2}, batch);
  EXPECT_EQ(batch.targets.col(0), answers.col(4));
  EXPECT_EQ(batch.targets.col(1), answers.col(0));
  EXPECT_EQ(batch.targets.col(2), answers.col(2));
  Matrix<float> x;
  inputs.Fill(Split::kTrain, std::array<Index, 3>{4, 0, 2}, x);
  EXPECT_EQ(batch.x, x);
  EXPECT_EQ(batch.samples(), 3);
  EXPECT_EQ(batch.conditions(), 1);
  EXPECT_THROW(AnsweredInputs(inputs, Matrix<float>::Random(3, 6)), std::invalid_argument);
}

TEST(MeanSquare, IsOverAllEntries) {
  Matrix<float> a(2, 3), b(2, 3);
  a << 1, 2, 3, 4, 5, 6;
  b << 1, 2, 3, 4, 7, 3;
  EXPECT_DOUBLE_EQ(MeanSquare(a, b), (4 + 9) / 6.0);
  // In single precision 2^24 + 1 is 2^24.
  a.setConstant(4096);
  a(0, 0) = 1;
  EXPECT_EQ(MeanSquare(a, Matrix<float>::Zero(2, 3)), (5 * 16777216.0 + 1) / 6);
}

// More inputs than are looked at together.
TEST(OutputsOn, AreThoseOfTheNetworkForEachInput) {
  ParameterLayout layout;
  Graph graph;
  const Value weights = graph.Parameter(layout.Add("w", 2, 784, Role::kPrimary, Initialization::Uniform(0.1)));
  const Value product = graph.Affine(weights, graph.X(784));
  const Model model{.name = "linear", .parameters = layout, .graph = graph, .output = product};
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  const NoiseInputs inputs(10, 601, 2);
  const Matrix<float> outputs = OutputsOn(model, theta, inputs, Split::kTest);
  ASSERT_EQ(outputs.cols(), 601);
  const Eigen::Map<const Matrix<float>> matrix(theta.data(), 2, 784);
  for (const Index item : {0, 249, 250, 600}) {
    Matrix<float> x;
    inputs.Fill(Split::kTest, std::array<Index, 1>{item}, x);
    EXPECT_LT((outputs.col(item) - matrix * x.col(0)).norm(), 1e-4) << item;
  }
}

}  // namespace
}  // namespace hyperwidth
