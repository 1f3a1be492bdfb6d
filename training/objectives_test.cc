// SPDX-License-Identifier: Apache-2.0
#include "training/objectives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <stdexcept>

#include "models/gradient_check.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;

TrainingBatch<double> LabelBatch(std::initializer_list<int> labels) {
  TrainingBatch<double> batch;
  batch.labels.resize(static_cast<Index>(labels.size()));
  std::copy(labels.begin(), labels.end(), batch.labels.data());
  return batch;
}

void ExpectRefused(const std::function<void()>& call, const char* part) {
  try {
    call();
  } catch (const std::invalid_argument& error) {
    EXPECT_THAT(error.what(), HasSubstr(part));
    return;
  }
  ADD_FAILURE() << "nothing was thrown";
}

// The gradient of the mean against finite differences of the mean, both computed by the objective.
void ExpectGradientOfTheMean(const Objective<double>& objective,
                             const Matrix<double>& outputs,
                             const TrainingBatch<double>& batch) {
  Matrix<double> gradient = Matrix<double>::Constant(outputs.rows(), outputs.cols(), 1e9);
  const LossSum with_gradient = objective.Evaluate(outputs, batch, gradient);
  EXPECT_EQ(objective.Evaluate(outputs, batch), with_gradient);
  EXPECT_EQ(with_gradient.samples, outputs.cols());
  const auto mean = [&](const Vector<double>& point) {
    const Matrix<double> moved = point.reshaped(outputs.rows(), outputs.cols());
    return objective.Evaluate(moved, batch).Mean();
  };
  EXPECT_LT(RelativeError(gradient.reshaped(), FiniteDifferenceGradient(mean, outputs.reshaped())), 1e-6);
}

TEST(LossSum, AddsUpAndHasNoMeanWithoutTerms) {
  LossSum sum{.loss = 1, .terms = 2, .wrong = 1, .samples = 5};
  sum += {.loss = 2, .terms = 4, .wrong = 3, .samples = 10};
  EXPECT_EQ(sum, (LossSum{.loss = 3, .terms = 6, .wrong = 4, .samples = 15}));
  EXPECT_EQ(sum.Mean(), 0.5);
  EXPECT_TRUE(std::isnan(LossSum{}.Mean()));
}

TEST(Objective, AGradientOfAnotherShapeIsRefused) {
  Matrix<double> gradient(2, 3);
  ExpectRefused(
      [&] {
        CrossEntropy<double>().Evaluate(Matrix<double>::Zero(3, 2), LabelBatch({0, 0}), gradient);
      },
      "cross-entropy: the gradient is [2, 3], accepted: the outputs' shape [3, 2]");
}

TEST(CrossEntropy, OfEqualOutputsIsTheLogarithmOfTheirNumber) {
  const LossSum sum = CrossEntropy<double>().Evaluate(Matrix<double>::Constant(12, 3, 7.0), LabelBatch({0, 5, 11}));
  EXPECT_NEAR(sum.loss, 3 * std::log(12.0), 1e-14);
  EXPECT_EQ(sum.terms, 3);
  EXPECT_EQ(sum.samples, 3);
}

TEST(CrossEntropy, CountsSamplesWhoseLargestOutputIsNotTheLabels) {
  Matrix<double> outputs(2, 3);
  outputs << 1, 0, 0.4,  //
      0, 1, 0.6;
  EXPECT_EQ(CrossEntropy<double>().Evaluate(outputs, LabelBatch({0, 0, 1})).wrong, 1);
}

TEST(CrossEntropy, HugeOutputsDoNotOverflow) {
  Matrix<float> outputs(2, 1);
  outputs << 3e38f, -3e38f;
  TrainingBatch<float> batch;
  batch.labels = Eigen::VectorXi::Zero(1);
  Matrix<float> gradient(2, 1);
  EXPECT_EQ(CrossEntropy<float>().Evaluate(outputs, batch, gradient).loss, 0.0);
  EXPECT_EQ(gradient.norm(), 0.0f);
}

TEST(CrossEntropy, NotANumberReachesTheLoss) {
  Matrix<double> outputs = Matrix<double>::Zero(3, 2);
  outputs(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(CrossEntropy<double>().Evaluate(outputs, LabelBatch({0, 0})).loss));
}

TEST(CrossEntropy, GradientAgreesWithFiniteDifferences) {
  ExpectGradientOfTheMean(CrossEntropy<double>(), Matrix<double>::Random(4, 5) * 3, LabelBatch({3, 0, 1, 1, 2}));
}

TEST(CrossEntropy, LabelsOutsideTheOutputsAreRefused) {
  const CrossEntropy<double> objective;
  const Matrix<double> outputs = Matrix<double>::Zero(12, 1);
  ExpectRefused([&] { objective.Evaluate(outputs, LabelBatch({12})); }, "label 12, accepted: 0 to 11");
  ExpectRefused([&] { objective.Evaluate(outputs, LabelBatch({-1})); }, "label -1");
  ExpectRefused([&] { objective.Evaluate(outputs, LabelBatch({})); }, "0 labels");
}

TEST(MeanSquaredError, IsTheMeanOverOutputsSummedOverSamples) {
  TrainingBatch<double> batch;
  batch.targets.resize(2, 2);
  batch.targets << 1, 2,  //
      3, 4;
  const LossSum sum = MeanSquaredError<double>().Evaluate(Matrix<double>::Zero(2, 2), batch);
  EXPECT_DOUBLE_EQ(sum.loss, (1 + 9) / 2.0 + (4 + 16) / 2.0);
  EXPECT_EQ(sum.terms, 2);
  EXPECT_EQ(sum.wrong, 0);
}

TEST(MeanSquaredError, GradientAgreesWithFiniteDifferences) {
  TrainingBatch<double> batch;
  batch.targets = Matrix<double>::Random(3, 4);
  ExpectGradientOfTheMean(MeanSquaredError<double>(), Matrix<double>::Random(3, 4), batch);
}

TEST(MeanSquaredError, TargetsOfAnotherShapeAreRefused) {
  TrainingBatch<double> batch;
  batch.targets = Matrix<double>::Zero(2, 3);
  ExpectRefused([&] { MeanSquaredError<double>().Evaluate(Matrix<double>::Zero(3, 2), batch); },
                "mse: the targets are [2, 3], accepted: the outputs' shape [3, 2]");
}

}  // namespace
}  // namespace hyperwidth
