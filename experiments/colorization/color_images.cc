// SPDX-License-Identifier: Apache-2.0
#include "experiments/colorization/color_images.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "training/data/glyphs.h"

namespace hyperwidth {
namespace {

constexpr int kPowers = 10;

double ScaledPosition(int position, int side) { return side == 1 ? 0 : 2.0 * position / (side - 1) - 1; }

// Red, green and blue of a hue, fully saturated, each 0 .. 1.
std::array<double, kColors> ColorOfHue(double degrees) {
  std::array<double, kColors> color{};
  for (int channel = 0; channel < kColors; ++channel) {
    const double distance = std::abs(std::remainder(degrees - 120.0 * channel, 360.0));
    color[static_cast<std::size_t>(channel)] = std::clamp(2 - distance / 60, 0.0, 1.0);
  }
  return color;
}

}  // namespace

Matrix<float> PixelFeatures(int height, int width) {
  Matrix<float> features(kPixelFeatures, Index{height} * width);
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      const double i1 = ScaledPosition(row, height), i2 = ScaledPosition(column, width);
      auto feature = features.col(Index{row} * width + column);
      Index next = 0;
      feature[next++] = static_cast<float>(i1);
      feature[next++] = static_cast<float>(i2);
      for (int k = 0; k < kPowers; ++k) {
        const double power1 = std::pow(i1, k), power2 = std::pow(i2, k);
        for (const double value : {power1 + i2, power2 + i1, power1 - i2, power2 - i1}) {
          feature[next++] = static_cast<float>(value);
        }
      }
    }
  }
  return features;
}

float Grey(std::uint8_t red, std::uint8_t green, std::uint8_t blue) {
  return 0.299F * static_cast<float>(red) + 0.587F * static_cast<float>(green) + 0.114F * static_cast<float>(blue);
}

ImageSet DrawColoredGlyphs(std::int64_t count, std::uint64_t seed, Split split) {
  const ImageSet glyphs = DrawGlyphs(count, seed, split);
  const std::vector<std::uint8_t> shapes = GlyphLabels(count, seed, split);
  ImageSet colored{.count = count, .height = glyphs.height, .width = glyphs.width, .channels = kColors};
  colored.source = glyphs.source + ", coloured by shape";
  for (std::int64_t i = 0; i < count; ++i) {
    for (const double share : ColorOfHue(360.0 / kGlyphShapes * shapes[static_cast<std::size_t>(i)])) {
      for (const std::uint8_t pixel : glyphs.image(i)) {
        colored.pixels.push_back(static_cast<std::uint8_t>(std::lround(share * pixel)));
      }
    }
  }
  return colored;
}

}  // namespace hyperwidth
