// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/power_law.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <stdexcept>

namespace hyperwidth {
namespace {

constexpr int kPoints = 33;

bool IsPositive(double value) { return std::isfinite(value) && value > 0; }

}  // namespace

Series PowerLaw(const PowerLawCurve& curve, const Series& beside) {
  if (!std::isfinite(curve.exponent) || !IsPositive(curve.through_x) || !IsPositive(curve.through_y) ||
      !IsPositive(curve.x_low) || !IsPositive(curve.x_high) || !(curve.x_low < curve.x_high)) {
    throw std::invalid_argument("power law '" + curve.name + "': exponent " + std::to_string(curve.exponent) +
                                " through (" + std::to_string(curve.through_x) + ", " +
                                std::to_string(curve.through_y) + ") from x = " + std::to_string(curve.x_low) + " to " +
                                std::to_string(curve.x_high) +
                                "; accepted: a finite exponent, a positive point, 0 < x_low < x_high");
  }
  Series series{.name = curve.name,
                .x_name = beside.x_name,
                .y_name = beside.y_name,
                .style = SeriesStyle::kLine,
                .x_scale = beside.x_scale,
                .y_scale = beside.y_scale,
                .figure = beside.figure};
  const double low = std::log(curve.x_low), high = std::log(curve.x_high);
  for (int i = 0; i < kPoints; ++i) {
    // The ends as they were given: a rounded one could lengthen the axis.
    const double x = i == 0             ? curve.x_low
                     : i == kPoints - 1 ? curve.x_high
                                        : std::exp(std::lerp(low, high, static_cast<double>(i) / (kPoints - 1)));
    series.x.push_back(x);
    series.y.push_back(curve.through_y * std::pow(x / curve.through_x, curve.exponent));
  }
  return series;
}

Series PowerLawThrough(const std::string& name, double exponent, const Series& measured) {
  double log_x = 0, log_y = 0, count = 0, low = std::numeric_limits<double>::infinity(), high = 0;
  for (std::size_t i = 0; i < std::min(measured.x.size(), measured.y.size()); ++i) {
    if (!IsPositive(measured.x[i]) || !IsPositive(measured.y[i])) continue;
    log_x += std::log(measured.x[i]);
    log_y += std::log(measured.y[i]);
    low = std::min(low, measured.x[i]);
    high = std::max(high, measured.x[i]);
    ++count;
  }
  if (!(low < high)) {
    throw std::invalid_argument("power law '" + name + "': '" + measured.name +
                                "' has fewer than two positive x; accepted: two or more");
  }
  return PowerLaw({.name = name,
                   .exponent = exponent,
                   .through_x = std::exp(log_x / count),
                   .through_y = std::exp(log_y / count),
                   .x_low = low,
                   .x_high = high},
                  measured);
}

}  // namespace hyperwidth
