// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/interval_strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <vector>

#include "experiments/report/inline_svg.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr double kWidth = 160, kHeight = 20;
constexpr double kMiddle = 10;  // of the band, from the top

// From numbers to horizontal positions.
struct Scale {
  double low;
  double high;

  double At(double value) const { return kWidth * (std::clamp(value, low, high) - low) / (high - low); }
};

// A scale on which every finite end is visible, with room for what is unbounded.
Scale MakeScale(const std::vector<double>& values) {
  std::vector<double> finite;
  std::copy_if(values.begin(), values.end(), std::back_inserter(finite), [](double v) { return std::isfinite(v); });
  const auto [low, high] = std::minmax_element(finite.begin(), finite.end());
  const double room = *low < *high ? 0.2 * (*high - *low) : std::max(0.2 * std::abs(*high), 1e-300);
  return {.low = *low - room, .high = *high + room};
}

std::string Band(const Scale& scale, const Interval& predicted) {
  if (predicted.low == predicted.high) {
    return fmt::format("<rect class=\"band\" x=\"{:.1f}\" y=\"{}\" width=\"3\" height=\"20\"/>",
                       scale.At(predicted.low) - 1.5,
                       kMiddle - 10);
  }
  const double left = scale.At(predicted.low), right = scale.At(predicted.high);
  return fmt::format(
      "<rect class=\"band\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"18\"/>", left, kMiddle - 9, right - left);
}

}  // namespace

std::string IntervalStrip(const Check& check) {
  if (!std::isfinite(check.measured) || check.predicted == Interval{}) return "";
  const Interval exact{.low = check.measured, .high = check.measured};
  if (check.predicted == exact && check.ci95.value_or(exact) == exact) return "";
  std::vector<double> values = {check.predicted.low, check.predicted.high, check.measured};
  if (check.ci95) values.insert(values.end(), {check.ci95->low, check.ci95->high});
  const Scale scale = MakeScale(values);
  const double dot = scale.At(check.measured);
  std::string strip =
      fmt::format("<svg class=\"strip\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"predicted {}, measured {}\">",
                  kWidth,
                  kHeight,
                  FormatRange(check.predicted),
                  Escaped(FormatMeasured(check)));
  strip += Band(scale, check.predicted);
  strip += fmt::format("<line class=\"ground\" x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>", kWidth, kMiddle, kMiddle);
  if (check.ci95) {
    const double left = scale.At(check.ci95->low), right = scale.At(check.ci95->high);
    strip += fmt::format("<path class=\"interval\" d=\"M{0:.1f},{2}H{1:.1f}M{0:.1f},{3}v10M{1:.1f},{3}v10\"/>",
                         left,
                         right,
                         kMiddle,
                         kMiddle - 5);
  }
  strip += fmt::format("<circle class=\"dot\" cx=\"{:.1f}\" cy=\"{}\" r=\"4\"/>", dot, kMiddle);
  return strip + "</svg>";
}

}  // namespace hyperwidth
