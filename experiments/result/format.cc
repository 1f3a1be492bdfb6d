// SPDX-License-Identifier: Apache-2.0
#include "experiments/result/format.h"

#include <fmt/format.h>

#include <cctype>
#include <cmath>

namespace hyperwidth {

std::string Capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

std::string FormatNumber(double value) {
  if (std::isnan(value)) return "none";
  if (std::isinf(value)) return value > 0 ? "infinity" : "-infinity";
  const double magnitude = std::abs(value);
  if (value == std::round(value) && magnitude < 1e15) return fmt::format("{:.0f}", value == 0 ? 0.0 : value);
  if (magnitude >= 1e4 && magnitude < 1e9) return fmt::format("{:.0f}", value);
  return fmt::format("{:.4g}", value);
}

std::string FormatInterval(const Interval& interval) {
  if (interval == Interval{}) return "none";
  return fmt::format("[{}, {}]", FormatNumber(interval.low), FormatNumber(interval.high));
}

std::string FormatRange(const Interval& interval) {
  if (interval == Interval{}) return "none";
  if (interval.low == interval.high) return FormatNumber(interval.low);
  if (std::isinf(interval.low)) return "below " + FormatNumber(interval.high);
  if (std::isinf(interval.high)) return "above " + FormatNumber(interval.low);
  return fmt::format("{} to {}", FormatNumber(interval.low), FormatNumber(interval.high));
}

bool HasVisibleInterval(const Check& check) {
  return check.ci95 && *check.ci95 != Interval{} && FormatNumber(check.ci95->low) != FormatNumber(check.ci95->high);
}

std::string FormatQuantity(const Check& check) {
  return FormatNumber(check.measured) + (check.unit.empty() ? "" : " " + check.unit);
}

std::string FormatMeasured(const Check& check) {
  return FormatQuantity(check) + (HasVisibleInterval(check) ? " " + FormatInterval(*check.ci95) : "");
}

}  // namespace hyperwidth
