// SPDX-License-Identifier: Apache-2.0
#include "experiments/report/axis.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <set>
#include <stdexcept>

#include "experiments/result/format.h"

namespace hyperwidth {
namespace {

constexpr double kRoom = 0.06;             // of the axis, beyond the outermost values
constexpr double kClosestTics = 0.08;      // of the axis, so that marks can be told apart
constexpr std::size_t kMostPositions = 9;  // more are marked by round numbers
constexpr double kAutomaticDecades = 2;    // span from which an axis is logarithmic without being asked

bool IsEveryday(double value) {
  const double magnitude = std::abs(value);
  return value == 0 || (magnitude >= 1e-3 && magnitude < 1e5);
}

// 2×10^{7} rather than 20000000.
std::string Scientific(double value) {
  if (value == 0) return "0";
  const double exponent = std::floor(std::log10(std::abs(value)) + 1e-9);
  if (exponent == 0 || exponent == 1) return FormatNumber(value);
  const std::string mantissa = FormatNumber(value / std::pow(10, exponent));
  return (mantissa == "1" ? "" : mantissa == "-1" ? "-" : mantissa + "×") + fmt::format("10^{{{:.0f}}}", exponent);
}

// Gives a label to each mark that is to have one, in one notation for the whole axis.
void AddLabels(std::vector<Tic>& tics, const std::vector<bool>& labelled) {
  const bool everyday = std::all_of(tics.begin(), tics.end(), [](const Tic& tic) { return IsEveryday(tic.value); });
  for (std::size_t i = 0; i < tics.size(); ++i) {
    if (labelled[i]) tics[i].label = everyday ? FormatNumber(tics[i].value) : Scientific(tics[i].value);
  }
}

void AddLabels(std::vector<Tic>& tics) { AddLabels(tics, std::vector<bool>(tics.size(), true)); }

double Position(const Axis& axis, double value) {
  return axis.logarithmic ? std::log(value / axis.low) / std::log(axis.high / axis.low)
                          : (value - axis.low) / (axis.high - axis.low);
}

bool IsPowerOfTen(double value) {
  const double exponent = std::log10(value);
  return std::abs(exponent - std::round(exponent)) < 1e-9;
}

// Whether the labels of two marks would touch on an axis that is as long as so many characters.
bool Touch(const Axis& axis, double characters, const Tic& a, const Tic& b) {
  const auto width = [](const Tic& tic) {
    const auto is_shown = [](char c) { return c != '^' && c != '{' && c != '}'; };
    return static_cast<double>(std::count_if(tic.label.begin(), tic.label.end(), is_shown));
  };
  constexpr double kSpace = 0.5;
  const double apart = characters * std::abs(Position(axis, a.value) - Position(axis, b.value));
  return apart < (width(a) + width(b)) / 2 + kSpace;
}

// Takes away labels that would touch one that stays.
void Thin(Axis& axis, double characters) {
  std::vector<const Tic*> kept;
  for (const bool goes_first : {true, false}) {
    for (Tic& tic : axis.tics) {
      if (tic.label.empty() || (axis.logarithmic && IsPowerOfTen(tic.value)) != goes_first) continue;
      if (std::any_of(
              kept.begin(), kept.end(), [&](const Tic* other) { return Touch(axis, characters, tic, *other); })) {
        tic.label.clear();
      } else {
        kept.push_back(&tic);
      }
    }
  }
}

// The same for marks at equal distances, whose labels are at equal distances then.
void ThinEvenly(Axis& axis, double characters) {
  const std::vector<Tic>& tics = axis.tics;
  const auto some_touch = [&](std::size_t stride) {
    for (std::size_t i = stride; i < tics.size(); i += stride) {
      if (Touch(axis, characters, tics[i - stride], tics[i])) return true;
    }
    return false;
  };
  std::size_t stride = 1;
  while (some_touch(stride)) ++stride;
  for (std::size_t i = 0; i < tics.size(); ++i) {
    if (i % stride != 0) axis.tics[i].label.clear();
  }
}

// Marks at the values themselves; none if that would be too many or too close.
std::vector<Tic> TicsAtValues(const Axis& axis, const std::set<double>& values) {
  if (values.size() > kMostPositions) return {};
  std::vector<Tic> tics;
  for (const double value : values) {
    if (!tics.empty() && Position(axis, value) - Position(axis, tics.back().value) < kClosestTics) return {};
    tics.push_back({.value = value});
  }
  AddLabels(tics);
  return tics;
}

// Marks at multiples of 1, 2 or 5 times a power of ten, four to eight of them.
std::vector<Tic> RoundTics(const Axis& axis) {
  const double smallest_step = (axis.high - axis.low) / 7;
  const double power = std::pow(10, std::floor(std::log10(smallest_step)));
  double step = 10 * power;
  for (const double factor : {5.0, 2.0, 1.0}) {
    if (factor * power >= smallest_step) step = factor * power;
  }
  std::vector<Tic> tics;
  for (double k = std::ceil(axis.low / step); k * step <= axis.high; ++k) {
    tics.push_back({.value = k * step});
  }
  AddLabels(tics);
  return tics;
}

// Marks at powers of ten, with 2 and 5 times them over a short span, and minor marks between.
std::vector<Tic> LogarithmicTics(const Axis& axis) {
  const double decades = std::log10(axis.high / axis.low);
  if (decades < 0.7) return RoundTics(axis);
  const int stride = std::max(1, static_cast<int>(std::ceil(decades / 8)));
  std::vector<Tic> tics;
  std::vector<bool> is_labelled;
  const int first = static_cast<int>(std::floor(std::log10(axis.low)));
  const int last = static_cast<int>(std::ceil(std::log10(axis.high)));
  for (int exponent = first; exponent <= last; ++exponent) {
    for (int factor = 1; factor <= 9; ++factor) {
      const double value = factor * std::pow(10, exponent);
      if (value < axis.low || value > axis.high) continue;
      const bool labelled = factor == 1 ? exponent % stride == 0 : decades < 2.5 && (factor == 2 || factor == 5);
      if (!labelled && stride > 1) continue;
      tics.push_back({.value = value});
      is_labelled.push_back(labelled);
    }
  }
  AddLabels(tics, is_labelled);
  return tics;
}

void SetLinearRange(Axis& axis, double smallest, double largest, AxisKind kind) {
  const double span = largest - smallest;
  // A single value gets an axis of its own size.
  const double room = span > 0 ? kRoom * span : (largest != 0 ? 0.5 * std::abs(largest) : 1.0);
  axis.low = smallest - room;
  axis.high = largest + room;
  if (kind == AxisKind::kQuantities && smallest >= 0 && smallest <= 0.6 * largest) axis.low = 0;
  if (kind == AxisKind::kQuantities && largest <= 0 && largest >= 0.6 * smallest) axis.high = 0;
}

void SetLogarithmicRange(Axis& axis, double smallest, double largest) {
  const double factor = smallest < largest ? std::pow(largest / smallest, kRoom) : 2;
  axis.low = smallest / factor;
  axis.high = largest * factor;
}

}  // namespace

Axis MakeAxis(std::span<const double> values, AxisScale scale, AxisKind kind, double characters) {
  std::set<double> finite;
  for (const double value : values) {
    if (std::isfinite(value)) finite.insert(value);
  }
  if (finite.empty()) throw std::invalid_argument("axis: there is no finite value to show");
  const bool all_positive = *finite.begin() > 0;
  const bool wide = all_positive && *finite.rbegin() / *finite.begin() >= std::pow(10, kAutomaticDecades);
  Axis axis;
  axis.logarithmic =
      *finite.rbegin() > 0 && (scale == AxisScale::kLogarithmic || (scale == AxisScale::kAutomatic && wide));
  if (axis.logarithmic) {
    finite.erase(finite.begin(), finite.upper_bound(0.0));
    SetLogarithmicRange(axis, *finite.begin(), *finite.rbegin());
  } else {
    SetLinearRange(axis, *finite.begin(), *finite.rbegin(), kind);
  }
  if (kind == AxisKind::kPositions) axis.tics = TicsAtValues(axis, finite);
  const bool are_even = axis.tics.empty() && !axis.logarithmic;
  if (axis.tics.empty()) axis.tics = axis.logarithmic ? LogarithmicTics(axis) : RoundTics(axis);
  if (kind == AxisKind::kPositions) (are_even ? ThinEvenly : Thin)(axis, characters);
  return axis;
}

}  // namespace hyperwidth
