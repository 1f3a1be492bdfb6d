// SPDX-License-Identifier: Apache-2.0
#include <cmath>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

#include "experiments/tasks/task_arrays.h"
#include "experiments/tasks/tasks.h"
#include "models/random_stream.h"
#include "training/data/glyphs.h"
#include "training/data/rotate.h"

namespace hyperwidth {
namespace {

constexpr std::uint64_t kAngleStream = 0xa461;
constexpr std::int64_t kPixels = std::int64_t{kGlyphSide} * kGlyphSide;
constexpr std::int64_t kTurns = 4;  // of each glyph

// The glyphs to train on, then those to test.
std::vector<std::uint8_t> Glyphs(const TaskOptions& options) {
  std::vector<std::uint8_t> pixels = DrawGlyphs(options.train, options.seed, Split::kTrain).pixels;
  const std::vector<std::uint8_t> test = DrawGlyphs(options.test, options.seed, Split::kTest).pixels;
  pixels.insert(pixels.end(), test.begin(), test.end());
  return pixels;
}

}  // namespace

NamedArrays MakeShapes(const TaskOptions& options) {
  const std::int64_t count = options.train + options.test;
  RequireSize(count, 2 * kPixels);
  const std::vector<std::uint8_t> pixels = Glyphs(options);
  std::vector<float> grey;
  grey.reserve(pixels.size());
  for (const std::uint8_t pixel : pixels) grey.push_back(static_cast<float>(pixel) / 255);
  std::vector<double> centres;  // of pixels, in the square [-1, 1]^2, from the top left, row by row
  for (int row = 0; row < kGlyphSide; ++row) {
    for (int column = 0; column < kGlyphSide; ++column) {
      centres.insert(centres.end(), {(2.0 * column + 1) / kGlyphSide - 1, 1 - (2.0 * row + 1) / kGlyphSide});
    }
  }
  NamedArrays arrays;
  arrays.emplace("x", NumericArray::Of<double>({kPixels, 2}, centres));
  arrays.emplace("I", NumericArray::Of<std::uint8_t>({count, kPixels}, pixels));
  arrays.emplace("y", NumericArray::Of<float>({count, kPixels}, grey));
  arrays.emplace("split", SplitArray(options.train, options.test));
  return arrays;
}

NamedArrays MakeImages(const TaskOptions& options) {
  const std::int64_t count = options.train + options.test;
  RequireSize(count, (kTurns + 1) * kPixels);
  const std::vector<std::uint8_t> pixels = Glyphs(options);
  std::vector<std::uint8_t> turned(pixels.size() * kTurns);
  std::vector<double> directions;
  std::vector<std::int64_t> group;
  for (std::int64_t g = 0; g < count; ++g) {
    RandomStream random = ConditionStream(options, kAngleStream, g);
    const auto glyph = std::span(pixels).subspan(static_cast<std::size_t>(g * kPixels), kPixels);
    for (std::int64_t turn = 0; turn < kTurns; ++turn) {
      const double degrees = random.Uniform(0, 360), angle = degrees * (std::numbers::pi / 180);
      RotateNearest(glyph,
                    kGlyphSide,
                    kGlyphSide,
                    degrees,
                    std::span(turned).subspan(static_cast<std::size_t>((g * kTurns + turn) * kPixels), kPixels));
      directions.insert(directions.end(), {std::cos(angle), std::sin(angle)});
      group.push_back(g);
    }
  }
  NamedArrays arrays;
  arrays.emplace("x", NumericArray::Of<std::uint8_t>({count * kTurns, kPixels}, turned));
  arrays.emplace("I", NumericArray::Of<std::uint8_t>({count, kPixels}, pixels));
  arrays.emplace("y", NumericArray::Of<double>({count * kTurns, 2}, directions));
  arrays.emplace("group", NumericArray::Of<std::int64_t>({count * kTurns}, group));
  arrays.emplace("split", SplitArray(options.train, options.test, kTurns));
  return arrays;
}

}  // namespace hyperwidth
