// SPDX-License-Identifier: Apache-2.0
#include "training/objectives.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <limits>
#include <numbers>
#include <stdexcept>
#include <string>

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

TEST(CrossEntropy, OfManyOutputsIsThatOfFew) {
  // 256 of them and more are computed in another place. Those far below the others change nothing.
  for (const Index outputs : {255, 256, 257, 1000}) {
    const Matrix<double> few = Matrix<double>::Random(5, 2);
    Matrix<double> many = Matrix<double>::Constant(outputs, 2, -1e4);
    many.bottomRows(5) = few;
    Matrix<double> few_gradient(5, 2), many_gradient(outputs, 2);
    const LossSum expected = CrossEntropy<double>().Evaluate(few, LabelBatch({0, 4}), few_gradient);
    const int first = static_cast<int>(outputs) - 5;
    const LossSum found = CrossEntropy<double>().Evaluate(many, LabelBatch({first, first + 4}), many_gradient);
    EXPECT_NEAR(found.loss, expected.loss, 1e-14);
    EXPECT_EQ(found.wrong, expected.wrong);
    EXPECT_LT((many_gradient.bottomRows(5) - few_gradient).norm(), 1e-14);
    EXPECT_EQ(many_gradient.topRows(outputs - 5).norm(), 0);
  }
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

// Groups of 3, 0, 1 and 4 samples, two outputs.
TrainingBatch<double> RaggedBatch() {
  TrainingBatch<double> batch;
  batch.group_starts = {0, 3, 3, 4, 8};
  batch.targets = Matrix<double>::Random(2, 8);
  return batch;
}

TEST(RelativeL2, IsTheMeanOverConditionsOfErrorsMeasuredByTheirTargets) {
  TrainingBatch<double> batch;
  batch.group_starts = {0, 2, 2, 3};  // the second has no samples, and does not count
  batch.targets.resize(2, 3);
  batch.targets << 3, 0, 10,  //
      0, 4, 0;
  Matrix<double> outputs = batch.targets;
  outputs(1, 0) += 0.3;
  outputs(0, 1) -= 0.4;
  outputs(0, 2) += 2;
  const LossSum sum = RelativeL2<double>().Evaluate(outputs, batch);
  EXPECT_NEAR(sum.loss, 0.5 / 5 + 2.0 / 10, 1e-15);
  EXPECT_EQ(sum.terms, 2);
  EXPECT_EQ(sum.samples, 3);
}

TEST(RelativeL2, GradientAgreesWithFiniteDifferencesInRaggedGroups) {
  ExpectGradientOfTheMean(RelativeL2<double>(), Matrix<double>::Random(2, 8), RaggedBatch());
}

TEST(RelativeL2, AConditionThatIsMetExactlyHasNoGradient) {
  const TrainingBatch<double> batch = RaggedBatch();
  Matrix<double> outputs = batch.targets;
  outputs.rightCols(4).array() += 1;
  Matrix<double> gradient(2, 8);
  RelativeL2<double>().Evaluate(outputs, batch, gradient);
  EXPECT_EQ(gradient.leftCols(4).norm(), 0);
  EXPECT_GT(gradient.rightCols(4).norm(), 0);
}

TEST(RelativeL2, WhatCannotBeMeasuredIsRefused) {
  TrainingBatch<double> batch = RaggedBatch();
  batch.targets.col(3).setZero();
  const Matrix<double> outputs = Matrix<double>::Ones(2, 8);
  ExpectRefused([&] { RelativeL2<double>().Evaluate(outputs, batch); }, "condition 2 of the batch are all 0");
  batch.group_starts.back() = 7;
  ExpectRefused([&] { RelativeL2<double>().Evaluate(outputs, batch); }, "7 samples, accepted: as many as the outputs");
  batch.targets.resize(1, 8);
  ExpectRefused([&] { RelativeL2<double>().Evaluate(outputs, batch); }, "relative-l2: the targets are [1, 8]");
}

TEST(FlowLikelihood, OfTheIdentityIsTheStandardNormals) {
  Matrix<double> outputs(3, 2);
  outputs << 0, 1,  //
      0, -2,        //
      0, 0;
  const LossSum sum = FlowLikelihood<double>().Evaluate(outputs, {});
  EXPECT_NEAR(sum.loss, 2 * std::log(2 * std::numbers::pi) + (1 + 4) / 2.0, 1e-14);
  EXPECT_EQ(sum.terms, 2);
}

TEST(FlowLikelihood, OfAScalingIsTheScaledNormals) {
  // x of N(0, s^2) is taken to z = x / s; its density is N(z) / s.
  constexpr double kScale = 3, kX = 1.7;
  const Matrix<double> outputs{{kX / kScale}, {-std::log(kScale)}};
  const double density = std::exp(-kX * kX / (2 * kScale * kScale)) / (kScale * std::sqrt(2 * std::numbers::pi));
  EXPECT_NEAR(FlowLikelihood<double>().Evaluate(outputs, {}).Mean(), -std::log(density), 1e-14);
}

TEST(FlowLikelihood, GradientAgreesWithFiniteDifferences) {
  ExpectGradientOfTheMean(FlowLikelihood<double>(), Matrix<double>::Random(4, 8), RaggedBatch());
}

TEST(FlowLikelihood, OneOutputIsRefused) {
  ExpectRefused([] { FlowLikelihood<double>().Evaluate(Matrix<double>::Zero(1, 2), {}); }, "1 outputs, accepted: at");
}

TEST(Triplet, ComparesTheFarthestOfALabelWithTheNearestOfAnother) {
  // On a line: label 5 at 0, 1 and 4; label -2 at 6 and 30.
  const Matrix<double> outputs{{0, 1, 4, 6, 30}};
  const LossSum sum = Triplet<double>(0.5).Evaluate(outputs, LabelBatch({5, 5, 5, -2, -2}));
  // Anchor by anchor: farthest of its label, nearest of another.
  EXPECT_DOUBLE_EQ(sum.loss, 0 /* 4, 6 */ + 0 /* 3, 5 */ + (4 - 2 + 0.5) + (24 - 2 + 0.5) + 0 /* 24, 26 */);
  EXPECT_EQ(sum.terms, 5);
  EXPECT_EQ(sum.wrong, 2);
  EXPECT_EQ(sum.samples, 5);
}

TEST(Triplet, AnchorsWithoutACounterpartDoNotCount) {
  const Matrix<double> outputs{{0, 1, 4}};
  EXPECT_EQ(Triplet<double>().Evaluate(outputs, LabelBatch({0, 0, 1})).terms, 2);
  Matrix<double> gradient = Matrix<double>::Ones(1, 3);
  EXPECT_EQ(Triplet<double>().Evaluate(outputs, LabelBatch({0, 0, 0}), gradient).terms, 0);
  EXPECT_EQ(gradient.norm(), 0);
  EXPECT_EQ(Triplet<double>().Evaluate(outputs, LabelBatch({0, 1, 2}), gradient).terms, 0);
}

TEST(Triplet, GradientAgreesWithFiniteDifferencesInRaggedGroups) {
  // With a small margin some anchors have no loss; none is near the kink.
  TrainingBatch<double> batch = RaggedBatch();
  batch.labels = LabelBatch({0, 0, 0, 1, 2, 2, 2, 0}).labels;
  const Matrix<double> outputs = Matrix<double>::Random(3, 8);
  ExpectGradientOfTheMean(Triplet<double>(0.3), outputs, batch);
  ExpectGradientOfTheMean(Triplet<double>(1), outputs, batch);
}

TEST(Triplet, OutputsThatCoincideHaveNoDirectionToGo) {
  Matrix<double> gradient(2, 3);
  const LossSum sum = Triplet<double>(1).Evaluate(Matrix<double>::Ones(2, 3), LabelBatch({0, 0, 1}), gradient);
  EXPECT_EQ(sum.loss, 2);
  EXPECT_EQ(sum.wrong, 2);
  EXPECT_EQ(gradient.norm(), 0);
}

TEST(Triplet, WhatItNeedsIsRequired) {
  ExpectRefused(
      [] {
        Triplet<double>().Evaluate(Matrix<double>::Zero(2, 3), LabelBatch({0, 1}));
      },
      "triplet: the batch has 2 labels, accepted: one for each of its 3 samples");
  ExpectRefused([] { Triplet<double>(0); }, "a margin of 0");
  ExpectRefused([] { Triplet<float>(std::nan("")); }, "a margin of nan");
}

TEST(MakeObjective, KnowsEveryNameAndNoOther) {
  for (const std::string& name : ObjectiveNames()) {
    EXPECT_EQ(MakeObjective<float>(name)->name(), name);
    EXPECT_EQ(MakeObjective<double>(name)->name(), name);
  }
  EXPECT_EQ(ObjectiveNames().size(), 5u);
  ExpectRefused([] { MakeObjective<float>("hinge"); },
                "objective: found 'hinge', accepted: cross-entropy, mse, relative-l2, flow-nll, triplet");
  EXPECT_EQ(MakeObjective<double>("triplet", 7)->Evaluate(Matrix<double>::Zero(1, 3), LabelBatch({0, 0, 1})).loss, 14);
}

TEST(Objectives, NotANumberReachesTheLossOfEach) {
  for (const std::string& name : ObjectiveNames()) {
    for (const double bad : {std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
      TrainingBatch<double> batch = RaggedBatch();
      batch.labels = LabelBatch({0, 0, 1, 1, 1, 0, 0, 1}).labels;
      for (const Index sample : {0, 7}) {
        Matrix<double> outputs = Matrix<double>::Random(2, 8);
        outputs(0, sample) = bad;
        EXPECT_FALSE(std::isfinite(MakeObjective<double>(name)->Evaluate(outputs, batch).loss))
            << name << ", sample " << sample << ": " << bad;
      }
    }
  }
}

}  // namespace
}  // namespace hyperwidth
