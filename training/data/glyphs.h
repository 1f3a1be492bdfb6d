// SPDX-License-Identifier: Apache-2.0
//
// Procedural images for when the user has no data: hand-drawn-looking glyphs, white on black, in MNIST's size.

#ifndef HYPERWIDTH_TRAINING_DATA_GLYPHS_H_
#define HYPERWIDTH_TRAINING_DATA_GLYPHS_H_

#include <cstdint>
#include <vector>

#include "training/data/image_set.h"

namespace hyperwidth {

inline constexpr int kGlyphSide = 28;
inline constexpr int kGlyphShapes = 12;

// `count` glyphs of kGlyphSide x kGlyphSide pixels. Each is one of kGlyphShapes shapes, all equally likely, none of
// which looks like itself or like another one when it is turned; so the upright position can be learnt. Position,
// size, slant, stroke width and the course of the strokes vary from image to image; the tilt by a few degrees only.
// Mean and deviation of the pixels are close to MNIST's 0.1307 and 0.3081.
//
// Image i depends on (seed, split, i) alone: a larger count only appends images.
// Throws: std::invalid_argument if count < 1. Cost: about 10 microseconds per image.
ImageSet DrawGlyphs(std::int64_t count, std::uint64_t seed, Split split);

// The shape, 0 to kGlyphShapes - 1, of each of those images. Throws: as DrawGlyphs.
std::vector<std::uint8_t> GlyphLabels(std::int64_t count, std::uint64_t seed, Split split);

// One shape without any variation, kGlyphSide x kGlyphSide pixels.
// Throws: std::invalid_argument unless 0 <= shape < kGlyphShapes.
std::vector<std::uint8_t> GlyphTemplate(int shape);

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_GLYPHS_H_
