// SPDX-License-Identifier: Apache-2.0
#include "training/data/rotate.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include <algorithm>
#include <cstddef>
#include <limits>
#include <stdexcept>
#include <string>
#include <vector>

#include "models/random_stream.h"

namespace hyperwidth {
namespace {

using ::testing::HasSubstr;
using Bytes = std::vector<std::uint8_t>;

Bytes Formula(int height, int width) {
  Bytes pixels;
  for (int row = 0; row < height; ++row) {
    for (int column = 0; column < width; ++column) {
      pixels.push_back(static_cast<std::uint8_t>((31 * row + 17 * column + row * column) % 256));
    }
  }
  return pixels;
}

Bytes Rotated(const Bytes& source, int height, int width, double degrees) {
  Bytes destination(source.size(), 99);  // not zero, so that a pixel left unwritten shows
  RotateNearest(source, height, width, degrees, destination);
  return destination;
}

// Checksums of Pillow 9.4's output, made by
//
//   import zlib
//   from PIL import Image
//   def formula(height, width):
//       return bytes((31 * r + 17 * c + r * c) % 256 for r in range(height) for c in range(width))
//   angles = [0, 30, 37.5, ...]  # kAngles
//   for h, w in [(28, 28), (32, 32), (5, 9)]:
//       image = Image.frombytes("L", (w, h), formula(h, w))
//       print(h, w, ", ".join("0x%08x" % zlib.crc32(image.rotate(a).tobytes()) for a in angles))
const std::vector<double> kAngles = {0,   30,  37.5,  45,  60,  90,  120,   135.25, 150,   180,
                                     210, 240, 255.3, 270, 300, 330, 359.9, -30,    1e-14, 765};

struct PillowChecksums {
  int height;
  int width;
  std::vector<std::uint32_t> crc32;  // one for each of kAngles
};

const PillowChecksums kPillow[] = {
    {28,
     28,
     {
         0x484a39d3, 0x76337ef9, 0xca7b7947, 0x99437d0e, 0x8c3568b8, 0x79288745, 0x90e68fce,
         0xc9cdcbdf, 0x4b597917, 0x1155fea4, 0x4446f0c1, 0x419c0b56, 0xccacbf7d, 0xe47d8524,
         0x3a71ce4c, 0xe24f2d91, 0x484a39d3, 0xe24f2d91, 0x484a39d3, 0x99437d0e,
     }},
    {32,
     32,
     {
         0xb1636a22, 0xf719708f, 0x18384a24, 0xb19355c2, 0x5d468d66, 0x99da274f, 0x75c50d07,
         0xd15ff61b, 0x97e63fe8, 0xa1d0d05b, 0x951de650, 0xb5cac6a4, 0x2a16744a, 0xd9c5ee6f,
         0xe8143ef4, 0x006a6c13, 0xb1636a22, 0x006a6c13, 0xb1636a22, 0xb19355c2,
     }},
    {5,
     9,
     {
         0x0b1b4c34, 0x056b7bca, 0x0ff56bcb, 0xdc31499d, 0x173dcbdd, 0xc41b2073, 0xa4a01db9,
         0x65fea5e2, 0x0f3b6064, 0x89439d61, 0x9968e50c, 0x32cb6888, 0x888fd8ee, 0xd0923dd8,
         0xca44e7fe, 0x27aae6b2, 0x0b1b4c34, 0x27aae6b2, 0x0b1b4c34, 0xdc31499d,
     }},
};

TEST(RotateNearest, GivesPillowsPixelsForEveryPinnedShapeAndAngle) {
  for (const PillowChecksums& pillow : kPillow) {
    ASSERT_EQ(pillow.crc32.size(), kAngles.size());
    const Bytes source = Formula(pillow.height, pillow.width);
    for (std::size_t i = 0; i < kAngles.size(); ++i) {
      const Bytes rotated = Rotated(source, pillow.height, pillow.width, kAngles[i]);
      EXPECT_EQ(crc32_z(0, rotated.data(), rotated.size()), pillow.crc32[i])
          << pillow.height << " x " << pillow.width << ", " << kAngles[i] << " degrees";
    }
  }
}

TEST(RotateNearest, TurnsCounterClockwise) {
  const Bytes source = {1,
                        2,  //
                        3,
                        4};
  EXPECT_EQ(Rotated(source, 2, 2, 90),
            (Bytes{2,
                   4,  //
                   1,
                   3}));
  EXPECT_EQ(Rotated(source, 2, 2, -90),
            (Bytes{3,
                   1,  //
                   4,
                   2}));
}

TEST(RotateNearest, FourQuarterTurnsAndTwoHalfTurnsRestoreTheImage) {
  const Bytes square = Formula(28, 28);
  Bytes turned = square;
  for (int turn = 0; turn < 4; ++turn) {
    turned = Rotated(turned, 28, 28, 90);
    EXPECT_EQ(turned == square, turn == 3);
  }
  const Bytes wide = Formula(5, 9);
  EXPECT_EQ(Rotated(Rotated(wide, 5, 9, 180), 5, 9, 180), wide);
}

TEST(RotateNearest, WholeTurnsMakeNoDifference) {
  const Bytes source = Formula(28, 28);
  RandomStream stream(11);
  for (int i = 0; i < 200; ++i) {
    const double degrees = static_cast<double>(stream.Below(3600)) / 16;  // a dyadic fraction: adding 360 is exact
    EXPECT_EQ(Rotated(source, 28, 28, degrees), Rotated(source, 28, 28, degrees + 720));
    EXPECT_EQ(Rotated(source, 28, 28, degrees), Rotated(source, 28, 28, degrees - 360));
  }
}

TEST(RotateNearest, KeepsADiscAndBlackensTheCorners) {
  // A white disc of radius 13 stays where it is, up to the pixels on its rim (12 to 14).
  constexpr int kSide = 28;
  const auto radius_squared = [](int row, int column) {
    const double x = column - 13.5, y = row - 13.5;
    return x * x + y * y;
  };
  const Bytes white(kSide * kSide, 255);
  RandomStream stream(12);
  for (int i = 0; i < 100; ++i) {
    const double degrees = 20 + 50 * stream.Uniform() + 90 * static_cast<double>(stream.Below(4));
    const Bytes rotated = Rotated(white, kSide, kSide, degrees);
    for (int row = 0; row < kSide; ++row) {
      for (int column = 0; column < kSide; ++column) {
        const int pixel = rotated[static_cast<std::size_t>(row * kSide + column)];
        if (radius_squared(row, column) < 13.0 * 13.0) {
          EXPECT_EQ(pixel, 255) << degrees;
        }
      }
    }
    // A corner is 19.1 pixels from the centre; at 20 degrees from the axes the square ends at 14 / cos(20) = 14.9.
    EXPECT_EQ(rotated.front() + rotated[kSide - 1] + rotated[kSide * (kSide - 1)] + rotated.back(), 0) << degrees;
  }
}

template <typename Action>
std::string MessageOf(Action action) {
  try {
    action();
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "no std::invalid_argument";
}

TEST(RotateNearest, RefusesWrongSizesAndAnglesThatAreNoNumber) {
  Bytes small(6), large(784);
  EXPECT_THAT(MessageOf([&] { RotateNearest(small, 28, 28, 30, large); }), HasSubstr("28 x 28 = 784"));
  EXPECT_THAT(MessageOf([&] { RotateNearest(large, 28, 28, 30, small); }), HasSubstr("destination 6"));
  EXPECT_THAT(MessageOf([&] { RotateNearest({}, 0, 28, 30, {}); }),
              HasSubstr("0 x 28 pixels; accepted: sides of 1 to 16384"));
  EXPECT_THAT(MessageOf([&] { RotateNearest({}, 28, 0, 30, {}); }), HasSubstr("28 x 0 pixels; accepted: sides of 1"));
  EXPECT_THAT(MessageOf([&] { RotateNearest(small, 16385, 1, 30, small); }), HasSubstr("16385 x 1 pixels"));
  EXPECT_THAT(MessageOf([&] { RotateNearest(small, 1, 16385, 30, small); }), HasSubstr("1 x 16385"));
  Bytes destination(784);
  for (const double bad : {std::numeric_limits<double>::infinity(), std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_THAT(MessageOf([&] { RotateNearest(large, 28, 28, bad, destination); }), HasSubstr("not a finite number"));
  }
}

}  // namespace
}  // namespace hyperwidth
