// SPDX-License-Identifier: Apache-2.0
#include "training/data/stroke.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <cstddef>
#include <limits>

namespace hyperwidth {
namespace {

constexpr int kPiecesPerSpan = 6;
constexpr double kEdgeWidth = 1.1;  // pixels from full to none; MNIST's strokes have edges about as soft

}  // namespace

std::vector<Point> CurveThrough(std::span<const Point> points) {
  assert(points.size() >= 2);
  std::vector<Point> path = {points.front()};
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const Point b = points[i], c = points[i + 1];
    // Beyond the ends the curve continues as if mirrored at the end point.
    const Point a = i > 0 ? points[i - 1] : b * 2 - c;
    const Point d = i + 2 < points.size() ? points[i + 2] : c * 2 - b;
    for (int piece = 1; piece <= kPiecesPerSpan; ++piece) {
      const double t = static_cast<double>(piece) / kPiecesPerSpan;
      path.push_back(
          (b * 2 + (c - a) * t + (a * 2 - b * 5 + c * 4 - d) * (t * t) + (b * 3 - a - c * 3 + d) * (t * t * t)) * 0.5);
    }
  }
  return path;
}

std::vector<Point> LinesThrough(std::span<const Point> points) {
  std::vector<Point> path = {points.front()};
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    for (int piece = 1; piece <= kPiecesPerSpan; ++piece) {
      path.push_back(points[i] + (points[i + 1] - points[i]) * (static_cast<double>(piece) / kPiecesPerSpan));
    }
  }
  return path;
}

Canvas::Canvas(int height, int width)
    : height_(height),
      width_(width),
      squared_distance_(static_cast<std::size_t>(height) * static_cast<std::size_t>(width),
                        std::numeric_limits<double>::max()) {}

void Canvas::AddPath(std::span<const Point> path, double stroke_radius) {
  for (std::size_t i = 0; i + 1 < path.size(); ++i) AddSegment(path[i], path[i + 1], stroke_radius + kEdgeWidth / 2);
}

void Canvas::AddSegment(Point from, Point to, double reach) {
  const auto first = [reach](double a, double b) {
    return std::max(0, static_cast<int>(std::floor(std::min(a, b) - reach)));
  };
  const auto last = [reach](double a, double b, int size) {
    return std::min(size - 1, static_cast<int>(std::floor(std::max(a, b) + reach)));
  };
  const Point direction = to - from;
  const double squared_length = direction.x * direction.x + direction.y * direction.y;
  const double inverse = squared_length > 0 ? 1 / squared_length : 0;
  for (int row = first(from.y, to.y); row <= last(from.y, to.y, height_); ++row) {
    for (int column = first(from.x, to.x); column <= last(from.x, to.x, width_); ++column) {
      const Point offset = Point{column + 0.5, row + 0.5} - from;
      const double along = std::clamp((offset.x * direction.x + offset.y * direction.y) * inverse, 0.0, 1.0);
      const Point apart = offset - direction * along;
      double& nearest = squared_distance_[static_cast<std::size_t>(row * width_ + column)];
      nearest = std::min(nearest, apart.x * apart.x + apart.y * apart.y);
    }
  }
}

void Canvas::Render(double stroke_radius, std::span<std::uint8_t> pixels) const {
  for (std::size_t i = 0; i < squared_distance_.size(); ++i) {
    const double coverage = (stroke_radius - std::sqrt(squared_distance_[i])) / kEdgeWidth + 0.5;
    pixels[i] = static_cast<std::uint8_t>(std::lround(255 * std::clamp(coverage, 0.0, 1.0)));
  }
}

}  // namespace hyperwidth
