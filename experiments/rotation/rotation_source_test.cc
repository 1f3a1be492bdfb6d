// SPDX-License-Identifier: Apache-2.0
#include "experiments/rotation/rotation_source.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <vector>

#include "training/data/glyphs.h"
#include "training/data/rotate.h"

namespace hyperwidth {
namespace {

// The rules as they are stated: the first smallest difference wins.
int NaiveClass(double degrees, RotationLabels labels) {
  int nearest = 0;
  double smallest = 1e9;
  for (int i = 0; i < 12; ++i) {
    double difference = std::abs(degrees - 30 * i);
    if (labels == RotationLabels::kCircular) difference = std::min(difference, 360 - difference);
    if (difference < smallest) {
      smallest = difference;
      nearest = i;
    }
  }
  return nearest;
}

TEST(RotationClass, IsTheNearestMultipleOfThirtyDegrees) {
  for (double degrees = 0; degrees < 360; degrees += 0.25) {
    for (const RotationLabels labels : {RotationLabels::kCircular, RotationLabels::kPublished}) {
      // At 345 degrees sharp two classes are equally near on the circle, and either answer is right.
      if (degrees == 345 && labels == RotationLabels::kCircular) continue;
      EXPECT_EQ(RotationClass(degrees, labels), NaiveClass(degrees, labels)) << degrees;
    }
  }
}

TEST(RotationClass, TheTwoRulesDifferOnOneTwentyFourthOfAllAngles) {
  int different = 0;
  constexpr int kAngles = 36'000;
  for (int i = 0; i < kAngles; ++i) {
    const double degrees = 360.0 * (i + 0.5) / kAngles;
    if (RotationClass(degrees, RotationLabels::kCircular) != RotationClass(degrees, RotationLabels::kPublished)) {
      ++different;
    }
  }
  EXPECT_EQ(different, kAngles / 24);
}

class RotationSourceOfGlyphs : public ::testing::Test {
 protected:
  const ImageSet images_ = DrawGlyphs(40, 1, Split::kTrain);
  const PixelScale scale_ = {.mean = 0.25, .deviation = 0.5};
  const RotationSource<float> source_{images_, RotationLabels::kCircular, scale_, 7};
};

TEST_F(RotationSourceOfGlyphs, ShowsTheImageItsRotatedCopyAndTheClassOfTheAngle) {
  TrainingBatch<float> batch;
  const std::vector<Index> samples = {31, 4};
  source_.Fill(/*epoch=*/2, samples, batch);
  ASSERT_EQ(batch.x.rows(), 784);
  ASSERT_EQ(batch.x.cols(), 2);
  EXPECT_EQ(batch.group_starts, EqualGroups(2)) << "every image is a condition of its own";
  for (Index column = 0; column < 2; ++column) {
    const Index index = samples[static_cast<std::size_t>(column)];
    const double degrees = source_.Angle(2, index);
    std::vector<std::uint8_t> rotated(784);
    RotateNearest(images_.image(index), 28, 28, degrees, rotated);
    for (Index pixel = 0; pixel < 784; ++pixel) {
      const auto at = static_cast<std::size_t>(pixel);
      EXPECT_FLOAT_EQ(batch.condition(pixel, column),
                      static_cast<float>((images_.image(index)[at] / 255.0 - 0.25) / 0.5));
      EXPECT_FLOAT_EQ(batch.x(pixel, column), static_cast<float>((rotated[at] / 255.0 - 0.25) / 0.5));
    }
    EXPECT_EQ(batch.labels[column], RotationClass(degrees, RotationLabels::kCircular));
  }
}

TEST_F(RotationSourceOfGlyphs, AnglesAreUniformAndDrawnAfreshForEachEpochImageAndSeed) {
  std::set<double> angles;
  double sum = 0;
  for (Index epoch = 1; epoch <= 100; ++epoch) {
    for (Index image = 0; image < 40; ++image) {
      const double angle = source_.Angle(epoch, image);
      ASSERT_GE(angle, 0);
      ASSERT_LT(angle, 360);
      angles.insert(angle);
      sum += angle;
    }
  }
  EXPECT_EQ(angles.size(), 4000u);
  EXPECT_NEAR(sum / 4000, 180, 6 * 360 / std::sqrt(12.0 * 4000));
  EXPECT_NE(source_.Angle(1, 0), RotationSource<float>(images_, RotationLabels::kCircular, scale_, 8).Angle(1, 0));
}

TEST_F(RotationSourceOfGlyphs, ARangeHandsOutItsImagesUnderTheirAnglesInTheSet) {
  const RotationSource<float> range(images_, RotationLabels::kCircular, scale_, 7, {.first = 30, .count = 6});
  EXPECT_EQ(range.size(), 6);
  TrainingBatch<float> found, expected;
  range.Fill(/*epoch=*/2, std::vector<Index>{0, 5}, found);
  source_.Fill(/*epoch=*/2, std::vector<Index>{30, 35}, expected);
  EXPECT_EQ(found.x, expected.x);
  EXPECT_EQ(found.condition, expected.condition);
  EXPECT_EQ(found.labels, expected.labels);

  const auto size = [&](ImageRange of) {
    return RotationSource<float>(images_, RotationLabels::kCircular, scale_, 7, of).size();
  };
  EXPECT_EQ(size({.first = 38}), 2);
  EXPECT_EQ(size({.first = 40}), 0);
  EXPECT_EQ(size({.first = 0, .count = 40}), 40);
  for (const ImageRange wrong : {ImageRange{.first = 0, .count = 41},
                                 ImageRange{.first = 41},
                                 ImageRange{.first = -1},
                                 ImageRange{.first = 0, .count = -2}}) {
    EXPECT_THROW(size(wrong), std::invalid_argument) << wrong.first << ", " << wrong.count;
  }
}

TEST(MeasurePixelScale, GivesMeanZeroAndDeviationOne) {
  const ImageSet images = DrawGlyphs(50, 1, Split::kTrain);
  const PixelScale scale = MeasurePixelScale(images);
  double sum = 0, squares = 0;
  for (const std::uint8_t pixel : images.pixels) {
    const double value = (pixel / 255.0 - scale.mean) / scale.deviation;
    sum += value;
    squares += value * value;
  }
  const auto count = static_cast<double>(images.pixels.size());
  EXPECT_NEAR(sum / count, 0, 1e-10);
  EXPECT_NEAR(squares / count, 1, 1e-10);

  ImageSet blank = images;
  std::fill(blank.pixels.begin(), blank.pixels.end(), std::uint8_t{9});
  EXPECT_EQ(MeasurePixelScale(blank).deviation, 1.0);
}

}  // namespace
}  // namespace hyperwidth
