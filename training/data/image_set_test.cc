// SPDX-License-Identifier: Apache-2.0
#include "training/data/image_set.h"

#include <gtest/gtest.h>

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

}  // namespace
}  // namespace hyperwidth
