// SPDX-License-Identifier: Apache-2.0
#include "training/data/glyphs.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <span>
#include <stdexcept>
#include <string>

#include "models/random_stream.h"
#include "training/data/stroke.h"

namespace hyperwidth {
namespace {

// The shapes, in a square of [-1, 1] x [-1, 1] with y downwards.
struct Stroke {
  bool smooth;  // a curve through the points, else straight lines
  std::vector<Point> points;
};
using Shape = std::vector<Stroke>;

const std::array<Shape, kGlyphShapes>& Shapes() {
  constexpr bool kLines = false, kCurve = true;
  static const std::array<Shape, kGlyphShapes> shapes = {{
      // F
      {{kLines, {{0.6, -1}, {-0.5, -1}, {-0.5, 1}}}, {kLines, {{-0.5, -0.1}, {0.35, -0.1}}}},
      // R
      {{kLines, {{-0.55, 1}, {-0.55, -1}}},
       {kCurve, {{-0.55, -1}, {0.15, -1}, {0.55, -0.5}, {0.15, 0.0}, {-0.55, 0.0}}},
       {kLines, {{0.0, 0.0}, {0.6, 1}}}},
      // G
      {{kCurve, {{0.6, -0.65}, {0.05, -1}, {-0.6, -0.5}, {-0.65, 0.3}, {-0.1, 1}, {0.45, 0.8}, {0.6, 0.15}}},
       {kLines, {{0.7, 0.1}, {0.05, 0.1}}}},
      // 4
      {{kLines, {{0.25, 1}, {0.25, -1}, {-0.65, 0.4}, {0.65, 0.4}}}},
      // h
      {{kLines, {{-0.5, -1}, {-0.5, 1}}}, {kCurve, {{-0.5, 0.25}, {-0.05, -0.2}, {0.4, 0.05}, {0.5, 1}}}},
      // k
      {{kLines, {{-0.5, -1}, {-0.5, 1}}}, {kLines, {{0.45, -0.4}, {-0.5, 0.35}}}, {kLines, {{-0.15, 0.1}, {0.55, 1}}}},
      // lambda
      {{kCurve, {{-0.65, -0.95}, {-0.3, -0.85}, {-0.05, -0.3}, {0.4, 0.8}, {0.7, 1}}},
       {kLines, {{0.05, -0.05}, {-0.6, 1}}}},
      // 7 with a bar
      {{kLines, {{-0.6, -1}, {0.6, -1}, {-0.15, 1}}}, {kLines, {{-0.25, 0.0}, {0.55, 0.0}}}},
      // 6
      {{kCurve,
        {{0.4, -1},
         {-0.2, -0.6},
         {-0.55, 0.2},
         {-0.35, 0.85},
         {0.1, 1},
         {0.5, 0.65},
         {0.35, 0.15},
         {-0.05, 0.05},
         {-0.5, 0.4}}}},
      // J with a serif
      {{kCurve, {{0.3, -1}, {0.3, 0.0}, {0.25, 0.7}, {-0.15, 1}, {-0.6, 0.6}}}, {kLines, {{-0.25, -1}, {0.3, -1}}}},
      // key
      {{kCurve, {{0.0, -0.1}, {-0.4, -0.3}, {-0.4, -0.8}, {0.0, -1}, {0.4, -0.8}, {0.4, -0.3}, {0.0, -0.1}}},
       {kLines, {{0.0, -0.1}, {0.0, 1}, {0.5, 1}}},
       {kLines, {{0.0, 0.5}, {0.45, 0.5}}}},
      // 3 with a flat top
      {{kLines, {{-0.55, -1}, {0.5, -1}, {-0.1, -0.2}}},
       {kCurve, {{-0.1, -0.2}, {0.4, 0.0}, {0.55, 0.5}, {0.05, 1}, {-0.6, 0.75}}}},
  }};
  return shapes;
}

// Everything that varies between images of one shape.
struct Variation {
  // A grid of displacements over [-1, 1]^2: what keeps strokes that touch together while it bends them.
  static constexpr int kGrid = 4;
  std::array<std::array<Point, kGrid>, kGrid> warp = {};
  Point centre = {0, 0};        // pixels, from the middle of the image
  Point scale = {9.6, 9.6};     // pixels per unit
  double shear = 0;             // horizontal shift per unit of height
  double tilt_degrees = 0;      // clockwise
  double stroke_radius = 1.15;  // pixels
};

Variation DrawVariation(RandomStream& random) {
  Variation variation;
  for (auto& row : variation.warp) {
    for (Point& displacement : row) displacement = {random.Uniform(-0.13, 0.13), random.Uniform(-0.13, 0.13)};
  }
  variation.centre = {random.Uniform(-1.3, 1.3), random.Uniform(-1.3, 1.3)};
  const double scale = random.Uniform(8.2, 10.0);
  variation.scale = {scale * random.Uniform(0.85, 1.15), scale};
  variation.shear = random.Uniform(-0.2, 0.2);
  variation.tilt_degrees = random.Uniform(-5, 5);
  variation.stroke_radius = random.Uniform(0.9, 1.55);
  return variation;
}

// Displacement at a point, bilinear between the points of the grid.
Point Displacement(const Variation& variation, Point p) {
  constexpr int kCells = Variation::kGrid - 1;
  const auto locate = [](double coordinate) {
    const double position = std::clamp((coordinate + 1) / 2 * kCells, 0.0, static_cast<double>(kCells));
    const int cell = std::min(static_cast<int>(position), kCells - 1);
    return std::pair(static_cast<std::size_t>(cell), position - cell);
  };
  const auto [column, u] = locate(p.x);
  const auto [row, v] = locate(p.y);
  const auto& upper = variation.warp[row];
  const auto& lower = variation.warp[row + 1];
  return (upper[column] * (1 - u) + upper[column + 1] * u) * (1 - v) +
         (lower[column] * (1 - u) + lower[column + 1] * u) * v;
}

// From the shape's square to pixels.
Point Place(const Variation& variation, Point p) {
  const Point bent = p + Displacement(variation, p);
  const Point slanted = {(bent.x - variation.shear * bent.y) * variation.scale.x, bent.y * variation.scale.y};
  const double angle = variation.tilt_degrees * (std::numbers::pi / 180);
  const double cosine = std::cos(angle), sine = std::sin(angle);
  const double middle = kGlyphSide / 2.0;
  return {middle + variation.centre.x + cosine * slanted.x - sine * slanted.y,
          middle + variation.centre.y + sine * slanted.x + cosine * slanted.y};
}

void Draw(const Shape& shape, const Variation& variation, std::span<std::uint8_t> pixels) {
  Canvas canvas(kGlyphSide, kGlyphSide);
  for (const Stroke& stroke : shape) {
    // Straight lines are divided as well, so that the warp can bend them.
    std::vector<Point> path = stroke.smooth ? CurveThrough(stroke.points) : LinesThrough(stroke.points);
    for (Point& point : path) point = Place(variation, point);
    canvas.AddPath(path, variation.stroke_radius);
  }
  canvas.Render(variation.stroke_radius, pixels);
}

RandomStream StreamOf(std::uint64_t seed, Split split, std::int64_t i) {
  constexpr std::uint64_t kPurpose = 0x676c797068;  // "glyph": apart from other users of the same seed
  return RandomStream(seed, {kPurpose, static_cast<std::uint64_t>(split), static_cast<std::uint64_t>(i)});
}

// The first number of an image's stream.
std::size_t DrawShape(RandomStream& random) { return random.Below(kGlyphShapes); }

void CheckCount(std::int64_t count) {
  if (count < 1) throw std::invalid_argument("glyphs: count = " + std::to_string(count) + "; accepted: 1 or more");
}

}  // namespace

ImageSet DrawGlyphs(std::int64_t count, std::uint64_t seed, Split split) {
  CheckCount(count);
  ImageSet images{.count = count, .height = kGlyphSide, .width = kGlyphSide, .channels = 1};
  images.pixels.resize(static_cast<std::size_t>(count) * images.image_size());
  for (std::int64_t i = 0; i < count; ++i) {
    RandomStream random = StreamOf(seed, split, i);
    const Shape& shape = Shapes()[DrawShape(random)];
    const std::size_t offset = static_cast<std::size_t>(i) * images.image_size();
    Draw(shape, DrawVariation(random), std::span(images.pixels).subspan(offset, images.image_size()));
  }
  images.source = "procedural glyphs, seed " + std::to_string(seed) + ": " + std::to_string(count) + " images of " +
                  std::to_string(kGlyphSide) + " x " + std::to_string(kGlyphSide);
  return images;
}

std::vector<std::uint8_t> GlyphLabels(std::int64_t count, std::uint64_t seed, Split split) {
  CheckCount(count);
  std::vector<std::uint8_t> labels;
  for (std::int64_t i = 0; i < count; ++i) {
    RandomStream random = StreamOf(seed, split, i);
    labels.push_back(static_cast<std::uint8_t>(DrawShape(random)));
  }
  return labels;
}

std::vector<std::uint8_t> GlyphTemplate(int shape) {
  if (shape < 0 || shape >= kGlyphShapes) {
    throw std::invalid_argument("glyphs: shape = " + std::to_string(shape) + "; accepted: 0 to " +
                                std::to_string(kGlyphShapes - 1));
  }
  std::vector<std::uint8_t> pixels(std::size_t{kGlyphSide} * kGlyphSide);
  Draw(Shapes()[static_cast<std::size_t>(shape)], Variation{}, pixels);
  return pixels;
}

}  // namespace hyperwidth
