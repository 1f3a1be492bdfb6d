// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_set.h"

#include <gtest/gtest.h>

#include <cstdint>
#include <stdexcept>
#include <vector>

namespace hyperwidth {
namespace {

TEST(CountConstantImages, CountsImagesOfOneColour) {
  ImageSet images{.count = 3, .height = 1, .width = 2, .channels = 2};
  images.pixels = {7,
                   7,
                   9,
                   9,  // one colour
                   7,
                   7,
                   9,
                   8,  // differs in the last channel
                   0,
                   1,
                   0,
                   0};  // and in the first
  EXPECT_EQ(CountConstantImages(images), 1);
  images.pixels[1] = 6;
  EXPECT_EQ(CountConstantImages(images), 0);
  EXPECT_EQ(CountConstantImages({}), 0);
}

// Images of 2 pixels that count from `first` on.
ImageSet Counting(std::int64_t count, std::uint8_t first) {
  ImageSet images{.count = count, .height = 1, .width = 2};
  for (int i = 0; i < 2 * count; ++i) images.pixels.push_back(static_cast<std::uint8_t>(first + i));
  return images;
}

TEST(FirstImages, KeepsTheFirstOfEach) {
  const TrainTestImages all = {.train = Counting(20, 0), .test = Counting(3, 100)};
  const TrainTestImages some = FirstImages(all, 2, 1000);
  EXPECT_EQ(some.train.count, 2);
  EXPECT_EQ(some.train.pixels, (std::vector<std::uint8_t>{0, 1, 2, 3}));
  EXPECT_EQ(some.test.count, 3);
  EXPECT_EQ(some.test.pixels, all.test.pixels);
  EXPECT_EQ(FirstImages(all, 30, 1).test.pixels, (std::vector<std::uint8_t>{100, 101}));
  EXPECT_THROW(FirstImages(all, 0, 5), std::invalid_argument);
  EXPECT_THROW(FirstImages(all, 5, 0), std::invalid_argument);
}

}  // namespace
}  // namespace hyperwidth
