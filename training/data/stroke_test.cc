// SPDX-License-Identifier: Apache-2.0
#include "training/data/stroke.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstddef>
#include <numbers>

namespace hyperwidth {
namespace {

TEST(CurveThrough, PassesThroughEveryPointAndIsStraightOnAStraightLine) {
  const std::vector<Point> points = {{0, 0}, {1, 2}, {3, 1}, {4, 4}};
  const std::vector<Point> path = CurveThrough(points);
  const std::size_t pieces = (path.size() - 1) / (points.size() - 1);
  for (std::size_t i = 0; i < points.size(); ++i) {
    EXPECT_DOUBLE_EQ(path[i * pieces].x, points[i].x);
    EXPECT_DOUBLE_EQ(path[i * pieces].y, points[i].y);
  }
  for (const Point point : CurveThrough(std::vector<Point>{{0, 1}, {1, 3}, {2, 5}})) {
    EXPECT_NEAR(point.y, 1 + 2 * point.x, 1e-15 * 16);
  }
}

TEST(Canvas, ADotHasTheAreaOfItsDisc) {
  // Pixel values are areas up to the ramp across the edge, which is symmetric: what it takes inside the circle it
  // gives back outside, up to a relative (edge width)^2 / (12 radius^2), and to sampling at pixel centres.
  constexpr double kRadius = 8;
  std::vector<std::uint8_t> pixels(32 * 32);
  Canvas canvas(32, 32);
  canvas.AddPath(std::vector<Point>{{16.2, 15.9}, {16.2, 15.9}}, kRadius);
  canvas.Render(kRadius, pixels);
  double area = 0;
  for (const std::uint8_t pixel : pixels) area += pixel / 255.0;
  EXPECT_NEAR(area, std::numbers::pi * kRadius * kRadius, 0.01 * area);
}

TEST(Canvas, CrossingStrokesDoNotAddUpAndOrderDoesNotMatter) {
  const std::vector<Point> across = {{2, 8}, {14, 8.3}}, down = {{7.7, 2}, {8, 14}};
  std::vector<std::uint8_t> one(256), other(256);
  Canvas a(16, 16), b(16, 16);
  a.AddPath(across, 1);
  a.AddPath(down, 1);
  a.Render(1, one);
  b.AddPath(down, 1);
  b.AddPath(across, 1);
  b.Render(1, other);
  EXPECT_EQ(one, other);
}

TEST(Canvas, StrokesBeyondTheEdgeAreCutOff) {
  std::vector<std::uint8_t> pixels(64);
  Canvas canvas(8, 8);
  canvas.AddPath(std::vector<Point>{{-5, 4}, {20, 4}}, 1);
  canvas.AddPath(std::vector<Point>{{-50, -40}, {-20, -9}}, 1);
  canvas.Render(1, pixels);
  for (std::size_t column = 0; column < 8; ++column) {
    EXPECT_EQ(pixels[3 * 8 + column], pixels[3 * 8]);
    EXPECT_GT(pixels[3 * 8 + column], 200);
    EXPECT_EQ(pixels[7 * 8 + column], 0);
  }
}

}  // namespace
}  // namespace hyperwidth
