// SPDX-License-Identifier: Apache-2.0
#include "experiments/assumption1/network_pair.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <span>
#include <stdexcept>
#include <string>
#include <vector>

namespace hyperwidth {
namespace {

// An image, channel by channel, as nested loops see it.
struct Image {
  Index channels, height, width;
  std::vector<double> pixels;

  double& at(Index channel, Index row, Index column) {
    return pixels[static_cast<std::size_t>((channel * height + row) * width + column)];
  }
};

Image Made(Index channels, Index height, Index width) {
  return {channels, height, width, std::vector<double>(static_cast<std::size_t>(channels * height * width))};
}

class NaiveTarget {
 public:
  NaiveTarget(const Model& model, const Vector<float>& theta) : model_(model), theta_(theta) {}

  double Entry(const std::string& name, Index row, Index column) const {
    const Tensor& tensor = model_.parameters.Find(name);
    return theta_[tensor.first + column * tensor.rows + row];
  }

  Image Layer(const std::string& name, Image x, Index channels, const TargetShape& shape) const {
    Image y = Made(channels, (x.height - shape.kernel) / shape.stride + 1, (x.width - shape.kernel) / shape.stride + 1);
    for (Index c = 0; c < channels; ++c) {
      for (Index row = 0; row < y.height; ++row) {
        for (Index column = 0; column < y.width; ++column) {
          double sum = Entry(name + ".bias", c, 0);
          for (Index in = 0; in < x.channels; ++in) {
            for (Index i = 0; i < shape.kernel; ++i) {
              for (Index j = 0; j < shape.kernel; ++j) {
                sum += Entry(name + ".weight", c, (in * shape.kernel + i) * shape.kernel + j) *
                       x.at(in, row * shape.stride + i, column * shape.stride + j);
              }
            }
          }
          y.at(c, row, column) = std::max(sum, 0.0);
        }
      }
    }
    Image pooled = Made(channels, y.height / shape.pooling, y.width / shape.pooling);
    for (Index c = 0; c < channels; ++c) {
      for (Index row = 0; row < pooled.height; ++row) {
        for (Index column = 0; column < pooled.width; ++column) {
          double largest = 0;
          for (Index i = 0; i < shape.pooling; ++i) {
            for (Index j = 0; j < shape.pooling; ++j) {
              largest = std::max(largest, y.at(c, row * shape.pooling + i, column * shape.pooling + j));
            }
          }
          pooled.at(c, row, column) = largest;
        }
      }
    }
    return pooled;
  }

  double Output(Image x, const TargetShape& shape, Index output) const {
    Image last = Layer("conv2", Layer("conv1", std::move(x), kFirstChannels, shape), kSecondChannels, shape);
    double sum = Entry("fc.bias", output, 0);
    for (std::size_t i = 0; i < last.pixels.size(); ++i) {
      sum += Entry("fc.weight", output, static_cast<Index>(i)) * last.pixels[i];
    }
    return sum;
  }

