// SPDX-License-Identifier: Apache-2.0

#include "theory/axis_units.h"

#include <vector>

#include "theory/local_taylor_parts.h"

namespace hyperwidth::internal {
namespace {

// A function given by its slopes from left to right.
struct Wave {
  double value = 0;  // at q = 0 without the units, as is the slope
  double slope = 0;
  std::vector<ReluNetwork::Entry> units = {};

  void AddRight(int unit, double change) { units.push_back({unit, change}); }
  // relu(q - (b - delta)) = relu((b - delta) - q) + q - (b - delta).
  void AddLeft(int unit, int b, double change) {
    units.push_back({unit, change});
    slope += change;
    value -= change * (b - kRampHalfWidth);
  }
  AffineValue Value(int linear_unit) const {
    AffineValue sum{.entries = units, .bias = value, .has_bias = true};
    sum.entries.push_back({linear_unit, slope});
    return sum;
  }
};

}  // namespace

AxisUnits::AxisUnits(int axis, int cells, ReluNetwork::Layer& layer)
    : first_(static_cast<int>(layer.size())), cells_(cells) {
  const double scale = cells / 2.0;
  layer.push_back({.entries = {{axis, scale}}, .bias = scale, .has_bias = true});
  for (int b = 1; b < cells; ++b) {
    layer.push_back({.entries = {{axis, scale}}, .bias = scale - b - kRampHalfWidth, .has_bias = true});
    layer.push_back({.entries = {{axis, -scale}}, .bias = b - scale - kRampHalfWidth, .has_bias = true});
  }
}

AffineValue AxisUnits::Distance(int node) const {
  AffineValue distance;
  if (node + 1 < cells_) distance.entries.push_back({Right(node + 1), 1.0});
  if (node > 0) distance.entries.push_back({Left(node), 1.0});
  return distance;
}

AffineValue AxisUnits::Coordinate(int parity) const {
  const double delta = cells_ == 1 ? 0 : kRampHalfWidth;
  const double rise = 2 / (1 + 2 * delta);
  const double fall = -2 / (1 - 2 * delta);
  Wave wave{.value = parity == 0 ? rise * delta : 0, .slope = parity == 0 ? rise : 0};
  for (int b = 1; b < cells_; ++b) {
    if ((b - 1) % 2 == parity) {
      wave.AddRight(Right(b), (b + 1 < cells_ ? fall : 0) - rise);
    } else {
      wave.AddLeft(Left(b), b, rise - (b >= 2 ? fall : 0));
    }
  }
  return wave.Value(first_);
}

AffineValue AxisUnits::OddNodes() const {
  Wave wave;
  for (int b = 1; b < cells_; ++b) {
    const double slope = (b % 2 == 1 ? 1 : -1) / (2 * kRampHalfWidth);
    wave.AddLeft(Left(b), b, slope);
    wave.AddRight(Right(b), -slope);
  }
  return wave.Value(first_);
}

}  // namespace hyperwidth::internal
