// SPDX-License-Identifier: Apache-2.0
//
// Images with three channels, and what the networks see of them.

#ifndef HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLOR_IMAGES_H_
#define HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLOR_IMAGES_H_

#include <cstdint>

#include "models/types.h"
#include "training/data/image_set.h"

namespace hyperwidth {

inline constexpr int kColors = 3;
inline constexpr Index kPixelFeatures = 42;

// [42, height * width], a column for each pixel, row by row: i1 and i2, and for k = 0 .. 9 i1^k + i2, i2^k + i1,
// i1^k - i2, i2^k - i1, where i1 is the pixel's row and i2 its column, scaled to -1 .. 1 (Galanti and Wolf 2020). A
// side of one pixel is at 0. Requires height, width >= 1.
Matrix<float> PixelFeatures(int height, int width);

// 0.299 red + 0.587 green + 0.114 blue (ITU-R BT.601), in units of 0 .. 255.
float Grey(std::uint8_t red, std::uint8_t green, std::uint8_t blue);

// 0 .. 255 as -1 .. 1.
inline float Scaled(float value) { return value / 127.5F - 1; }

// The glyphs of DrawGlyphs, each in a colour that its shape decides: the hues of twelve shapes are 30 degrees apart.
ImageSet DrawColoredGlyphs(std::int64_t count, std::uint64_t seed, Split split);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_EXPERIMENTS_COLORIZATION_COLOR_IMAGES_H_
