// SPDX-License-Identifier: Apache-2.0
#include "training/data/rotate.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <stdexcept>
#include <string>

namespace hyperwidth {
namespace {

// The angle brought to [0, 360], with Python's sign convention for the remainder: -1e-20 becomes 360.
double Reduce(double degrees) {
  const double remainder = std::fmod(degrees, 360.0);
  return remainder < 0 ? remainder + 360.0 : remainder;
}

// The value rounded to 15 decimals, ties by the exact binary value, as Python's round(value, 15). Pillow does so, which
// makes the sine of 30 degrees exactly 1/2. In half a million shapes of up to 100 x 100 and angles no pixel depended on
// it; on much larger images one could.
double RoundTo15Decimals(double value) {
  char text[32];  // at most "-0." or "-1." and 15 digits
  const auto written = std::to_chars(text, text + sizeof text, value, std::chars_format::fixed, 15);
  double rounded = 0;
  std::from_chars(text, written.ptr, rounded);
  return rounded;
}

int Fixed16(double value) { return static_cast<int>(std::floor(value * 65536.0 + 0.5)); }

// Source position of the output pixel (row, column): start + row * per_row + column * per_column, in 1/65536 pixel.
struct FixedAxis {
  int start;
  int per_column;
  int per_row;
};

// The axis of coordinate along * column + across * row + offset, sampled at pixel centres.
FixedAxis MakeAxis(double along, double across, double offset) {
  return {
      .start = Fixed16(offset + along * 0.5 + across * 0.5), .per_column = Fixed16(along), .per_row = Fixed16(across)};
}

void SampleNearest(
    const std::uint8_t* source, int height, int width, FixedAxis x, FixedAxis y, std::uint8_t* destination) {
  for (int row = 0; row < height; ++row) {
    int x_position = x.start + row * x.per_row;
    int y_position = y.start + row * y.per_row;
    for (int column = 0; column < width; ++column) {
      const int from_column = x_position >> 16;
      const int from_row = y_position >> 16;
      // One unsigned comparison covers both "negative" and "beyond the end".
      const bool inside = static_cast<unsigned>(from_column) < static_cast<unsigned>(width) &&
                          static_cast<unsigned>(from_row) < static_cast<unsigned>(height);
      *destination++ = inside ? source[from_row * width + from_column] : std::uint8_t{0};
      x_position += x.per_column;
      y_position += y.per_column;
    }
  }
}

void RotateByMatrix(const std::uint8_t* source, int height, int width, double degrees, std::uint8_t* destination) {
  const double radians = -(degrees * (std::numbers::pi / 180.0));
  const double cosine = RoundTo15Decimals(std::cos(radians));
  const double sine = RoundTo15Decimals(std::sin(radians));
  const double centre_x = width / 2.0;
  const double centre_y = height / 2.0;
  // This file is compiled without fused multiply-add: it would round these sums differently.
  const double offset_x = (cosine * -centre_x + sine * -centre_y) + centre_x;
  const double offset_y = (-sine * -centre_x + cosine * -centre_y) + centre_y;
  SampleNearest(
      source, height, width, MakeAxis(cosine, sine, offset_x), MakeAxis(-sine, cosine, offset_y), destination);
}

// A quarter turn of a square, counter-clockwise if `left`.
void QuarterTurn(const std::uint8_t* source, int side, bool left, std::uint8_t* destination) {
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const int from_row = left ? column : side - 1 - column;
      const int from_column = left ? side - 1 - row : row;
      *destination++ = source[from_row * side + from_column];
    }
  }
}

void Validate(std::size_t source_size, int height, int width, double degrees, std::size_t destination_size) {
  if (height < 1 || width < 1 || height > kMaxRotatedSide || width > kMaxRotatedSide) {
    throw std::invalid_argument("RotateNearest: image of " + std::to_string(height) + " x " + std::to_string(width) +
                                " pixels; accepted: sides of 1 to " + std::to_string(kMaxRotatedSide));
  }
  const std::size_t size = static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  if (source_size != size || destination_size != size) {
    throw std::invalid_argument("RotateNearest: source has " + std::to_string(source_size) + " bytes and destination " +
                                std::to_string(destination_size) + "; accepted: both " + std::to_string(height) +
                                " x " + std::to_string(width) + " = " + std::to_string(size));
  }
  if (!std::isfinite(degrees)) throw std::invalid_argument("RotateNearest: the angle is not a finite number");
}

}  // namespace

void RotateNearest(
    std::span<const std::uint8_t> source, int height, int width, double degrees, std::span<std::uint8_t> destination) {
  Validate(source.size(), height, width, degrees, destination.size());
  const double angle = Reduce(degrees);
  if (angle == 0) {
    std::copy(source.begin(), source.end(), destination.begin());
  } else if (angle == 180) {
    std::reverse_copy(source.begin(), source.end(), destination.begin());
  } else if (height == width && (angle == 90 || angle == 270)) {
    QuarterTurn(source.data(), height, angle == 90, destination.data());
  } else {
    RotateByMatrix(source.data(), height, width, angle, destination.data());
  }
}

}  // namespace hyperwidth
