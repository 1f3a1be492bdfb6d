// SPDX-License-Identifier: Apache-2.0
//
// Rotation of an image about its centre, pixel for pixel what Pillow's Image.rotate gives.

#ifndef HYPERWIDTH_TRAINING_DATA_ROTATE_H_
#define HYPERWIDTH_TRAINING_DATA_ROTATE_H_

#include <cstdint>
#include <span>

namespace hyperwidth {

// Larger images would leave the range of the fixed-point coordinates.
inline constexpr int kMaxRotatedSide = 16384;

// Writes `source` turned counter-clockwise by `degrees` to `destination`: nearest neighbour, the same size, zero where
// the source has no pixel. Equal bit for bit to Pillow's Image.rotate(degrees) on an 8-bit image: multiples of 90
// degrees are exact transpositions where the shape allows, everything else samples in 16.16 fixed point.
//
// Shapes: source and destination [height * width], rows from the top, not overlapping. An image of several channels
// is rotated plane by plane. Any finite angle is accepted.
// Throws: std::invalid_argument if a size does not match, a side is not in 1 .. kMaxRotatedSide, or the angle is not
// finite. Cost: O(height * width), no allocation.
void RotateNearest(
    std::span<const std::uint8_t> source, int height, int width, double degrees, std::span<std::uint8_t> destination);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_ROTATE_H_