 private:
  const Model& model_;
  const Vector<float>& theta_;
};

// Colour images of 32 x 32, in which the two axes and the channels differ.
class Colours final : public Inputs {
 public:
  ImageShape shape() const override { return {.channels = 3, .height = 32, .width = 32}; }
  Index count(Split) const override { return 4; }
  void Fill(Split, std::span<const Index> items, Matrix<float>& x) const override {
    x.resize(shape().size(), static_cast<Index>(items.size()));
    for (Index column = 0; column < x.cols(); ++column) {
      for (Index i = 0; i < x.rows(); ++i) {
        x(i, column) = static_cast<float>(std::sin(0.7 * static_cast<double>(i * (items[column] + 1))));
      }
    }
  }
};

void ExpectNaive(const Inputs& inputs, const TargetShape& shape) {
  const Model model = TargetNetwork(inputs.shape(), shape);
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(/*seed=*/5, theta);
  for (const char* bias : {"conv1.bias", "conv2.bias", "fc.bias"}) {  // start at 0, where they could be lost
    const Tensor& tensor = model.parameters.Find(bias);
    for (Index i = 0; i < tensor.rows; ++i) theta[tensor.first + i] = static_cast<float>(0.1 * std::cos(i + 1.0));
  }
  const NaiveTarget naive(model, theta);
  const Matrix<float> outputs = OutputsOn(model, theta, inputs, Split::kTest);
  ASSERT_EQ(outputs.rows(), shape.outputs);
  const ImageShape image = inputs.shape();
  for (const Index item : {0, 3}) {
    Matrix<float> x;
    inputs.Fill(Split::kTest, std::array<Index, 1>{item}, x);
    Image pixels = Made(image.channels, image.height, image.width);
    for (Index i = 0; i < x.rows(); ++i) pixels.pixels[static_cast<std::size_t>(i)] = x(i, 0);
    for (Index output = 0; output < shape.outputs; ++output) {
      const double expected = naive.Output(pixels, shape, output);
      // Sums of a few thousand terms of size 1 in single precision, three deep.
      EXPECT_NEAR(outputs(output, item), expected, 1e-4 * (1 + std::abs(expected))) << item << " " << output;
    }
  }
}

TEST(TargetNetwork, IsWhatPlainLoopsCompute) {
  ExpectNaive(NoiseInputs(4, 4, 1), kPaperTarget);
  ExpectNaive(NoiseInputs(4, 4, 1), kPublishedTarget);
  ExpectNaive(Colours(), kPaperTarget);
  ExpectNaive(Colours(), kPublishedTarget);
}

TEST(TargetNetwork, StartsHeUniformWithoutBiases) {
  const Model model = TargetNetwork({.channels = 1, .height = 28, .width = 28}, kPaperTarget);
  // 20 kernels of 10 x 10, 50 of 20 x 10 x 10, and 10 x 50, for 28 -> 10 -> 1 pixels.
  EXPECT_EQ(model.parameters.size(), 20 * 100 + 20 + 50 * 2000 + 50 + 10 * 50 + 10);
  Vector<float> theta(model.parameters.size());
  model.parameters.Initialize<float>(1, theta);
  const auto check = [&](const char* name, double fan_in) {
    const Tensor& tensor = model.parameters.Find(name);
    const auto entries = theta.segment(tensor.first, tensor.size());
    const double bound = std::sqrt(6 / fan_in);
    EXPECT_LE(entries.cwiseAbs().maxCoeff(), bound) << name;
    EXPECT_GT(entries.cwiseAbs().maxCoeff(), 0.97 * bound) << name;
  };
  check("conv1.weight", 100);
  check("conv2.weight", 2000);
  check("fc.weight", 50);
  for (const char* name : {"conv1.bias", "conv2.bias", "fc.bias"}) {
    const Tensor& tensor = model.parameters.Find(name);
    EXPECT_EQ(theta.segment(tensor.first, tensor.size()).norm(), 0) << name;
  }
}

TEST(TargetNetwork, RefusesImagesOfWhichNothingIsLeft) {
  EXPECT_THROW(TargetNetwork({.channels = 1, .height = 26, .width = 28}, kPaperTarget), std::invalid_argument);
  EXPECT_NO_THROW(TargetNetwork({.channels = 1, .height = 28, .width = 28}, kPaperTarget));
  EXPECT_THAT([] { TargetNetwork({.channels = 1, .height = 9, .width = 28}, kPaperTarget); },
              ::testing::ThrowsMessage<std::invalid_argument>(::testing::HasSubstr(
                  "conv1: found an image of 9 x 28, accepted: one that a kernel of 10 and pooling by 1 leave")));
}

// 16 -> 12 -> 6 -> 2 -> 1 pixels, and with a stride 21 -> 10 -> 5 -> 2 -> 1.
TEST(TargetNetwork, RefusesImagesOfWhichPoolingLeavesNothing) {
  const auto make = [](Index side, const TargetShape& shape) {
    return TargetNetwork({.channels = 1, .height = side, .width = side}, shape);
  };
  const TargetShape strided{.kernel = 3, .stride = 2, .pooling = 2, .outputs = 1};
  EXPECT_NO_THROW(make(16, kPublishedTarget));
  EXPECT_THROW(make(15, kPublishedTarget), std::invalid_argument);
  EXPECT_NO_THROW(make(21, strided));
  EXPECT_THROW(make(20, strided), std::invalid_argument);
}

PairOptions Small() {
  PairOptions options{.target = kPublishedTarget, .hidden = 8};
  options.trainer.optimizer.learning_rate = 0.01;
  options.trainer.optimizer.momentum = 0.5;
  options.trainer.epochs = 4;
  options.trainer.batch_size = 10;
  options.trainer.threads = 1;
  return options;
}

TEST(TrainPair, MeasuresThePairBeforeTrainingAndAfterEachEpoch) {
  const NoiseInputs inputs(60, 40, 3);
  const PairDistances pair = TrainPair(inputs, Small(), {});
  ASSERT_EQ(pair.between.size(), 5u);
  ASSERT_EQ(pair.target_1.size(), 5u);
  ASSERT_EQ(pair.target_2.size(), 5u);
  EXPECT_NE(pair.target_1[0], pair.target_2[0]);  // two starts
  EXPECT_GT(pair.between[0], 0);
  // Training takes the target's mean out of the error, at least.
  EXPECT_LT(pair.target_1[4], pair.target_1[0]);
  EXPECT_LT(pair.target_2[4], pair.target_2[0]);
  for (std::size_t epoch = 0; epoch < 5; ++epoch) {  // the triangle inequality, for roots of mean squares
    EXPECT_LE(std::sqrt(pair.between[epoch]),
              (std::sqrt(pair.target_1[epoch]) + std::sqrt(pair.target_2[epoch])) * (1 + 1e-9));
  }
  // What is a mean square around the mean is no more than that around 0, from which an untrained network is not far.
  EXPECT_GT(pair.variance, 0);
  EXPECT_LT(pair.variance, pair.target_1[0] * 2);
}

// Noise to train on of this seed, and always the same to test on.
class OtherTraining final : public Inputs {
 public:
  explicit OtherTraining(std::uint64_t seed) : train_(60, 40, seed) {}

