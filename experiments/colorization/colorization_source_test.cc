// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/colorization_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <vector>

#include "experiments/colorization/color_images.h"
#include "training/data/glyphs.h"

namespace hyperwidth {
namespace {

constexpr float kRounding = 1e-6F;

TEST(PixelFeatures, AreThePositionAndThePublishedPowers) {
  const Matrix<float> features = PixelFeatures(3, 5);
  ASSERT_EQ(features.rows(), 42);
  ASSERT_EQ(features.cols(), 15);
  // Row 0 of 3 and column 3 of 5.
  const double i1 = -1, i2 = 0.5;
  std::vector<double> expected = {i1, i2};
  for (int k = 0; k <= 9; ++k) {
    expected.push_back(std::pow(i1, k) + i2);
    expected.push_back(std::pow(i2, k) + i1);
    expected.push_back(std::pow(i1, k) - i2);
    expected.push_back(std::pow(i2, k) - i1);
  }
  for (Index i = 0; i < 42; ++i) {
    EXPECT_NEAR(features(i, 3), static_cast<float>(expected[static_cast<std::size_t>(i)]), kRounding) << i;
  }
  EXPECT_EQ(features(0, 14), 1);
  EXPECT_EQ(features(1, 14), 1);
  EXPECT_EQ(features(0, 7), 0);
  EXPECT_EQ(PixelFeatures(1, 2)(0, 1), 0);
  EXPECT_EQ(PixelFeatures(1, 2)(1, 1), 1);
}

TEST(Grey, WeighsTheColours) {
  EXPECT_NEAR(Grey(255, 255, 255), 255, 1e-3);
  EXPECT_NEAR(Grey(100, 0, 0), 29.9, 1e-3);
  EXPECT_NEAR(Grey(0, 100, 0), 58.7, 1e-3);
  EXPECT_NEAR(Grey(0, 0, 100), 11.4, 1e-3);
  EXPECT_EQ(Scaled(0), -1);
  EXPECT_EQ(Scaled(255), 1);
}

TEST(DrawColoredGlyphs, GivesEachShapeItsHue) {
  const ImageSet colored = DrawColoredGlyphs(60, 3, Split::kTrain), grey = DrawGlyphs(60, 3, Split::kTrain);
  const std::vector<std::uint8_t> shapes = GlyphLabels(60, 3, Split::kTrain);
  ASSERT_EQ(colored.pixels.size(), 3 * grey.pixels.size());
  // Red, green and blue of the hues 0, 30, .. 150 degrees, in halves.
  const std::vector<std::vector<int>> halves = {{2, 0, 0}, {2, 1, 0}, {2, 2, 0}, {1, 2, 0}, {0, 2, 0}, {0, 2, 1}};
  int seen = 0;
  for (std::int64_t i = 0; i < 60; ++i) {
    const std::size_t shape = shapes[static_cast<std::size_t>(i)];
    if (shape >= halves.size()) continue;
    ++seen;
    for (std::size_t channel = 0; channel < 3; ++channel) {
      for (std::size_t pixel = 0; pixel < grey.plane_size(); ++pixel) {
        const double expected = 0.5 * halves[shape][channel] * grey.image(i)[pixel];
        ASSERT_NEAR(colored.image(i)[channel * grey.plane_size() + pixel], expected, 0.5);
      }
    }
  }
  EXPECT_GT(seen, 10);
}

// Two images of 2 x 3 pixels, whose bytes are 0, 7, 14, ..
ImageSet Images() {
  ImageSet images{.count = 2, .height = 2, .width = 3, .channels = 3};
  for (int i = 0; i < 36; ++i) images.pixels.push_back(static_cast<std::uint8_t>(7 * i));
  return images;
}

TEST(ColorizationSource, GivesAllPixelsOfAnImageToOneCondition) {
  const ImageSet images = Images();
  const ColorizationSource source(images, 2, PixelChoice::kAll);
  TrainingBatch<float> batch;
  source.Fill(0, std::vector<Index>{1, 0}, batch);
  EXPECT_EQ(batch.group_starts, (std::vector<Index>{0, 6, 12}));
  ASSERT_EQ(batch.condition.rows(), 6);
  ASSERT_EQ(batch.condition.cols(), 2);
  ASSERT_EQ(batch.targets.cols(), 12);
  const Matrix<float> features = PixelFeatures(2, 3);
  for (const Index image : {0, 1}) {
    const Index place = 1 - image;
    for (Index pixel = 0; pixel < 6; ++pixel) {
      const auto byte = [&](Index channel) { return static_cast<double>(7 * (18 * image + 6 * channel + pixel)); };
      const Index column = 6 * place + pixel;
      for (Index channel = 0; channel < 3; ++channel) {
        EXPECT_NEAR(batch.targets(channel, column), byte(channel) / 127.5 - 1, kRounding);
      }
      const double grey = 0.299 * byte(0) + 0.587 * byte(1) + 0.114 * byte(2);
      EXPECT_NEAR(batch.condition(pixel, place), grey / 127.5 - 1, 2 * kRounding);
      EXPECT_EQ(batch.x.col(column), features.col(pixel));
    }
  }
}

TEST(ColorizationSource, DividesThePixelsOfEachImageIntoKeptAndHeldOut) {
  const ImageSet images = DrawColoredGlyphs(20, 1, Split::kTrain);
  const HeldOutPixels held_out{.share = 0.25, .seed = 4};
  const ColorizationSource kept(images, 20, PixelChoice::kKept, held_out);
  const ColorizationSource held(images, 20, PixelChoice::kHeldOut, held_out);
  Index total = 0, shortest = 784, longest = 0;
  for (Index image = 0; image < 20; ++image) {
    std::vector<Index> both = kept.Pixels(image), others = held.Pixels(image);
    total += std::ssize(others);
    shortest = std::min<Index>(shortest, std::ssize(others));
    longest = std::max<Index>(longest, std::ssize(others));
    both.insert(both.end(), others.begin(), others.end());
    std::sort(both.begin(), both.end());
    ASSERT_EQ(both.size(), 784u);
    for (Index pixel = 0; pixel < 784; ++pixel) ASSERT_EQ(both[static_cast<std::size_t>(pixel)], pixel);
  }
  EXPECT_LT(shortest, longest);
  // Of 15,680 pixels: five deviations of sqrt(0.25 * 0.75 * n), and the one of each image that always is.
  EXPECT_NEAR(static_cast<double>(total), 0.25 * 15'680, 5 * std::sqrt(0.1875 * 15'680) + 20);
  EXPECT_NE(held.Pixels(0), held.Pixels(1));
  EXPECT_NE(held.Pixels(0),
            ColorizationSource(images, 20, PixelChoice::kHeldOut, {.share = 0.25, .seed = 5}).Pixels(0));
  TrainingBatch<float> batch;
  kept.Fill(0, std::vector<Index>{3, 5}, batch);
  EXPECT_EQ(batch.group_starts[1], std::ssize(kept.Pixels(3)));
  EXPECT_EQ(batch.x.cols(), std::ssize(kept.Pixels(3)) + std::ssize(kept.Pixels(5)));
  EXPECT_EQ(batch.targets.cols(), batch.x.cols());
}

TEST(ColorizationSource, HoldsOutOnePixelAtLeastOrNone) {
  const ImageSet images = DrawColoredGlyphs(5, 1, Split::kTrain);
  const ColorizationSource few(images, 5, PixelChoice::kHeldOut, {.share = 1e-9});
  const ColorizationSource none(images, 5, PixelChoice::kKept, {.share = 0});
  for (Index image = 0; image < 5; ++image) {
    EXPECT_EQ(few.Pixels(image).size(), 1u);
    EXPECT_EQ(none.Pixels(image).size(), 784u);
  }
}

TEST(ColorizationSource, KnowsTheErrorOfTheMeanColour) {
  const ImageSet images = Images();
  const ColorizationSource source(images, 2, PixelChoice::kAll);
  const Eigen::Vector3d mean = source.MeanColor();
  double squares = 0;
  for (Index channel = 0; channel < 3; ++channel) {
    double sum = 0, square = 0;
    for (Index image = 0; image < 2; ++image) {
      for (Index pixel = 0; pixel < 6; ++pixel) {
        const double target = static_cast<double>(7 * (18 * image + 6 * channel + pixel)) / 127.5 - 1;
        sum += target;
        square += target * target;
      }
    }
    EXPECT_NEAR(mean[channel], sum / 12, 1e-6);
    squares += square - sum * sum / 12;
  }
  EXPECT_NEAR(source.ErrorOfConstant(mean), squares / 36, 1e-6);
  EXPECT_GT(source.ErrorOfConstant(mean + Eigen::Vector3d(0.1, 0, 0)), squares / 36 + 0.003);
}

TEST(ColorizationSource, RefusesWhatItCannotColour) {
  const ImageSet images = Images(), grey = DrawGlyphs(3, 1, Split::kTrain);
  EXPECT_THROW(ColorizationSource(grey, 3, PixelChoice::kAll), std::invalid_argument);
  EXPECT_THROW(ColorizationSource(images, 3, PixelChoice::kAll), std::invalid_argument);
  EXPECT_THROW(ColorizationSource(images, 2, PixelChoice::kHeldOut), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
