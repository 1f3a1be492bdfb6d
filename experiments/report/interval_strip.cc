// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/interval_strip.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "experiments/report/inline_svg.h"
#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr double kWidth = 160, kHeight = 20;
constexpr double kMiddle = 10;  // of the band, from the top

constexpr double kLeastLogarithmic = 10;  // largest over smallest

double At(const StripScale& scale, double value) {
  const double within = std::clamp(value, scale.low, scale.high);
  if (scale.is_logarithmic) return kWidth * std::log(within / scale.low) / std::log(scale.high / scale.low);
  return kWidth * (within - scale.low) / (scale.high - scale.low);
}

bool CanBeDrawn(const Check& check) {
  if (!std::isfinite(check.measured) || check.predicted == Interval{}) return false;
  const Interval exact{.low = check.measured, .high = check.measured};
  return check.predicted != exact || check.ci95.value_or(exact) != exact;
}

std::string Band(const StripScale& scale, const Interval& predicted) {
  if (predicted.low == predicted.high) {
    return fmt::format("<rect class=\"band\" x=\"{:.1f}\" y=\"{}\" width=\"3\" height=\"20\"/>",
                       At(scale, predicted.low) - 1.5,
                       kMiddle - 10);
  }
  const double left = At(scale, predicted.low), right = At(scale, predicted.high);
  return fmt::format(
      "<rect class=\"band\" x=\"{:.1f}\" y=\"{}\" width=\"{:.1f}\" height=\"18\"/>", left, kMiddle - 9, right - left);
}

}  // namespace

StripScale StripScaleOf(std::span<const Check* const> checks) {
  std::vector<double> values;
  for (const Check* const check : checks) {
    if (!CanBeDrawn(*check)) continue;
    const Interval measured = check->ci95.value_or(Interval{.low = check->measured, .high = check->measured});
    for (const double value :
         {check->predicted.low, check->predicted.high, check->measured, measured.low, measured.high}) {
      if (std::isfinite(value)) values.push_back(value);
    }
  }
  if (values.empty()) return {};
  const auto [least, most] = std::minmax_element(values.begin(), values.end());
  if (*least > 0 && *most >= kLeastLogarithmic * *least) {
    const double room = std::pow(*most / *least, 0.2);
    return {.low = *least / room, .high = *most * room, .is_logarithmic = true};
  }
  const double room = *least < *most ? 0.2 * (*most - *least) : std::max(0.2 * std::abs(*most), 1e-300);
  return {.low = *least - room, .high = *most + room};
}

std::string IntervalStrip(const Check& check, const StripScale& scale) {
  if (!CanBeDrawn(check)) return "";
  const double dot = At(scale, check.measured);
  std::string strip =
      fmt::format("<svg class=\"strip\" viewBox=\"0 0 {} {}\" role=\"img\" aria-label=\"predicted {}, measured {}\">",
                  kWidth,
                  kHeight,
                  FormatRange(check.predicted),
                  Escaped(FormatMeasured(check)));
  strip += Band(scale, check.predicted);
  strip += fmt::format("<line class=\"ground\" x1=\"0\" x2=\"{}\" y1=\"{}\" y2=\"{}\"/>", kWidth, kMiddle, kMiddle);
  if (check.ci95) {
    const double left = At(scale, check.ci95->low), right = At(scale, check.ci95->high);
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
