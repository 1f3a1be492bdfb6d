// SPDX-License-Identifier: Apache-2.0
#include "experiments/synthetic/synthetic_data.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr Index kSize = 6;
// Sums of at most a few hundred products of numbers of size 1, in single precision.
constexpr double kRounding = 1e-4;

double Elu(double t) { return t > 0 ? t : std::exp(t) - 1; }
double Sigmoid(double t) { return 1 / (1 + std::exp(-t)); }

// An MLP by its definition, in double.
std::vector<double> Direct(const RandomNetwork& network, std::vector<double> values, double (*function)(double)) {
  for (std::size_t layer = 0; layer < network.weights().size(); ++layer) {
    const Matrix<float>& weights = network.weights()[layer];
    std::vector<double> sums(static_cast<std::size_t>(weights.rows()), 0);
    for (Index row = 0; row < weights.rows(); ++row) {
      for (Index column = 0; column < weights.cols(); ++column) {
        const double value = values[static_cast<std::size_t>(column)];
        sums[static_cast<std::size_t>(row)] += static_cast<double>(weights(row, column)) * value;
      }
    }
    if (layer + 1 < network.weights().size()) {
      for (double& sum : sums) sum = function(sum);
    }
    values = sums;
  }
  return values;
}

std::vector<Index> SizesOf(const RandomNetwork& network) {
  std::vector<Index> sizes = {network.weights().front().cols()};
  for (const Matrix<float>& weights : network.weights()) sizes.push_back(weights.rows());
  return sizes;
}

class SyntheticTargets : public ::testing::Test {
 protected:
  SyntheticTargets() : x_(kSize, 3), condition_(kSize, 3) {
    for (Index i = 0; i < x_.size(); ++i) {
      x_.reshaped()[i] = static_cast<float>(std::sin(1.7 * static_cast<double>(i) + 0.3));
      condition_.reshaped()[i] = static_cast<float>(std::cos(2.3 * static_cast<double>(i)));
    }
  }
  double X(Index row, Index column) const { return static_cast<double>(x_(row, column)); }
  double I(Index row, Index column) const { return static_cast<double>(condition_(row, column)); }

  Matrix<float> x_, condition_;
};

TEST_F(SyntheticTargets, OfTypeOneAreProductsWithASoftmax) {
  const SyntheticTarget target(1, kSize, 5);
  EXPECT_EQ(SizesOf(target.network()), (std::vector<Index>{kSize, 300, 300, kSize}));
  const Vector<float> found = target(x_, condition_);
  for (Index column = 0; column < 3; ++column) {
    std::vector<double> input;
    for (Index row = 0; row < kSize; ++row) input.push_back(I(row, column));
    const std::vector<double> output = Direct(target.network(), input, Sigmoid);
    double sum = 0, expected = 0;
    for (const double value : output) sum += std::exp(value);
    for (Index row = 0; row < kSize; ++row) {
      expected += X(row, column) * std::exp(output[static_cast<std::size_t>(row)]) / sum;
    }
    EXPECT_NEAR(static_cast<double>(found[column]), expected, kRounding);
  }
}

TEST_F(SyntheticTargets, OfTypeTwoAreANetworkOfBoth) {
  const SyntheticTarget target(2, kSize, 5);
  EXPECT_EQ(SizesOf(target.network()), (std::vector<Index>{2 * kSize, 100, 50, 50, 1}));
  const Vector<float> found = target(x_, condition_);
  for (Index column = 0; column < 3; ++column) {
    std::vector<double> input;
    for (Index row = 0; row < kSize; ++row) input.push_back(X(row, column));
    for (Index row = 0; row < kSize; ++row) input.push_back(I(row, column));
    EXPECT_NEAR(static_cast<double>(found[column]), Direct(target.network(), input, Elu)[0], kRounding);
  }
}

