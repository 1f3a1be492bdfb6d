// SPDX-License-Identifier: Apache-2.0
#include "training/loss.h"

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

TEST(CrossEntropy, OfEqualOutputsIsTheLogarithmOfTheirNumber) {
  const LossSum sum = EvaluateLoss<double>(
      Loss::kCrossEntropy, Matrix<double>::Constant(12, 3, 7.0), LabelBatch({0, 5, 11}), 3, nullptr);
  EXPECT_NEAR(sum.loss, 3 * std::log(12.0), 1e-14);
  EXPECT_EQ(sum.samples, 3);
}

TEST(CrossEntropy, CountsSamplesWhoseLargestOutputIsNotTheLabels) {
  Matrix<double> outputs(2, 3);
  outputs << 1, 0, 0.4,  //
      0, 1, 0.6;
  EXPECT_EQ(EvaluateLoss<double>(Loss::kCrossEntropy, outputs, LabelBatch({0, 0, 1}), 3, nullptr).wrong, 1);
}

TEST(CrossEntropy, HugeOutputsDoNotOverflow) {
  Matrix<float> outputs(2, 1);
  outputs << 3e38f, -3e38f;
  TrainingBatch<float> batch;
  batch.labels = Eigen::VectorXi::Zero(1);
  Matrix<float> gradient;
  EXPECT_EQ(EvaluateLoss<float>(Loss::kCrossEntropy, outputs, batch, 1, &gradient).loss, 0.0);
  EXPECT_EQ(gradient.norm(), 0.0f);
}

TEST(CrossEntropy, NotANumberReachesTheLoss) {
  Matrix<double> outputs = Matrix<double>::Zero(3, 2);
  outputs(1, 1) = std::numeric_limits<double>::quiet_NaN();
  EXPECT_TRUE(std::isnan(EvaluateLoss<double>(Loss::kCrossEntropy, outputs, LabelBatch({0, 0}), 2, nullptr).loss));
}

TEST(CrossEntropy, GradientAgreesWithFiniteDifferences) {
  const TrainingBatch<double> batch = LabelBatch({3, 0, 1, 1});
  const Matrix<double> outputs = Matrix<double>::Random(4, 4) * 3;
  constexpr Index kSamplesInStep = 10;  // these four are part of a step of ten
  Matrix<double> gradient;
  EvaluateLoss<double>(Loss::kCrossEntropy, outputs, batch, kSamplesInStep, &gradient);
  const auto mean = [&](const Vector<double>& point) {
    const Matrix<double> moved = point.reshaped(4, 4);
    return EvaluateLoss<double>(Loss::kCrossEntropy, moved, batch, 1, nullptr).loss / kSamplesInStep;
  };
  EXPECT_LT(RelativeError(gradient.reshaped(), FiniteDifferenceGradient(mean, outputs.reshaped())), 1e-6);
}

TEST(CrossEntropy, LabelsOutsideTheOutputsAreRefused) {
  const Matrix<double> outputs = Matrix<double>::Zero(12, 1);
  ExpectRefused([&] { EvaluateLoss<double>(Loss::kCrossEntropy, outputs, LabelBatch({12}), 1, nullptr); },
                "label 12, accepted: 0 to 11");
  ExpectRefused([&] { EvaluateLoss<double>(Loss::kCrossEntropy, outputs, LabelBatch({-1}), 1, nullptr); }, "label -1");
  ExpectRefused([&] { EvaluateLoss<double>(Loss::kCrossEntropy, outputs, LabelBatch({}), 1, nullptr); }, "0 labels");
}

TEST(MeanSquaredError, IsTheMeanOverOutputsSummedOverSamples) {
  TrainingBatch<double> batch;
  batch.targets.resize(2, 2);
  batch.targets << 1, 2,  //
      3, 4;
  const LossSum sum = EvaluateLoss<double>(Loss::kMeanSquaredError, Matrix<double>::Zero(2, 2), batch, 2, nullptr);
  EXPECT_DOUBLE_EQ(sum.loss, (1 + 9) / 2.0 + (4 + 16) / 2.0);
  EXPECT_EQ(sum.wrong, 0);
}

TEST(MeanSquaredError, GradientAgreesWithFiniteDifferences) {
  TrainingBatch<double> batch;
  batch.targets = Matrix<double>::Random(3, 4);
  const Matrix<double> outputs = Matrix<double>::Random(3, 4);
  constexpr Index kSamplesInStep = 9;
  Matrix<double> gradient;
  EvaluateLoss<double>(Loss::kMeanSquaredError, outputs, batch, kSamplesInStep, &gradient);
  const auto mean = [&](const Vector<double>& point) {
    const Matrix<double> moved = point.reshaped(3, 4);
    return EvaluateLoss<double>(Loss::kMeanSquaredError, moved, batch, 1, nullptr).loss / kSamplesInStep;
  };
  EXPECT_LT(RelativeError(gradient.reshaped(), FiniteDifferenceGradient(mean, outputs.reshaped())), 1e-6);
}

TEST(MeanSquaredError, TargetsOfAnotherShapeAreRefused) {
  TrainingBatch<double> batch;
  batch.targets = Matrix<double>::Zero(2, 3);
  ExpectRefused([&] { EvaluateLoss<double>(Loss::kMeanSquaredError, Matrix<double>::Zero(3, 2), batch, 1, nullptr); },
                "targets are [2, 3], accepted: the outputs' shape [3, 2]");
}

}  // namespace
}  // namespace hyperwidth
