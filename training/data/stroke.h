// SPDX-License-Identifier: Apache-2.0
//
// Anti-aliased pen strokes on a small canvas.

#ifndef HYPERWIDTH_TRAINING_DATA_STROKE_H_
#define HYPERWIDTH_TRAINING_DATA_STROKE_H_

#include <cstdint>
#include <span>
#include <vector>

namespace hyperwidth {

// In pixels: x to the right and y downwards from the top left corner, so that pixel (row, column) has its centre at
// (column + 1/2, row + 1/2). Or in any other unit before it is placed.
struct Point {
  double x = 0;
  double y = 0;
};

inline Point operator+(Point a, Point b) { return {a.x + b.x, a.y + b.y}; }
inline Point operator-(Point a, Point b) { return {a.x - b.x, a.y - b.y}; }
inline Point operator*(Point a, double factor) { return {a.x * factor, a.y * factor}; }

// A fine polyline along a Catmull-Rom spline (uniform knots) that passes through the points; its ends are the first
// and the last of them. Requires two points or more.
std::vector<Point> CurveThrough(std::span<const Point> points);

// The same lines, divided into shorter ones.
std::vector<Point> LinesThrough(std::span<const Point> points);

// Collects strokes, then draws them in one go: a pixel's brightness depends on its distance to the nearest stroke,
// so strokes that cross do not add up.
class Canvas {
 public:
  Canvas(int height, int width);

  // Records the distance of every pixel that a pen of this radius (in pixels) can reach.
  void AddPath(std::span<const Point> path, double stroke_radius);

  // 255 well inside a stroke, 0 outside, a linear ramp across its edge. Writes height * width pixels.
  void Render(double stroke_radius, std::span<std::uint8_t> pixels) const;

 private:
  void AddSegment(Point from, Point to, double reach);

  int height_;
  int width_;
  std::vector<double> squared_distance_;
};

}  // namespace hyperwidth

#endif  // HYPERWIDTH_TRAINING_DATA_STROKE_H_