TEST_F(SyntheticTargets, OfTypeThreeAreANetworkOfTheProduct) {
  const SyntheticTarget target(3, kSize, 5);
  EXPECT_EQ(SizesOf(target.network()), (std::vector<Index>{kSize, 100, 100, 50, 1}));
  const Vector<float> found = target(x_, condition_);
  for (Index column = 0; column < 3; ++column) {
    std::vector<double> input;
    for (Index row = 0; row < kSize; ++row) input.push_back(X(row, column) * I(row, column));
    EXPECT_NEAR(static_cast<double>(found[column]), Direct(target.network(), input, Elu)[0], kRounding);
  }
}

TEST(SyntheticTarget, RefusesOtherTypesAndSizes) {
  EXPECT_THROW(SyntheticTarget(4, kSize, 1), std::invalid_argument);
  EXPECT_THROW(SyntheticTarget(0, kSize, 1), std::invalid_argument);
  EXPECT_THROW(SyntheticTarget(1, 0, 1), std::invalid_argument);
  EXPECT_THROW(RandomNetwork({3}, Function::kElu, 1), std::invalid_argument);
  EXPECT_THAT(
      [] {
        RandomNetwork({3, 0}, Function::kElu, 1);
      },
      ::testing::ThrowsMessage<std::invalid_argument>("sizes of a target: found 0, accepted: 1 or more"));
  EXPECT_EQ(SizesOf(RandomNetwork({3, 2}, Function::kElu, 1)), (std::vector<Index>{3, 2}));
}

// Uniform on +-b with b^2 = 6 / inputs: the mean square is 2 / inputs. Its estimate from n weights has the relative
// deviation sqrt(0.8 / n), of which five are allowed.
TEST(RandomNetwork, HasHesUniformWeights) {
  const RandomNetwork network({50, 400, 30}, Function::kElu, 3);
  for (const Matrix<float>& weights : network.weights()) {
    const double inputs = static_cast<double>(weights.cols()), count = static_cast<double>(weights.size());
    const double mean_square = weights.cast<double>().squaredNorm() / count;
    EXPECT_NEAR(mean_square * inputs / 2, 1, 5 * std::sqrt(0.8 / count));
    const double largest = static_cast<double>(weights.cwiseAbs().maxCoeff()), bound = std::sqrt(6 / inputs);
    EXPECT_LE(largest, bound + 1e-6);
    EXPECT_GT(largest, 0.99 * bound);
  }
  EXPECT_NE(network.weights()[0], RandomNetwork({50, 400, 30}, Function::kElu, 4).weights()[0]);
}

SyntheticShared& Shared() {
  static SyntheticShared shared;
  return shared;
}

SyntheticTask Task(Index conditions, std::uint64_t seed = 2) {
  return SyntheticTask(2, {.size = 5, .samples = 700, .conditions = conditions, .test_samples = 600}, seed, Shared());
}

using DrawSamples = SyntheticSamples (SyntheticTask::*)() const;
constexpr DrawSamples kParts[] = {
    &SyntheticTask::Train, &SyntheticTask::Validation, &SyntheticTask::Unseen, &SyntheticTask::Seen};

TEST(SyntheticTask, OfAllTypesShareXAndConditions) {
  SyntheticShared shared;
  const SyntheticSizes sizes = {.size = 5, .samples = 700, .conditions = 40, .test_samples = 600};
  const SyntheticTask task(2, sizes, 2, shared), other(3, sizes, 2, shared);
  for (const DrawSamples part : kParts) {
    EXPECT_EQ(&(other.*part)().x(), &(task.*part)().x());
    EXPECT_EQ(&(other.*part)().conditions(), &(task.*part)().conditions());
    EXPECT_NE((other.*part)().targets(), (task.*part)().targets());
  }
}

TEST(SyntheticTask, OfOneTypeShareTargets) {
  SyntheticShared shared, alone;
  const SyntheticSizes sizes = {.size = 5, .samples = 700, .conditions = 40, .test_samples = 600};
  const SyntheticTask task(2, sizes, 2, shared), again(2, sizes, 2, shared), separate(2, sizes, 2, alone);
  for (const DrawSamples part : kParts) {
    const SyntheticSamples samples = (task.*part)();
    EXPECT_EQ(&(again.*part)().targets(), &samples.targets());
    EXPECT_EQ((separate.*part)().targets(), samples.targets());
    // Which of the samples the targets are of.
    EXPECT_EQ(TargetsOf(task.target(), samples.x(), samples.conditions()), samples.targets());
  }
  SyntheticSizes fewer = sizes;
  fewer.conditions = 39;
  EXPECT_NE(SyntheticTask(2, fewer, 2, shared).Train().targets(), task.Train().targets());
  EXPECT_NE(SyntheticTask(2, sizes, 3, shared).Train().targets(), task.Train().targets());
}