  ImageShape shape() const override { return test_.shape(); }
  Index count(Split split) const override { return test_.count(split); }
  void Fill(Split split, std::span<const Index> items, Matrix<float>& x) const override {
    (split == Split::kTrain ? train_ : test_).Fill(split, items, x);
  }

 private:
  NoiseInputs train_, test_{60, 40, 3};
};

TEST(TrainPair, IsMeasuredOnTestInputs) {
  PairOptions options = Small();
  options.trainer.epochs = 1;
  const PairDistances one = TrainPair(OtherTraining(1), options, {}), two = TrainPair(OtherTraining(2), options, {});
  EXPECT_EQ(one.variance, two.variance);
  EXPECT_EQ(one.between[0], two.between[0]);
  EXPECT_EQ(one.target_1[0], two.target_1[0]);
  EXPECT_EQ(one.target_2[0], two.target_2[0]);
  EXPECT_NE(one.target_1[1], two.target_1[1]);
  EXPECT_NE(one.target_2[1], two.target_2[1]);
}

TEST(TrainPair, HasATargetAPairAndAnOrderOfEachSeed) {
  const NoiseInputs inputs(60, 40, 3);
  PairOptions other = Small();
  other.trainer.seed = 2;
  const PairDistances first = TrainPair(inputs, Small(), {}), again = TrainPair(inputs, Small(), {}),
                      second = TrainPair(inputs, other, {});
  EXPECT_EQ(first.between, again.between);
  EXPECT_EQ(first.target_2, again.target_2);
  EXPECT_NE(first.variance, second.variance);
  EXPECT_NE(first.between, second.between);
}

TEST(TrainPair, GoesOnWithMoreEpochs) {
  const NoiseInputs inputs(60, 40, 3);
  PairOptions longer = Small();
  longer.trainer.epochs = 6;
  const PairDistances two = TrainPair(inputs, longer, {}), one = TrainPair(inputs, Small(), {});
  EXPECT_TRUE(std::equal(one.between.begin(), one.between.end(), two.between.begin()));
}

TEST(PairDistances, AreTheSameBackFromFields) {
  const PairDistances pair{.between = {1, 2}, .target_1 = {3, 4}, .target_2 = {5, 6}, .variance = 7};
  const PairDistances back = DistancesOf(FieldsOf(pair));
  EXPECT_EQ(back.between, pair.between);
  EXPECT_EQ(back.target_1, pair.target_1);
  EXPECT_EQ(back.target_2, pair.target_2);
  EXPECT_EQ(back.variance, pair.variance);
}

}  // namespace
}  // namespace hyperwidth