TEST(SyntheticTask, TestsOnSeenConditionsWithNewXAndOnUnseenOnes) {
  const SyntheticTask task = Task(40);
  const SyntheticSamples train = task.Train(), unseen = task.Unseen(), seen = task.Seen();
  EXPECT_EQ(train.conditions().cols(), 40);
  EXPECT_EQ(seen.conditions(), train.conditions());
  EXPECT_EQ(unseen.conditions().cols(), 600);
  EXPECT_EQ(seen.size(), 600);
  EXPECT_NE(seen.x(), train.x().leftCols(600));
  EXPECT_NE(unseen.x(), seen.x());
  EXPECT_NE(unseen.x(), unseen.conditions());
  EXPECT_NE(unseen.conditions().leftCols(40), train.conditions());
  EXPECT_NE(train.conditions(), train.x().leftCols(40));
}

TEST(SyntheticTask, ChoosesByConditionsThatAreNeitherTrainedNorTestedOn) {
  const SyntheticTask task = Task(40);
  const SyntheticSamples validation = task.Validation();
  EXPECT_EQ(validation.size(), 600);
  EXPECT_EQ(validation.conditions().cols(), 600);
  EXPECT_NE(validation.conditions().leftCols(40), task.Train().conditions());
  EXPECT_NE(validation.x(), task.Train().x().leftCols(600));
  for (const SyntheticSamples& other : {task.Unseen(), task.Seen()}) EXPECT_NE(validation.x(), other.x());
  EXPECT_NE(validation.conditions(), task.Unseen().conditions());
  EXPECT_NE(validation.conditions(), validation.x());
}

TEST(SyntheticTask, OfFewerConditionsAreTheFirstOfMore) {
  const SyntheticTask few = Task(40), many = Task(700);
  EXPECT_EQ(few.Train().x(), many.Train().x());
  EXPECT_EQ(few.Train().conditions(), many.Train().conditions().leftCols(40));
  EXPECT_EQ(many.Seen().conditions(), many.Train().conditions().leftCols(600));
  EXPECT_NE(Task(40, 3).Train().x(), few.Train().x());
}

TEST(SyntheticSamples, AreBatchesOfSamplesWithTheirConditions) {
  const SyntheticTask task = Task(40);
  const SyntheticSamples train = task.Train();
  TrainingBatch<float> batch;
  const std::vector<Index> items = {45, 3, 699};
  train.Fill(0, items, batch);
  EXPECT_EQ(batch.group_starts, (std::vector<Index>{0, 1, 2, 3}));
  for (Index i = 0; i < 3; ++i) {
    const Index item = items[static_cast<std::size_t>(i)];
    EXPECT_EQ(batch.x.col(i), train.x().col(item));
    EXPECT_EQ(batch.condition.col(i), train.conditions().col(item % 40));
    const float target = task.target()(batch.x.col(i), batch.condition.col(i))[0];
    EXPECT_NEAR(batch.targets(0, i), target, kRounding);
  }
}

TEST(ErrorOfConstant, IsThatOfTheMeanOfWhatWasTrainedOn) {
  const SyntheticSamples train = Task(40).Train(), unseen = Task(40).Unseen();
  const double mean = train.targets().cast<double>().mean();
  double sum = 0;
  for (Index i = 0; i < 600; ++i) sum += std::pow(static_cast<double>(unseen.targets()[i]) - mean, 2);
  EXPECT_NEAR(ErrorOfConstant(train, unseen), sum / 600, 1e-9 * sum);
}

}  // namespace
}  // namespace hyperwidth
